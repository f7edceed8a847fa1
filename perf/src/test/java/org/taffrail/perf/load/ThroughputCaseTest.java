// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.perf.load.ThroughputCase.Kind;
import org.taffrail.perf.load.ThroughputPlan.Flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ThroughputCaseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync-send:8",
                "async-send:1",
                "transacted:100",
                "transacted:10x4",
                "xa:1",
                "xa:10x4",
                "round-trip:4+2",
                "round-trip:4+4-client@1MiB",
                "drain:1",
                "drain:4-transacted",
                "drain:2-dups-ok@100",
                "fan-out:1x20",
                "fan-out:2x1",
                "fan-out-async:1x20",
                "fan-out-durable-async:1x20-client",
                "fan-out-durable:1x20-dups-ok",
                "request-reply:8",
                "selector:10",
                "many-queues:1000",
                "async-send:1@1000",
                "transacted:10x4@64KiB"
            })
    void printsAsItIsTyped(String text) {
        assertEquals(text, ThroughputCase.parse(text).toString());
    }

    @Test
    void knowsWhichNumberIsWhich() {
        ThroughputCase transacted = ThroughputCase.parse("transacted:10x4");
        ThroughputCase roundTrip = ThroughputCase.parse("round-trip:4+2");

        assertEquals(new ThroughputCase(Kind.TRANSACTED, 10, 4, AckMode.AUTO, 0), transacted);
        assertEquals(new ThroughputCase(Kind.ROUND_TRIP, 4, 2, AckMode.AUTO, 0), roundTrip);
        assertEquals(
                new ThroughputCase(Kind.DRAIN, 3, 1, AckMode.DUPS_OK, 2048),
                ThroughputCase.parse("drain:3-dups-ok@2KiB"));
    }

    @Test
    void planSaysWhoSendsAndReceivesWhileTheClockRuns() {
        ThroughputPlan transacted = plan("transacted:10x4");
        assertEquals(Flow.SENDING, transacted.flow());
        assertEquals(4, transacted.sending().producers());
        assertEquals(10, transacted.sending().window());

        ThroughputPlan drain = plan("drain:3-client@1MiB");
        assertEquals(Flow.RECEIVING, drain.flow());
        assertEquals(3, drain.receiving().consumers());
        assertEquals(100, drain.receiving().batch());
        assertEquals(1024 * 1024, drain.sending().shape().sizeBytes());
        assertEquals(1, drain.sending().window(), "a filling transaction is no larger than 1 MiB");

        ThroughputPlan durable = plan("fan-out-durable:1x20-dups-ok");
        assertEquals(Flow.BOTH, durable.flow());
        assertEquals(Route.Way.DURABLE, durable.route().way());
        assertEquals(20, durable.receiving().consumers());
        assertEquals(AckMode.DUPS_OK, durable.receiving().mode());
        assertEquals(1, durable.receiving().batch());

        assertEquals(1, plan("request-reply:8").receiving().consumers());
        assertEquals(4, plan("many-queues:100").receiving().consumers());
        assertEquals(2, plan("many-queues:2").sending().producers());
    }

    private static ThroughputPlan plan(String text) {
        return ThroughputPlan.of(
                ThroughputCase.parse(text),
                "q",
                new MessageShape(1024, true),
                50,
                new ThroughputPlan.Limits(Duration.ZERO, Duration.ofSeconds(1), 1 << 20));
    }

    @Test
    void rowSaysWhatItCounts() {
        Verdict verdict = Verdict.onSharedQueue(new long[] {0}, List.of());
        ThroughputOutcome outcome =
                new ThroughputOutcome(10, 1_000_000_000, verdict, Optional.empty());
        ThroughputCase fanOut = ThroughputCase.parse("fan-out:1x20");
        ThroughputCase durable = ThroughputCase.parse("fan-out-durable:1x20");

        assertEquals("fan-out:1x20, deliveries/s", fanOut.label());
        assertEquals(200, fanOut.figure(outcome));
        assertEquals("fan-out-durable:1x20, sends/s", durable.label());
        assertEquals(10, durable.figure(outcome));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sync-send",
                "sync-send:0",
                "sync-send:1+1",
                "round-trip:4",
                "round-trip:4x4",
                "transacted:1+1",
                "browse:1",
                "transacted:10x0",
                "xa:1+1",
                "fan-out:1",
                "fan-out:1+20",
                "drain:1x2",
                "drain:4-browse",
                "sync-send:1-client",
                "request-reply:1-auto",
                "sync-send:1@10",
                "sync-send:1@1GiB",
                "sync-send:1@100MiB",
                "sync-send:1@"
            })
    void refusesWhatIsNoCase(String text) {
        assertThrows(IllegalArgumentException.class, () -> ThroughputCase.parse(text));
    }
}
