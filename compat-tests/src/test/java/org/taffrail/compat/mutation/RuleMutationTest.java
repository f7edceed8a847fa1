// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Provider;
import org.taffrail.compat.kit.Scene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The checks name the rule that a provider breaks. */
class RuleMutationTest {
    private static final Scene.Timing TIMING = new Scene.Timing(1_000, 60);
    private static final Scene.Timing PATIENT = new Scene.Timing(20_000, 60);

    private final Map<String, CheckCase> checks = new HashMap<>();

    @TempDir private Path folder;
    private Provider provider;

    @BeforeEach
    void makeProvider() throws IOException {
        provider = new SoundProvider("name=rules", folder);
    }

    @TestFactory
    Stream<DynamicTest> aProviderIsCaughtThat() {
        CheckCase.of(Catalogue.CHAPTERS).forEach(check -> checks.put(check.id(), check));
        return Stream.concat(SendingRules.ALL.stream(), ReceivingRules.ALL.stream())
                .map(rule -> dynamicTest(rule.broken(), () -> isCaught(rule)));
    }

    private void isCaught(Rule rule) {
        for (String id : rule.checks()) {
            CheckCase check = checks.get(id);
            assertNotNull(check, "there is no check " + id);
            assertNull(
                    new Trial(provider, PATIENT).run(check, Mutation.NONE),
                    id + " fails on a provider that is not broken");
            assertTrue(
                    Trial.isCaught(new Trial(provider, TIMING).run(check, rule.mutation().get())),
                    id + " passes on a provider that " + rule.broken());
        }
    }
}
