// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.RecordAssembly;
import org.taffrail.wire.record.RecordLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A consumer of a {@link TestClient}: has what it received, and settles it by its body. */
final class TestConsumer {
    private static final int PLENTY = 1 << 20;

    final TestClient client;
    final int id;

    private final List<Delivery> received = new ArrayList<>();
    private final List<Integer> drains = new ArrayList<>();
    private final List<ErrorCode> ends = new ArrayList<>();
    private BrokerFrame.Deliver head;
    private RecordAssembly assembly;
    private int checked;
    private int nextToken = 1;
    private Consumer<Delivery> listener;

    TestConsumer(TestClient client, int id) {
        this.client = client;
        this.id = id;
    }

    /** From now on someone hears of each delivery at once. */
    void listen(Consumer<Delivery> newListener) {
        listener = newListener;
    }

    /** Gives credit for messages and plenty of bytes. */
    TestConsumer credit(int messages) {
        return credit(messages, PLENTY);
    }

    TestConsumer credit(int messages, int bytes) {
        say(new ClientFrame.Credit(id, messages, bytes, false, 0));
        return this;
    }

    /** Takes all credit back. */
    void stop() {
        say(new ClientFrame.Credit(id, 0, 0, true, 0));
    }

    TestConsumer drain(int messages, int bytes) {
        int token = nextToken++;
        say(new ClientFrame.Credit(id, messages, bytes, false, token));
        expectDrained(token);
        return this;
    }

    /** Drains, and expects that the end is told once and after what could be delivered. */
    TestConsumer drain(int messages) {
        return drain(messages, PLENTY);
    }

    /** Asks for a drain whose end is expected later. */
    int beginDrain(int messages) {
        int token = nextToken++;
        say(new ClientFrame.Credit(id, messages, PLENTY, false, token));
        return token;
    }

    void expectDrained(Integer... tokens) {
        assertEquals(Arrays.asList(tokens), drains);
        drains.clear();
    }

    /** The broker has ended it, once, for this reason. */
    void expectClosed(ErrorCode code) {
        assertEquals(List.of(code), ends);
    }

    void accept(String... bodies) {
        settle(Verb.ACCEPT, 0, bodies);
    }

    void acceptIn(long transaction, String... bodies) {
        settle(Verb.ACCEPT, transaction, bodies);
    }

    void releaseUnseen(String... bodies) {
        settle(Verb.RELEASE_UNSEEN, 0, bodies);
    }

    void releaseSeen(String... bodies) {
        settle(Verb.RELEASE_SEEN, 0, bodies);
    }

    void fail(String... bodies) {
        settle(Verb.FAIL, 0, bodies);
    }

    void settle(Verb verb, long transaction, String... bodies) {
        ClientFrame.Settle frame = settleFrame(verb, transaction, ranges(bodies));
        client.done(frame.requestId(), frame);
    }

    ClientFrame.Settle settleFrame(Verb verb, long transaction, long... ranges) {
        return new ClientFrame.Settle(
                client.nextRequest(),
                transaction,
                id,
                verb,
                received.isEmpty() ? 0 : received.get(0).partition(),
                ranges);
    }

    long[] ranges(String... bodies) {
        return Arrays.stream(bodies)
                .mapToLong(body -> last(body).offset())
                .sorted()
                .flatMap(offset -> java.util.stream.LongStream.of(offset, offset))
                .toArray();
    }

    void close() {
        ClientFrame.Detach frame = new ClientFrame.Detach(client.nextRequest(), id);
        client.done(frame.requestId(), frame);
    }

    void expectCloseFailed(ErrorCode code) {
        client.expectFailed(code, new ClientFrame.Detach(client.nextRequest(), id));
    }

    /** What has come since the last check, in order, is this and nothing else. */
    TestConsumer expect(String... bodies) {
        assertEquals(
                Arrays.asList(bodies),
                received.subList(checked, received.size()).stream().map(Delivery::body).toList());
        checked = received.size();
        return this;
    }

    TestConsumer expectNothing() {
        return expect();
    }

    /** The last delivery has this flag and count. */
    TestConsumer expectRedelivered(boolean redelivered, int count) {
        Delivery last = received.get(received.size() - 1);
        assertEquals(
                redelivered + " " + count,
                last.redelivered() + " " + last.count(),
                "flag and count of " + last.body());
        return this;
    }

    /** The latest delivery of a message. */
    Delivery last(String body) {
        for (int i = received.size() - 1; i >= 0; i--) {
            if (received.get(i).body().equals(body)) {
                return received.get(i);
            }
        }
        throw new AssertionError("never received " + body);
    }

    /** The bodies of all that it received. */
    List<String> bodies() {
        return received.stream().map(Delivery::body).toList();
    }

    int receivedCount() {
        return received.size();
    }

    void hear(BrokerFrame.Deliver frame) {
        if (RecordLayout.hasParts(frame.array(), frame.at())) {
            head = frame;
            assembly = new RecordAssembly(frame.array(), frame.at());
        } else {
            assembly = null;
            hear(Delivery.of(frame));
        }
    }

    void hear(BrokerFrame.DeliverPart frame) {
        assertEquals(head.offset(), frame.offset(), "a part of another message");
        assertEquals(head.partition(), frame.partition());
        if (assembly.add(frame.index(), frame.array(), frame.at(), frame.length())) {
            hear(Delivery.of(head, assembly.record()));
            assembly = null;
        }
    }

    private void hear(Delivery delivery) {
        received.add(delivery);
        if (listener != null) {
            listener.accept(delivery);
        }
    }

    /** Whether the head of a large message has come and not the last of its parts. */
    boolean isAmidMessage() {
        return assembly != null;
    }

    void drained(int token) {
        drains.add(token);
    }

    void closed(ErrorCode code) {
        assertEquals(List.of(), drains, "drains that ended before the consumer did");
        ends.add(code);
    }

    private void say(ClientFrame frame) {
        client.rig().decide(client, frame);
    }
}
