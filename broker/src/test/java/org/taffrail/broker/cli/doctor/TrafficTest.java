// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.cli.doctor.Finding.Weight;
import org.taffrail.wire.frame.Fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class TrafficTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    private static Fields.Builder queue(String name, long depth, long consumers, long end) {
        return new Fields.Builder()
                .put("name", name)
                .put("kind", "queue")
                .put("id", name.hashCode())
                .put("depth", depth)
                .put("consumers", consumers)
                .put("end", end)
                .put("firstNeeded", end - depth)
                .put("deliveriesMax", 10);
    }

    private static Sample sample(Fields.Builder... queues) {
        List<Fields> rows = new ArrayList<>();
        for (Fields.Builder queue : queues) {
            rows.add(queue.build());
        }
        return new Sample(rows, List.of(), Map.of(), List.of());
    }

    private static List<Finding> findings(Sample before, Sample after) {
        return new Traffic(before, after, 2000).findings(NOW_MS, NOW_MS);
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    @Test
    void findsNothingWhereAllIsConsumed() {
        Sample well = sample(queue("orders", 5, 1, 100), queue("DLQ.orders", 0, 0, 3));

        assertEquals(List.of(), findings(well, well));
    }

    @Test
    void findsAQueueThatGrowsWithoutAConsumer() {
        Finding found = only(findings(sample(queue("a", 1, 0, 1)), sample(queue("a", 4, 0, 4))));

        assertEquals(Weight.WARNING, found.weight());
        assertEquals(
                "queue a holds 4 messages and nobody consumes; 3 more came within 2 s",
                found.what());
    }

    @Test
    void notesAQueueThatWaitsForAConsumer() {
        Sample waiting = sample(queue("a", 1, 0, 1));

        Finding found = only(findings(waiting, waiting));

        assertEquals(Weight.NOTE, found.weight());
        assertEquals("queue a holds 1 message and nobody consumes", found.what());
    }

    @Test
    void findsDeadLetters() {
        Sample dead = sample(queue("DLQ.a", 7, 0, 7).put("deadLetters", true));

        Finding found = only(findings(dead, dead));

        assertEquals(Weight.WARNING, found.weight());
        assertEquals("queue DLQ.a holds 7 messages that failed or expired", found.what());
        assertTrue(found.cure().contains("taffrail dlq show DLQ.a"), found.cure());
    }

    @Test
    void findsMessagesThatFailWithoutEnd() {
        Sample endless = sample(queue("a", 7, 1, 7).put("failed", 2).put("deliveriesMax", 0));

        assertEquals(Weight.WARNING, only(findings(endless, endless)).weight());
    }

    @Test
    void findsNamesThatLookLikeTypingErrors() {
        Sample sample = sample(queue("invoices", 0, 1, 0), queue("Invoces", 3, 0, 3));

        List<Finding> found = findings(sample, sample);

        assertEquals(2, found.size(), found.toString());
        assertEquals(
                "queue invoices has a consumer and never had a message, queue Invoces has messages"
                        + " and no consumer",
                found.get(1).what());
    }

    @Test
    void takesNoShortOrUsedNamesForTypingErrors() {
        Sample sample =
                sample(
                        queue("q1", 0, 1, 0),
                        queue("q2", 3, 0, 3),
                        queue("invoices", 0, 1, 9),
                        queue("invoice", 3, 0, 3));

        for (Finding each : findings(sample, sample)) {
            assertEquals(Weight.NOTE, each.weight(), each.what());
        }
    }

    private static Sample held(long held, long credit, long firstNeeded) {
        return held(held, credit, firstNeeded, false);
    }

    private static Sample held(long held, long credit, long firstNeeded, boolean ended) {
        Fields queue = queue("a", held, 1, 100).put("firstNeeded", firstNeeded).build();
        Fields consumer =
                new Fields.Builder()
                        .put("connection", 4)
                        .put("id", 1)
                        .put("held", held)
                        .put("credit", credit)
                        .put("peer", "10.0.0.9:5555")
                        .put("user", "billing")
                        .put("ended", ended)
                        .build();
        return new Sample(List.of(queue), List.of(), Map.of("a", List.of(consumer)), List.of());
    }

    @Test
    void findsAConsumerThatHoldsAllItMayAndSettlesNothing() {
        Finding found = only(findings(held(500, 0, 7), held(500, 0, 7)));

        assertEquals(Weight.WARNING, found.weight());
        assertEquals(
                "a consumer of queue a at 10.0.0.9:5555, user billing holds 500 messages, takes no"
                        + " more, and has settled none within 2 s",
                found.what());
        assertTrue(found.cure().contains("taffrail connection close 4."), found.cure());
    }

    private static Sample heldSince(long agoMs, long firstNeeded) {
        Fields queue = queue("a", 5, 1, 100).put("firstNeeded", firstNeeded).build();
        Fields consumer =
                new Fields.Builder()
                        .put("connection", 4)
                        .put("id", 1)
                        .put("held", 5)
                        .put("oldestHeldMs", NOW_MS - agoMs)
                        .put("credit", 10)
                        .build();
        return new Sample(List.of(queue), List.of(), Map.of("a", List.of(consumer)), List.of());
    }

    @Test
    void findsAConsumerThatHasHeldAMessageForLong() {
        Finding stuck = only(findings(heldSince(600_000, 7), heldSince(600_000, 7)));
        Finding slow = only(findings(heldSince(61_000, 7), heldSince(61_000, 9)));

        assertEquals(Weight.WARNING, stuck.weight());
        assertEquals(
                "a consumer of queue a holds 5 messages, the oldest for 600 s, and has settled none"
                        + " within 2 s",
                stuck.what());
        assertEquals(Weight.NOTE, slow.weight());
        assertEquals("a consumer of queue a holds 5 messages, the oldest for 61 s", slow.what());
        assertFalse(slow.cure().contains("close"), "whose connection has gone: " + slow.cure());
        assertEquals(List.of(), findings(heldSince(59_000, 7), heldSince(59_000, 7)));
    }

    @Test
    void leavesAConsumerAloneThatMovesOn() {
        assertEquals(List.of(), findings(held(500, 0, 7), held(500, 0, 9)));
        assertEquals(List.of(), findings(held(500, 0, 7), held(400, 0, 7)));
        assertEquals(List.of(), findings(held(5, 10, 7), held(5, 10, 7)));
        // what waits for the end of its transaction takes no more anyway
        assertEquals(List.of(), findings(held(5, 0, 7, true), held(5, 0, 7, true)));
    }

    private static Sample subscribed(long depth, long consumers) {
        Fields group =
                new Fields.Builder()
                        .put("id", 6)
                        .put("name", "audit")
                        .put("destination", "prices")
                        .put("durable", true)
                        .put("depth", depth)
                        .put("consumers", consumers)
                        .build();
        return new Sample(List.of(), List.of(group), Map.of(), List.of());
    }

    @Test
    void findsASubscriptionThatNobodyReads() {
        Finding found = only(findings(subscribed(1, 0), subscribed(9, 0)));

        assertEquals(Weight.WARNING, found.weight());
        assertEquals(
                "subscription audit of topic prices holds 9 messages and nobody consumes; 8 more"
                        + " came within 2 s",
                found.what());
        assertEquals(List.of(), findings(subscribed(1, 1), subscribed(9, 1)));
    }

    private static Sample prepared(long ageMs, String ended) {
        Fields branch =
                new Fields.Builder()
                        .put("id", 57)
                        .put("preparedMs", NOW_MS - ageMs)
                        .put("ended", ended)
                        .build();
        return new Sample(List.of(), List.of(), Map.of(), List.of(branch));
    }

    @Test
    void findsABranchThatIsLeftAlone() {
        Sample young = prepared(60_000, null);
        Sample old = prepared(3_600_000, null);

        assertEquals(List.of(), findings(young, young));
        Finding found = only(findings(old, old));
        assertEquals(Weight.WARNING, found.weight());
        assertEquals("branch 57 of a global transaction is prepared for 60 minutes", found.what());
    }

    @Test
    void notesABranchThatAnOperatorHasEnded() {
        Sample ended = prepared(3_600_000, "committed");

        assertEquals(Weight.NOTE, only(findings(ended, ended)).weight());
    }

    @Test
    void findsClocksThatAreApart() {
        Sample none = sample();

        Finding found = only(new Traffic(none, none, 0).findings(NOW_MS, NOW_MS - 90_000));

        assertEquals("the broker's clock and this machine's are 90 s apart", found.what());
    }
}
