// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class VerdictTest {
    private final ReceivedLog first = new ReceivedLog(2, 1);
    private final ReceivedLog second = new ReceivedLog(2, 1);

    private static void receive(ReceivedLog log, int producer, long... sequences) {
        for (long sequence : sequences) {
            log.received(new Stamp(producer, sequence, 0, 0), 0);
        }
    }

    private Verdict onQueue(long... acknowledged) {
        return Verdict.onSharedQueue(acknowledged, List.of(first, second));
    }

    @Test
    void passesWhenConsumersShareEverythingInOrder() {
        receive(first, 0, 0, 2, 3);
        receive(second, 0, 1, 4);
        receive(second, 1, 0, 1);

        Verdict verdict = onQueue(5, 2);

        assertTrue(verdict.passed(), verdict::summary);
        assertEquals(7, verdict.expected());
        assertEquals("verified 7 deliveries", verdict.summary());
    }

    @Test
    void findsALostMessageAndNamesIt() {
        receive(first, 0, 0, 2);
        receive(first, 1, 0);

        Verdict verdict = onQueue(3, 1);

        assertFalse(verdict.passed());
        assertEquals(1, verdict.lost());
        assertEquals("FAILED: 1 lost of 4", verdict.summary());
        assertEquals(
                List.of("producer 0 message 1 was acknowledged and never came"),
                verdict.examples());
    }

    @Test
    void findsALostTail() {
        receive(first, 0, 0, 1);

        assertEquals(3, onQueue(5, 0).lost());
    }

    @Test
    void findsADuplicateOfOneConsumer() {
        receive(first, 0, 0, 1, 1, 2);

        Verdict verdict = onQueue(3, 0);

        assertEquals(1, verdict.duplicated());
        assertEquals(0, verdict.disordered());
        assertEquals(List.of("producer 0 message 1 came twice"), verdict.examples());
    }

    @Test
    void findsADuplicateAcrossTwoConsumersOfAQueue() {
        receive(first, 1, 0, 1);
        receive(second, 1, 1, 2);

        assertEquals(1, onQueue(0, 3).duplicated());
    }

    @Test
    void findsDisorderOfAProducerAtAConsumer() {
        receive(first, 0, 0, 2, 1);

        Verdict verdict = onQueue(3, 0);

        assertEquals(1, verdict.disordered());
        assertEquals(List.of("producer 0 message 1 came after 2"), verdict.examples());
        assertFalse(verdict.passed());
    }

    @Test
    void orderOfDifferentProducersDoesNotMatter() {
        receive(first, 0, 0);
        receive(first, 1, 0);
        receive(first, 0, 1);

        assertTrue(onQueue(2, 1).passed());
    }

    @Test
    void findsWhatWasNeverAcknowledged() {
        receive(first, 0, 0, 1, 2);

        Verdict verdict = onQueue(2, 0);

        assertEquals(1, verdict.unacknowledged());
        assertFalse(verdict.passed());
    }

    @Test
    void findsDamagedAndForeignMessages() {
        first.damaged();
        second.foreign();

        Verdict verdict = onQueue(0, 0);

        assertEquals(1, verdict.damaged());
        assertEquals(1, verdict.foreign());
        assertFalse(verdict.passed());
    }

    @Test
    void everySubscriberOfATopicMustHaveEverything() {
        receive(first, 0, 0, 1);
        receive(second, 0, 0);

        Verdict verdict = Verdict.onTopic(new long[] {2, 0}, List.of(first, second));

        assertEquals(4, verdict.expected());
        assertEquals(1, verdict.lost());
        assertEquals(0, verdict.duplicated());
    }

    @Test
    void orderIsKeptWithinEachSequenceOnly() {
        ReceivedLog log = new ReceivedLog(1, 2);
        for (long sequence : new long[] {3, 0, 2, 1}) {
            log.received(new Stamp(0, sequence, 0, 0), (int) (sequence % 2));
        }

        Verdict verdict = Verdict.onSharedQueue(new long[] {4}, List.of(log));

        assertEquals(1, verdict.disordered());
        assertEquals(List.of("producer 0 message 1 came after 3"), verdict.examples());
    }

    @Test
    void findsWhatCameToSomebodyElse() {
        first.misdirected(new Stamp(0, 0, 0, 0));
        receive(first, 0, 0);

        Verdict verdict = onQueue(1, 0);

        assertFalse(verdict.passed());
        assertEquals(0, verdict.lost());
        assertEquals(1, verdict.foreign());
    }

    @Test
    void twoVerdictsAreGoodOnlyTogether() {
        receive(first, 0, 0, 1);
        ReceivedLog replies = new ReceivedLog(2, 1);
        receive(replies, 0, 0, 0);

        Verdict both =
                onQueue(2, 0).and(Verdict.onSharedQueue(new long[] {2, 0}, List.of(replies)));

        assertTrue(onQueue(2, 0).passed());
        assertEquals("FAILED: 1 lost, 1 duplicated of 4", both.summary());
        assertEquals(2, both.examples().size());
    }

    @Test
    void aStampOfAnUnknownProducerIsDamage() {
        receive(first, 2, 0);

        assertEquals(1, onQueue(0, 0).damaged());
    }

    @Test
    void survivesTheWayThroughAFile() {
        receive(first, 0, 0, 2, 2);
        second.foreign();
        Verdict verdict = onQueue(3, 0);
        LatencyOutcome outcome = new LatencyOutcome(1_000, 990.5, 3, 1, 7, verdict);
        ThroughputOutcome other =
                new ThroughputOutcome(3, 1_500_000_000L, verdict, Optional.empty());
        ThroughputOutcome asked =
                new ThroughputOutcome(
                        1, 1, verdict, Optional.of(new ThroughputOutcome.Times(812, 1_900)));

        assertEquals(outcome, LatencyOutcome.of(outcome.toProperties()));
        assertEquals(other, ThroughputOutcome.of(other.toProperties()));
        assertEquals(asked, ThroughputOutcome.of(asked.toProperties()));
        assertEquals(2.0, other.perSecond());
    }

    @Test
    void missedRateIsKnownByWhatWasSentOrNotSentAtAll() {
        Verdict verdict = onQueue(0, 0);

        assertFalse(new LatencyOutcome(1_000, 991, 1, 0, 0, verdict).missedRate());
        assertTrue(new LatencyOutcome(1_000, 989, 1, 0, 0, verdict).missedRate());
        assertTrue(new LatencyOutcome(1_000, 1_000, 1, 1, 0, verdict).missedRate());
    }
}
