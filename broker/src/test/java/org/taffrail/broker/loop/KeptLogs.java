// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.Message.message;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.broker.store.tenured.TenuredSizes;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A loop on files with a topic that keeps what is young, which has a durable subscription, a topic
 * that keeps so many bytes, and a queue with history; and what must be left of each.
 */
final class KeptLogs {
    static final String AGED = "aged";
    static final String SIZED = "sized";
    static final String QUEUE = "q";
    static final long RETENTION_MS = 200_000;

    private static final long RETENTION_BYTES = 9_000;
    private static final int BODY_BYTES = 2_500;
    private static final long CONNECTION = 1;
    private static final long PRODUCER = 7;
    private static final int CREDIT_BYTES = 1 << 20;

    /** More than the least distance of two marks: each message can go by itself. */
    private static final long APART_MS = 2_000;

    private static final Limits LIMITS =
            TestLimits.limits()
                    .topics(AGED, policy().retentionMs(RETENTION_MS))
                    .topics(SIZED, policy().retentionBytes(RETENTION_BYTES))
                    .queues(QUEUE, policy().retentionMs(RETENTION_MS))
                    .windowBytes(1)
                    .build();

    private static final JournalOptions OPTIONS =
            JournalOptions.DEFAULT
                    .with(JournalOptions.ForceWay.INLINE)
                    .withSizes(1 << 15, 1 << 13)
                    .withTenure(0, new TenuredSizes(6 << 10, 12 << 10, 2));

    private final Map<String, List<Sent>> sent = new HashMap<>();
    private final Map<Long, Sent> unconfirmed = new HashMap<>();
    private final Map<Integer, List<Sent>> unanswered = new HashMap<>();
    private final Map<Integer, List<Delivery>> delivered = new HashMap<>();
    private final Map<Integer, Long> partitions = new HashMap<>();
    private JournalStore store;
    private Loop loop;
    private long nowMs = 1_000_000;
    private long connection = CONNECTION;
    private long sequence;
    private int request;
    private int consumer;

    /** A message as far as somebody was told. */
    private static final class Sent {
        final String body;
        final long timeMs;
        final int bytes;
        boolean confirmed;
        boolean settled;
        boolean maySettled;

        Sent(String body, long timeMs, int bytes) {
            this.body = body;
            this.timeMs = timeMs;
            this.bytes = bytes;
        }
    }

    static String body(String destination, int number) {
        return "<" + destination + " " + number + ">";
    }

    // What the script does.

    void start(Folder folder) throws StoreException {
        store = new JournalStore(folder, OPTIONS, Machine.callersThread(42));
        loop = new Loop(store, LIMITS, 1L << 40, this::hear, nowMs);
        connect();
    }

    private void connect() {
        connection++;
        sequence = 1;
        unconfirmed.clear();
        unanswered.clear();
        loop.connect(connection, Newcomer.passing("c", PRODUCER));
    }

    void subscribe() throws StoreException {
        attach(Source.DURABLE, AGED, null);
        reconnect();
    }

    private void reconnect() throws StoreException {
        loop.disconnect(connection, true, nowMs);
        rest();
        connect();
    }

    void send(String destination) throws StoreException {
        nowMs += APART_MS;
        request++;
        partitions.remove(request);
        loop.decide(
                connection,
                new ClientFrame.Resolve(request, kind(destination), destination),
                nowMs);
        rest();
        List<Sent> before = sent.computeIfAbsent(destination, each -> new ArrayList<>());
        String body = body(destination, before.size()) + ".".repeat(BODY_BYTES);
        ByteSink sink = new ByteSink(256);
        RunLayout.begin(sink, partitions.get(request), PRODUCER, sequence);
        message(body).encode(sink);
        RunLayout.end(sink, 0, 1);
        Sent message = new Sent(body, nowMs, sink.length());
        before.add(message);
        unconfirmed.put(sequence++, message);
        loop.decide(connection, new ClientFrame.Send(0, sink.array(), 0, sink.length()), nowMs);
        rest();
        assertTrue(message.confirmed, body);
    }

    /** Accepts some of what a queue or the durable subscription has. */
    void consume(String destination, int... numbers) throws StoreException {
        int id =
                attach(
                        kind(destination).isQueue() ? Source.QUEUE : Source.DURABLE,
                        destination,
                        null);
        request++;
        List<Sent> some = new ArrayList<>();
        long[] ranges = new long[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            Sent message = sent.get(destination).get(numbers[i]);
            message.maySettled = true;
            some.add(message);
            ranges[2 * i] = numbers[i];
            ranges[2 * i + 1] = numbers[i];
        }
        unanswered.put(request, some);
        long partition = delivered.get(id).get(0).partition();
        loop.decide(
                connection,
                new ClientFrame.Settle(request, 0, id, ClientFrame.Verb.ACCEPT, partition, ranges),
                nowMs);
        rest();
        assertTrue(some.get(0).settled, "is not settled");
        reconnect();
    }

    /** Lets time go by, in which nothing is written. */
    void pass(long ms) throws StoreException {
        nowMs += ms;
        rest();
    }

    void stop() throws StoreException {
        loop.disconnect(connection, true, nowMs);
        rest();
        while (!loop.stop(nowMs)) {
            // goes on
        }
        store.close();
    }

