// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class RunnerTest {
    /** What never takes so long, however busy the machine is. */
    private static final int GUARD_MS = 30_000;

    /** After this a check has not ended: so long that no other check takes it. */
    private static final int LIMIT_MS = 2_000;

    private static final Scene.Timing TIMING = new Scene.Timing(GUARD_MS, 1);
    private static final Facts FACTS = new Facts("fake", "1", "3.1", "17");

    private static CountDownLatch release = new CountDownLatch(1);

    private final FakeProvider provider = new FakeProvider();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void letHangingChecksGo() {
        release.countDown();
        release = new CountDownLatch(1);
    }

    static final class OutcomeChecks {
        @Check(section = "1", says = "It passes.")
        void a(Scene scene) {}

        @Check(section = "1", says = "It expects something else.")
        void b(Scene scene) {
            Expect.equal(1, 2, "the\nnumber");
        }

        @Check(section = "1", says = "It throws.")
        void c(Scene scene) throws JMSException {
            throw new JMSException("no");
        }

        @Check(section = "1", says = "It has no such thing.")
        void d(Scene scene) {
            throw new UnsupportedFacilityException("there is none");
        }

        @Check(section = "1", says = "It was built for an older API.")
        void e(Scene scene) {
            throw new AbstractMethodError("Session.createSharedConsumer");
        }

        @Check(section = "1", says = "It is not supported.")
        void f(Scene scene) {
            throw new UnsupportedOperationException("later");
        }
    }

    @Test
    void judgesWhatChecksThrow() throws InterruptedException {
        RunRecord run = run(1, GUARD_MS, OutcomeChecks.class);

        assertEquals(
                List.of(
                        "PASSED ",
                        "FAILED the number: expected 1 (Integer), but was 2 (Integer)",
                        "FAILED JMSException: no",
                        "UNSUPPORTED there is none",
                        "UNSUPPORTED AbstractMethodError: Session.createSharedConsumer",
                        "UNSUPPORTED UnsupportedOperationException: later"),
                run.results().stream()
                        .map(each -> each.outcome().name() + " " + each.reason())
                        .toList());
        assertTrue(run.results().get(2).details().contains("OutcomeChecks.c("), "no stack trace");
        assertFalse(run.holds(), "two failed");
    }

    static final class HangingChecks {
        static final AtomicBoolean closedElsewhere = new AtomicBoolean();

        @Check(section = "1", says = "It never ends.")
        void a(Scene scene) {
            scene.closing(() -> closedElsewhere.set(true));
            awaitIgnoringInterrupts(release);
        }

        @Check(section = "1", says = "Its connection never closes.")
        void b(Scene scene) {
            scene.closing(() -> awaitIgnoringInterrupts(release));
        }

        @Check(section = "1", says = "It passes.")
        void c(Scene scene) {}
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException e) {
                // as a bad provider does
            }
        }
    }

    @Test
    void leavesChecksBehindThatDoNotEnd() throws InterruptedException {
        HangingChecks.closedElsewhere.set(false);

        RunRecord run = run(3, LIMIT_MS, HangingChecks.class);

        Result hanging = run.results().get(0);
        assertEquals(Outcome.FAILED, hanging.outcome());
        assertTrue(
                hanging.reason().startsWith("had not ended after " + LIMIT_MS + " ms, in "),
                hanging.reason());
        assertTrue(hanging.details().contains("kit-check-Hanging.a"), hanging.details());
        assertTrue(HangingChecks.closedElsewhere.get(), "its scene was not closed");
        Result closing = run.results().get(1);
        assertEquals(Outcome.FAILED, closing.outcome());
        assertTrue(closing.reason().contains("but closing had not ended"), closing.reason());
        assertEquals(Outcome.PASSED, run.results().get(2).outcome());
        assertTrue(
                run.leftThreads().contains("1 x kit-check-Hanging.a"), run.leftThreads()::toString);
    }

    static final class TogetherChecks {
        static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Check(section = "1", says = "It meets the other.")
        void a(Scene scene) throws Exception {
            BOTH.await(GUARD_MS, TimeUnit.MILLISECONDS);
        }

        @Check(section = "1", says = "It meets the first.")
        void b(Scene scene) throws Exception {
            BOTH.await(GUARD_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void runsSeveralChecksAtOnce() throws InterruptedException {
        RunRecord run = run(2, GUARD_MS, TogetherChecks.class);

        assertTrue(run.holds(), () -> run.results().toString());
    }

    static final class AloneChecks {
        static final AtomicInteger running = new AtomicInteger();
        static final AtomicInteger most = new AtomicInteger();

        @Check(section = "1", says = "It restarts.", restarts = true)
        void a(Scene scene) {
            note(scene);
            scene.restart();
            running.decrementAndGet();
        }

        @Check(section = "1", says = "It crashes.", restarts = true, kills = true)
        void b(Scene scene) {
            note(scene);
            scene.crash();
            running.decrementAndGet();
        }

        @Check(section = "1", says = "It does neither.")
        void c(Scene scene) {
            note(scene);
            running.decrementAndGet();
        }

        private static void note(Scene scene) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
        }
    }

    @Test
    void runsChecksThatRestartAfterAllOthersOneKindAfterTheOther() throws InterruptedException {
        AloneChecks.most.set(0);

        RunRecord run = run(3, GUARD_MS, AloneChecks.class);

        assertTrue(run.holds(), () -> run.results().toString());
        assertEquals(1, AloneChecks.most.get());
        assertEquals(List.of(true, false), provider.restarts);
        assertEquals(List.of("Alone.c 1/3", "Alone.a 2/3", "Alone.b 3/3"), heard);
    }

    static final class SharingChecks {
        static final List<String> STEPS = Collections.synchronizedList(new ArrayList<>());

        @Check(section = "1", says = "It passes.", restarts = true)
        void a(Scene scene) {
            STEPS.add("before");
            scene.restart();
            STEPS.add("after");
        }

        @Check(section = "1", says = "It passes, too.", restarts = true)
        void b(Scene scene) {
            a(scene);
        }

        @Check(section = "1", says = "It fails before.", restarts = true)
        void c(Scene scene) {
            throw new AssertionError("before");
        }

        @Check(section = "1", says = "It fails after.", restarts = true)
        void d(Scene scene) {
            a(scene);
            throw new AssertionError("after");
        }
    }

    @Test
    void restartsInOrderOnceForSeveralChecksWhateverBecomesOfOne() throws InterruptedException {
        SharingChecks.STEPS.clear();

        RunRecord run = run(4, GUARD_MS, SharingChecks.class);

        assertEquals(List.of(true), provider.restarts);
        assertEquals(
                List.of("before", "before", "before", "after", "after", "after"),
                SharingChecks.STEPS);
        assertEquals(List.of("", "", "before", "after"), reasons(run));
    }

    @Test
    void sharesNoRestartAmongMoreChecksThanAreMadeSideBySide() throws InterruptedException {
        run(1, GUARD_MS, SharingChecks.class);

        assertEquals(List.of(true, true, true), provider.restarts);
    }

    static final class KillingChecks {
        @Check(section = "1", says = "It passes.", restarts = true, kills = true)
        void a(Scene scene) {
            scene.crash();
        }

        @Check(section = "1", says = "It passes, too.", restarts = true, kills = true)
        void b(Scene scene) {
            scene.crash();
        }
    }

    @Test
    void killsForEachCheckByItselfSoThatItComesAtOnce() throws InterruptedException {
        RunRecord run = run(2, GUARD_MS, KillingChecks.class);

        assertTrue(run.holds(), run.results()::toString);
        assertEquals(List.of(false, false), provider.restarts);
    }

    static final class WaitingChecks {
        @Check(section = "1", says = "It never gets there.", restarts = true)
        void a(Scene scene) {
            awaitIgnoringInterrupts(release);
            scene.restart();
        }

        @Check(section = "1", says = "It waits for the other.", restarts = true)
        void b(Scene scene) {
            scene.restart();
        }
    }

    @Test
    void countsNoTimeInWhichAnotherKeepsACheckWaiting() throws InterruptedException {
        RunRecord run = run(2, LIMIT_MS, WaitingChecks.class);

        assertEquals(
                List.of(Outcome.FAILED, Outcome.PASSED),
                run.results().stream().map(Result::outcome).toList(),
                run.results()::toString);
        assertTrue(run.results().get(1).tookMs() < LIMIT_MS, run.results()::toString);
        assertEquals(List.of(true), provider.restarts);
    }

    static final class TogetherAgainChecks {
        @Check(section = "1", says = "It passes.", restarts = true)
        void a(Scene scene) throws JMSException {
            scene.restart();
            scene.connect();
        }

        @Check(section = "1", says = "It fails by itself.", restarts = true)
        void b(Scene scene) throws JMSException {
            a(scene);
            throw new AssertionError("its own fault");
        }
    }

    @Test
    void makesChecksOnceMoreByThemselvesWhereTheirRestartFailed() throws InterruptedException {
        provider.failingRestarts = 1;
        provider.comesBack = true;

        RunRecord run = run(2, GUARD_MS, TogetherAgainChecks.class);

        assertEquals(List.of("", "its own fault"), reasons(run));
        assertEquals(
                List.of(true, false, true, true),
                provider.restarts,
                "the one that fails, one for a server that is there, one for each");
        assertEquals(List.of("TogetherAgain.a 1/2", "TogetherAgain.b 2/2"), heard);
    }

    @Test
    void saysOfEachCheckWhyItsRestartFailed() throws InterruptedException {
        provider.failingRestarts = Integer.MAX_VALUE;

        RunRecord run = run(1, GUARD_MS, TogetherAgainChecks.class);

        assertEquals(
                "IllegalStateException: the server does not start", run.results().get(0).reason());
        assertEquals(Outcome.NOT_RUN, run.results().get(1).outcome());
    }

    static final class MismarkedChecks {
        @Check(section = "1", says = "It kills unsaid.", restarts = true)
        void a(Scene scene) {
            scene.crash();
        }

        @Check(section = "1", says = "It restarts twice.", restarts = true)
        void b(Scene scene) {
            scene.restart();
            scene.restart();
        }
    }

    @Test
    void refusesWhatACheckIsNotMarkedWith() throws InterruptedException {
        RunRecord run = run(2, GUARD_MS, MismarkedChecks.class);

        assertTrue(reasons(run).get(0).contains("marked so"), reasons(run)::toString);
        assertTrue(reasons(run).get(1).contains("once"), reasons(run)::toString);
        assertEquals(List.of(true), provider.restarts);
    }

    private static List<String> reasons(RunRecord run) {
        return run.results().stream().map(Result::reason).toList();
    }

    @Test
    void reportsInTheOrderOfTheChecksHoweverTheyEnd() throws InterruptedException {
        RunRecord run = run(3, GUARD_MS, AloneChecks.class, OutcomeChecks.class);

        assertEquals(
                List.of(
                        "Alone.a",
                        "Alone.b",
                        "Alone.c",
                        "Outcome.a",
                        "Outcome.b",
                        "Outcome.c",
                        "Outcome.d",
                        "Outcome.e",
                        "Outcome.f"),
                run.results().stream().map(each -> each.subject().id()).toList());
    }

    static final class DyingChecks {
        static FakeProvider killed;

        @Check(section = "1", says = "It breaks the provider.", strength = Strength.SHOULD)
        void a(Scene scene) throws JMSException {
            killed.gone = true;
            scene.connect();
        }

        @Check(section = "1", says = "It is never made.")
        void b(Scene scene) {}
    }

    @Test
    void runsNothingMoreOnceTheProviderIsGone() throws InterruptedException {
        DyingChecks.killed = provider;

        RunRecord run = run(1, GUARD_MS, DyingChecks.class);

        assertEquals(Outcome.NOT_RUN, run.results().get(1).outcome());
        assertEquals(
                "the provider is gone: JMSException: nobody answers",
                run.results().get(1).reason());
        assertFalse(run.holds(), "what must be was not looked at");
    }

    static final class SpoilingChecks {
        static FakeProvider spoilt;

        @Check(section = "1", says = "It leaves no server.", restarts = true)
        void a(Scene scene) throws JMSException {
            spoilt.gone = true;
            scene.connect();
        }

        @Check(section = "1", says = "It needs one.", restarts = true)
        void b(Scene scene) throws JMSException {
            scene.connect();
        }
    }

    @Test
    void startsAnotherServerWhenACheckThatRestartsHasLeftNone() throws InterruptedException {
        SpoilingChecks.spoilt = provider;
        provider.comesBack = true;

        RunRecord run = run(1, GUARD_MS, SpoilingChecks.class);

        assertEquals(Outcome.PASSED, run.results().get(1).outcome(), run.results()::toString);
        assertEquals(List.of(false), provider.restarts);
    }

    @Test
    void namesNothingAsAnotherRunDid() throws InterruptedException {
        run(1, GUARD_MS, NamingChecks.class);
        run(1, GUARD_MS, NamingChecks.class);

        assertEquals(
                2, NamingChecks.NAMES.stream().distinct().count(), NamingChecks.NAMES::toString);
    }

    static final class NamingChecks {
        static final List<String> NAMES = Collections.synchronizedList(new ArrayList<>());

        @Check(section = "1", says = "It has a name.")
        void a(Scene scene) {
            NAMES.add(scene.name());
        }
    }

    private RunRecord run(int workers, long limitMs, Class<?>... checks)
            throws InterruptedException {
        Chapter chapter = new Chapter("Tests", Arrays.asList(checks), List.of());
        return new Runner(
                        provider,
                        TIMING,
                        new Limits(workers, limitMs, GUARD_MS),
                        (result, done, of) ->
                                heard.add(result.subject().id() + " " + done + "/" + of))
                .run("fake", FACTS, CheckCase.of(List.of(chapter)));
    }
}
