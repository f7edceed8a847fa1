// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Scene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The checks name the rule that a provider breaks. */
class RuleMutationTest {
    private static final Scene.Timing TIMING = new Scene.Timing(1_000, 60);
    private static final Scene.Timing PATIENT = new Scene.Timing(20_000, 60);

    /** Much of what a trial does is to wait, so many go on side by side. */
    private static final int AT_ONCE = 8;

    private final Map<String, CheckCase> checks = new HashMap<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);

    @TempDir private Path folder;
    private Trials trials;

    @BeforeEach
    void makeProvider() throws IOException {
        trials = new Trials("name=rules", folder);
    }

    /** All rules, by chapter. */
    static Stream<Rule> rules() {
        return Stream.of(
                        MessageRules.ALL,
                        BodyRules.ALL,
                        SessionRules.ALL,
                        ConnectionRules.ALL,
                        SendingRules.ALL,
                        ReceivingRules.ALL)
                .flatMap(List::stream);
    }

    @AfterEach
    void stopWorkers() {
        workers.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> aProviderIsCaughtThat() {
        CheckCase.of(Catalogue.CHAPTERS).forEach(check -> checks.put(check.id(), check));
        List<DynamicTest> tests = new ArrayList<>();
        rules().forEach(
                        rule -> {
                            List<Future<?>> trials = tried(rule);
                            tests.add(dynamicTest(rule.broken(), () -> await(trials)));
                        });
        return tests.stream();
    }

    /** Begins to try the checks of a rule. */
    private List<Future<?>> tried(Rule rule) {
        List<Future<?>> trials = new ArrayList<>();
        for (String id : rule.checks()) {
            trials.add(workers.submit(() -> isCaught(rule, id)));
        }
        return trials;
    }

    private static void await(List<Future<?>> trials) throws InterruptedException {
        for (Future<?> trial : trials) {
            try {
                trial.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause().getMessage(), e.getCause());
            }
        }
    }

    private void isCaught(Rule rule, String id) {
        CheckCase check = checks.get(id);
        assertNotNull(check, "there is no check " + id);
        Throwable sound = trials.run(check, Mutation.NONE, PATIENT);
        assertFalse(
                Trial.isCaught(sound), id + " fails on a provider that is not broken: " + sound);
        assertTrue(
                Trial.isCaught(trials.run(check, rule.mutation().get(), TIMING)),
                id + " passes on a provider that " + rule.broken());
    }
}
