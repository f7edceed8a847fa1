// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordParts;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client of a {@link CoreRig}: says what a test wants and remembers what it hears. */
final class TestClient {
    final long connection;
    final long producer;

    /** Whether it goes on. */
    BrokerFrame.Recognition recognition;

    private final CoreRig rig;
    private final Map<Integer, TestConsumer> consumers = new HashMap<>();
    private final Map<Integer, BrokerFrame> answers = new HashMap<>();
    private final List<BrokerFrame.Refuse> refusals = new ArrayList<>();
    private int nextConsumer = 1;
    private int nextRequest = 1;
    private long nextSequence = 1;
    private long confirmedTo;

    TestClient(CoreRig rig, long connection, long producer) {
        this.rig = rig;
        this.connection = connection;
        this.producer = producer;
    }

    // What a client wants.

    /** Sends persistent messages of priority 4 to a queue, one run each. */
    void send(String queue, String... bodies) {
        for (String body : bodies) {
            send(queue, Message.message(body));
        }
    }

    void send(String queue, Message message) {
        send(partition(DestinationKind.QUEUE, queue), 0, message);
    }

    void publish(String topic, String... bodies) {
        for (String body : bodies) {
            publish(topic, Message.message(body));
        }
    }

    void publish(String topic, Message message) {
        send(partition(DestinationKind.TOPIC, topic), 0, message);
    }

    /** Sends in a transaction. */
    void sendIn(long transaction, String queue, String... bodies) {
        for (String body : bodies) {
            sendIn(transaction, queue, Message.message(body));
        }
    }

    void sendIn(long transaction, String queue, Message message) {
        send(partition(DestinationKind.QUEUE, queue), transaction, message);
    }

    /** Sends a message in pieces of so many bytes, in a transaction of its own. */
    void sendLarge(String queue, int pieceBytes, Message message) {
        sendLarge(partition(DestinationKind.QUEUE, queue), pieceBytes, message);
    }

    void sendLarge(long partition, int pieceBytes, Message message) {
        long transaction = 1_000_000 + nextRequest;
        sendPieces(partition, transaction, message.parts(pieceBytes));
        commit(transaction);
    }

    void sendPieces(long partition, long transaction, RecordParts pieces) {
        for (int i = 0; i < pieces.pieces(); i++) {
            sendPiece(partition, transaction, pieces, i);
        }
    }

    void sendPiece(long partition, long transaction, RecordParts pieces, int piece) {
        ByteSink sink = new ByteSink(256);
        pieces.write(sink, piece, partition);
        RunLayout.address(sink.array(), 0, partition, producer, nextSequence++);
        rig.decide(this, new ClientFrame.Send(transaction, sink.array(), 0, sink.length()));
    }

    /** Sends one run with all the messages. */
    void send(long partition, long transaction, Message... messages) {
        long sequence = nextSequence;
        nextSequence += messages.length;
        sendAs(sequence, partition, transaction, messages);
    }

    long nextSequence() {
        return nextSequence;
    }

    void nextSequence(long next) {
        nextSequence = next;
    }

