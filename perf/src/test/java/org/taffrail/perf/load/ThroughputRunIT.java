// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Every kind of case, with few messages and a broker in this JVM. */
class ThroughputRunIT {
    @TempDir Path folder;

    /** Counts slices, and holds the run to taking turns. */
    private static final class Turns implements ClockWatch {
        private int slices;
        private boolean running;

        @Override
        public void started() {
            assertFalse(running, "the clock was started twice");
            running = true;
        }

        @Override
        public void stopped() {
            assertTrue(running, "the clock was stopped twice");
            running = false;
            slices++;
        }
    }

    private Provider provider() throws IOException, RunFailedException {
        Path jndi = folder.resolve("jndi.properties");
        Files.writeString(
                jndi,
                String.format(
                        Locale.ROOT,
                        """
                        java.naming.factory.initial=org.taffrail.jms.jndi.TaffrailInitialContextFactory
                        connectionFactory.ConnectionFactory=taffrail:embedded?name=%s
                        """,
                        folder.getFileName()));
        return Provider.open(jndi, "ConnectionFactory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync-send:2",
                "async-send:1",
                "transacted:7x2",
                "xa:3",
                "round-trip:2+2-client",
                "drain:2",
                "drain:2-client",
                "drain:1-transacted@10KiB",
                "drain:1-dups-ok",
                "fan-out:2x3",
                "fan-out-durable:1x3-dups-ok",
                "fan-out-durable-async:1x2",
                "request-reply:3",
                "selector:3",
                "many-queues:7-transacted"
            })
    void everyMessageIsVerifiedAndEverySliceIsHeardOf(String text)
            throws IOException, RunFailedException {
        Turns turns = new Turns();
        ThroughputCase work = ThroughputCase.parse(text);
        ThroughputPlan plan =
                ThroughputPlan.of(
                        work,
                        "q",
                        new MessageShape(200, true),
                        20,
                        new ThroughputPlan.Limits(
                                Duration.ofMillis(5), Duration.ofMillis(20), 200_000));

        ThroughputOutcome outcome =
                new ThroughputRun(provider(), plan, Clock.system(), turns).run();

        assertTrue(outcome.verdict().passed(), outcome.verdict()::summary);
        assertTrue(outcome.messages() > 0);
        assertTrue(
                outcome.verdict().expected() > outcome.messages(), "the warm-up is verified too");
        assertTrue(turns.slices > 0);
        assertFalse(turns.running);
        assertEquals(work.kind() == ThroughputCase.Kind.REQUEST_REPLY, outcome.times().isPresent());
    }
}