    /** Until nothing happens any more. */
    private void rest() throws StoreException {
        for (int quiet = 0; quiet < 3; quiet++) {
            while (loop.turn(nowMs) || store.publishing() || store.discarding()) {
                throwFailure();
            }
            throwFailure();
        }
    }

    private void throwFailure() throws StoreException {
        if (loop.failure() != null) {
            throw loop.failure();
        }
    }

    private int attach(Source source, String destination, String start) throws StoreException {
        int id = ++consumer;
        delivered.put(id, new ArrayList<>());
        String subscription = source == Source.DURABLE ? "s" : null;
        loop.decide(
                connection,
                new ClientFrame.Attach(
                        0,
                        id,
                        source,
                        kind(destination),
                        destination,
                        subscription,
                        null,
                        false,
                        start),
                nowMs);
        loop.decide(connection, new ClientFrame.Credit(id, 100, CREDIT_BYTES, false, 0), nowMs);
        rest();
        return id;
    }

    private static DestinationKind kind(String destination) {
        return destination.equals(QUEUE) ? DestinationKind.QUEUE : DestinationKind.TOPIC;
    }

    private void hear(long to, BrokerFrame frame) {
        if (to != connection || frame == null) {
            return;
        }
        if (frame instanceof BrokerFrame.Deliver deliver) {
            delivered.get(deliver.consumerId()).add(Delivery.of(deliver));
        } else if (frame instanceof BrokerFrame.Confirm confirm) {
            for (long each = confirm.first(); each <= confirm.last(); each++) {
                unconfirmed.get(each).confirmed = true;
            }
        } else if (frame instanceof BrokerFrame.Resolved resolved) {
            partitions.put(resolved.requestId(), resolved.partition());
        } else if (frame instanceof BrokerFrame.Done done) {
            unanswered
                    .getOrDefault(done.requestId(), List.of())
                    .forEach(each -> each.settled = true);
        } else if (frame instanceof BrokerFrame.Failed failed) {
            throw new AssertionError(failed.toString());
        }
    }

    // What must be there after a start.

    /** Consumes and replays all there is, gives it back, and holds it against what was told. */
    void check() throws StoreException {
        checkPast(AGED, Source.TOPIC);
        checkPast(SIZED, Source.TOPIC);
        checkPast(QUEUE, Source.SIDE);
        checkDeliverable(QUEUE, Source.QUEUE);
        checkDeliverable(AGED, Source.DURABLE);
        reconnect();
    }

    private List<String> heardBy(Source source, String destination, String start)
            throws StoreException {
        return delivered.get(attach(source, destination, start)).stream()
                .map(Delivery::body)
                .toList();
    }

    /** All that is not settled comes to who has to get it, in its order, and nothing else does. */
    private void checkDeliverable(String destination, Source source) throws StoreException {
        List<String> heard = heardBy(source, destination, null);
        List<String> expected = new ArrayList<>();
        for (Sent message : sent.getOrDefault(destination, List.of())) {
            boolean certain = message.confirmed && !message.maySettled;
            boolean possible = !message.settled && heard.contains(message.body);
            if (certain || possible) {
                expected.add(message.body);
            }
        }
        assertEquals(expected, heard, destination + " at " + nowMs);
    }

    /** A replay begins where it may, and has all that is kept for some reason. */
    private void checkPast(String destination, Source source) throws StoreException {
        List<String> heard = heardBy(source, destination, "earliest");
        List<Sent> all = new ArrayList<>();
        for (Sent message : sent.getOrDefault(destination, List.of())) {
            if (message.confirmed || heard.contains(message.body)) {
                all.add(message);
            }
        }
        List<String> expected = new ArrayList<>();
        boolean begun = false;
        for (Sent message : all) {
            boolean mustBe = isKept(destination, message, all) || isProtected(destination, message);
            // what a settlement may have ended that was lost may be protected still
            boolean mayBe = mustBe || isProtectable(destination) && !message.settled;
            boolean there = heard.contains(message.body);
            assertTrue(there || !mustBe, () -> message.body.substring(0, 9) + " is gone");
            assertTrue(!there || begun || mayBe, () -> message.body.substring(0, 9) + " is back");
            begun |= mayBe;
            if (there) {
                expected.add(message.body);
            }
        }
        assertEquals(expected, heard, destination + " is in its order");
    }

    private static boolean isProtectable(String destination) {
        return !destination.equals(SIZED);
    }

    private static boolean isProtected(String destination, Sent message) {
        return isProtectable(destination) && !message.maySettled;
    }

    private boolean isKept(String destination, Sent message, List<Sent> all) {
        if (!destination.equals(SIZED)) {
            return nowMs - message.timeMs < RETENTION_MS;
        }
        long since = 0;
        for (Sent later : all.subList(all.indexOf(message) + 1, all.size())) {
            since += later.bytes;
        }
        return since < RETENTION_BYTES;
    }

    /** The messages that are there though nobody needs them and no retention keeps them. */
    List<String> keptBeyondNeed(String destination) throws StoreException {
        List<String> beyond = new ArrayList<>();
        List<String> heard = heardBy(Source.TOPIC, destination, "earliest");
        for (Sent message : sent.getOrDefault(destination, List.of())) {
            if (message.settled && heard.contains(message.body)) {
                beyond.add(message.body);
            }
        }
        return beyond;
    }
}