    /** Sends one run with a sequence of its own, as one that was sent before. */
    void sendAs(long sequence, long partition, long transaction, Message... messages) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, partition, producer, sequence);
        for (Message message : messages) {
            message.encode(sink);
        }
        RunLayout.end(sink, at, messages.length);
        rig.decide(this, new ClientFrame.Send(transaction, sink.array(), at, sink.length() - at));
    }

    long partition(DestinationKind kind, String name) {
        BrokerFrame answer = ask(new ClientFrame.Resolve(nextRequest(), kind, name));
        if (answer instanceof BrokerFrame.Resolved resolved) {
            return resolved.partition();
        }
        return fail("no partition for " + name + ": " + answer);
    }

    /** Wants a temporary destination back that it had. */
    BrokerFrame temporaryAgain(DestinationKind kind, String name) {
        return ask(new ClientFrame.CreateTemporary(nextRequest(), kind, name));
    }

    BrokerFrame.Resolved createTemporary(DestinationKind kind) {
        return (BrokerFrame.Resolved) ask(new ClientFrame.CreateTemporary(nextRequest(), kind));
    }

    TestConsumer queue(String queue) {
        return queue(queue, null);
    }

    TestConsumer queue(String queue, String selector) {
        return attach(Source.QUEUE, DestinationKind.QUEUE, queue, null, selector, false);
    }

    TestConsumer browser(String queue) {
        return browser(queue, null);
    }

    TestConsumer browser(String queue, String selector) {
        return attach(Source.BROWSER, DestinationKind.QUEUE, queue, null, selector, false);
    }

    /** Makes a consumer that wants the queue for itself. */
    TestConsumer exclusive(String queue) {
        int id = nextConsumer++;
        TestConsumer consumer = new TestConsumer(this, id);
        consumers.put(id, consumer);
        int request = nextRequest();
        done(
                request,
                new ClientFrame.Attach(
                        request,
                        id,
                        Source.QUEUE,
                        DestinationKind.QUEUE,
                        queue,
                        null,
                        null,
                        false,
                        null,
                        true,
                        false));
        return consumer;
    }

    TestConsumer topic(String topic) {
        return attach(Source.TOPIC, DestinationKind.TOPIC, topic, null, null, false);
    }

    TestConsumer durable(String topic, String subscription) {
        return attach(Source.DURABLE, DestinationKind.TOPIC, topic, subscription, null, false);
    }

    TestConsumer subscribe(Source source, String topic, String subscription) {
        return attach(source, DestinationKind.TOPIC, topic, subscription, null, false);
    }

    /** Reads a queue beside its consumers. */
    TestConsumer side(String queue, String start) {
        return side(queue, start, null);
    }

    TestConsumer side(String queue, String start, String selector) {
        return startingAt(start, Source.SIDE, DestinationKind.QUEUE, queue, null, selector);
    }

    /** Makes a durable subscription that begins somewhere else than with what is new. */
    TestConsumer durable(String topic, String subscription, String start) {
        return startingAt(start, Source.DURABLE, DestinationKind.TOPIC, topic, subscription, null);
    }

    TestConsumer startingAt(
            String start,
            Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String selector) {
        ClientFrame.Attach frame =
                startFrame(start, source, kind, destination, subscription, selector);
        TestConsumer consumer = new TestConsumer(this, frame.consumerId());
        consumers.put(consumer.id, consumer);
        done(frame.requestId(), frame);
        return consumer;
    }

    ClientFrame.Attach startFrame(
            String start,
            Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String selector) {
        return new ClientFrame.Attach(
                nextRequest(),
                nextConsumer++,
                source,
                kind,
                destination,
                subscription,
                selector,
                false,
                start);
    }

    TestConsumer attach(
            Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String selector,
            boolean noLocal) {
        ClientFrame.Attach frame =
                attachFrame(source, kind, destination, subscription, selector, noLocal);
        TestConsumer consumer = new TestConsumer(this, frame.consumerId());
        consumers.put(consumer.id, consumer);
        done(frame.requestId(), frame);
        return consumer;
    }

    ClientFrame.Attach attachFrame(
            Source source,
            DestinationKind kind,
            String destination,
            String subscription,
            String selector,
            boolean noLocal) {
        return new ClientFrame.Attach(
                nextRequest(),
                nextConsumer++,
                source,
                kind,
                destination,
                subscription,
                selector,
                noLocal,
                null);
    }

    BrokerFrame outcome(long transaction) {
        return ask(new ClientFrame.AskOutcome(nextRequest(), transaction));
    }

    void commit(long transaction) {
        ClientFrame.Commit frame = new ClientFrame.Commit(nextRequest(), transaction);
        done(frame.requestId(), frame);
    }

    void rollback(long transaction) {
        ClientFrame.Rollback frame = new ClientFrame.Rollback(nextRequest(), transaction);
        done(frame.requestId(), frame);
    }

    void prepare(long transaction, Xid xid) {
        done(nextRequest(), new BranchFrame.Prepare(nextRequest - 1, transaction, xid));
    }

    void expectPrepareFailed(ErrorCode code, long transaction, Xid xid) {
        expectFailed(code, new BranchFrame.Prepare(nextRequest(), transaction, xid));
    }

    void endBranch(Xid xid, boolean commit) {
        done(nextRequest(), new BranchFrame.EndBranch(nextRequest - 1, xid, commit));
    }

    void expectEndFailed(ErrorCode code, Xid xid, boolean commit) {
        expectFailed(code, new BranchFrame.EndBranch(nextRequest(), xid, commit));
    }

    void forgetBranch(Xid xid) {
        done(nextRequest(), new BranchFrame.ForgetBranch(nextRequest - 1, xid));
    }

    Collection<TestConsumer> consumers() {
        return consumers.values();
    }

    /** Lists a page of the user's branches. */
    BrokerFrame.Managed branches(String after) {
        return (BrokerFrame.Managed) ask(new BranchFrame.ListBranches(nextRequest(), after));
    }

    void unsubscribe(String subscription) {
        ClientFrame.Unsubscribe frame = new ClientFrame.Unsubscribe(nextRequest(), subscription);
        done(frame.requestId(), frame);
    }

    void deleteTemporary(String name) {
        ClientFrame.DeleteTemporary frame = new ClientFrame.DeleteTemporary(nextRequest(), name);
        done(frame.requestId(), frame);
    }

    /** Begins what a manager wants. */
    TestOperation manage(Operation operation) {
        TestOperation begun = new TestOperation(this, nextRequest());
        rig.manage(this, operation, begun);
        return begun;
    }

    /** Takes the answer to a request; null where there is none. */
    BrokerFrame takeAnswer(int requestId) {
        return answers.remove(requestId);
    }

    void disconnect() {
        rig.disconnect(this);
    }

    // What it must hear.

    /** Says something that must succeed. */
    void done(int requestId, ClientFrame frame) {
        rig.decide(this, frame);
        assertEquals(new BrokerFrame.Done(requestId), answers.remove(requestId));
    }

    /** Says something that must be refused. */
    void expectFailed(ErrorCode code, ClientFrame frame) {
        BrokerFrame answer = ask(frame);
        if (answer instanceof BrokerFrame.Failed failed) {
            assertEquals(code, failed.code(), failed.detail());
        } else {
            fail(answer + " instead of " + code);
        }
    }

    BrokerFrame ask(ClientFrame frame) {
        rig.decide(this, frame);
        return answers.remove(nextRequest - 1);
    }

    /** Asks for something whose answer is expected later; returns the request. */
    int begin(ClientFrame frame) {
        rig.decide(this, frame);
        return nextRequest - 1;
    }

    /** Whether a request has been answered that {@link #begin} has begun. */
    boolean isAnswered(int requestId) {
        return answers.containsKey(requestId);
    }

    /** Takes the answer to a request that {@link #begin} has begun. */
    void expectDone(int requestId) {
        assertEquals(new BrokerFrame.Done(requestId), answers.remove(requestId));
    }

    void expectConfirmed(long sequence) {
        assertEquals(sequence, confirmedTo);
    }

    void expectRefused(ErrorCode code) {
        assertEquals(1, refusals.size(), "refusals");
        assertEquals(code, refusals.remove(0).code());
    }

    void expectNoRefusal() {
        assertEquals(List.of(), refusals);
    }

    int nextRequest() {
        return nextRequest++;
    }

    CoreRig rig() {
        return rig;
    }

    void hear(BrokerFrame frame) {
        if (frame instanceof BrokerFrame.Deliver deliver) {
            consumers.get(deliver.consumerId()).hear(deliver);
        } else if (frame instanceof BrokerFrame.DeliverPart part) {
            consumers.get(part.consumerId()).hear(part);
        } else if (frame instanceof BrokerFrame.Drained drained) {
            consumers.get(drained.consumerId()).drained(drained.token());
        } else if (frame instanceof BrokerFrame.ConsumerClosed closed) {
            consumers.get(closed.consumerId()).closed(closed.code());
        } else if (frame instanceof BrokerFrame.Confirm confirm) {
            assertTrue(confirm.first() > confirmedTo, "confirmed twice: " + confirm);
            confirmedTo = confirm.last();
        } else if (frame instanceof BrokerFrame.Refuse refuse) {
            refusals.add(refuse);
        } else if (frame instanceof BrokerFrame.Done done) {
            answer(done.requestId(), frame);
        } else if (frame instanceof BrokerFrame.Failed failed) {
            answer(failed.requestId(), frame);
        } else if (frame instanceof BrokerFrame.Resolved resolved) {
            answer(resolved.requestId(), frame);
        } else if (frame instanceof BrokerFrame.Managed managed) {
            answer(managed.requestId(), frame);
        } else {
            fail("unexpected " + frame);
        }
    }

    private void answer(int requestId, BrokerFrame frame) {
        assertTrue(requestId > 0, "an answer that nobody asked for: " + frame);
        assertEquals(null, answers.put(requestId, frame), "answered twice");
    }
}
