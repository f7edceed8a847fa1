// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.Branches;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A link without a broker: writes down what is asked of it, in order, and answers at once, or when
 * the test says so. Deliveries are the test's. Thread-safe.
 */
final class RecordingLink implements Link {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, CompletableFuture<Void>> parked = new HashMap<>();
    private final Map<String, RuntimeException> refusals = new HashMap<>();
    private final Map<Integer, ConsumerListener> consumers = new HashMap<>();
    private final List<SendListener> sends = new ArrayList<>();
    private final Listener listener;
    private final List<Xid> prepared = new ArrayList<>();
    private final Branches branches = new RecordingBranches();
    private long transactions;
    private volatile boolean goesOn;
    private volatile boolean hasBranches = true;

    RecordingLink(Listener listener) {
        this.listener = listener;
    }

    /** Returns what was asked since the last time. */
    synchronized List<String> calls() {
        List<String> copy = List.copyOf(calls);
        calls.clear();
        return copy;
    }

    /** Lets calls of this name wait for their answer until the returned future is completed. */
    synchronized CompletableFuture<Void> park(String name) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        parked.put(name, answer);
        return answer;
    }

    /** Lets calls of this name fail. */
    synchronized void refuse(String name, RuntimeException failure) {
        refusals.put(name, failure);
    }

    /** Answers the oldest send that is not answered. */
    void answerSend(Throwable failure) {
        SendListener first;
        synchronized (this) {
            first = sends.remove(0);
        }
        first.completed(failure);
    }

    synchronized int unansweredSends() {
        return sends.size();
    }

    /** Delivers a text message of priority 4. */
    void deliver(int consumerId, long offset, String text) {
        deliver(consumerId, offset, 4, 0, text);
    }

    void deliver(int consumerId, long offset, int priority, long expirationMs, String text) {
        ConsumerListener to;
        synchronized (this) {
            to = consumers.get(consumerId);
        }
        to.delivered(delivery(consumerId, offset, priority, expirationMs, text));
    }

    /** Delivers a message that may have been seen before. */
    void redeliver(int consumerId, long offset, String text) {
        Delivery first = delivery(consumerId, offset, 4, 0, text);
        ConsumerListener to;
        synchronized (this) {
            to = consumers.get(consumerId);
        }
        to.delivered(new Delivery(consumerId, 7, offset, 2, true, 0, first.record()));
    }

    static Delivery delivery(
            int consumerId, long offset, int priority, long expirationMs, String text) {
        ByteSink sink = new ByteSink(64);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, offset, 1, true, priority).bodyType(BodyType.TEXT, false);
        encoder.expiration(expirationMs);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        sink.putBytes(body, 0, body.length);
        encoder.end();
        return new Delivery(consumerId, 7, offset, 1, false, 0, sink.toByteArray());
    }

    /** Ends a consumer as the broker may. */
    void close(int consumerId, Throwable cause) {
        ConsumerListener to;
        synchronized (this) {
            to = consumers.get(consumerId);
        }
        to.closed(cause);
    }

    /** Loses the link. */
    void lose(Throwable cause) {
        listener.lost(cause);
    }

    /** From now on it is one that goes on after a loss. */
    RecordingLink goingOn() {
        goesOn = true;
        return this;
    }

    @Override
    public boolean learnsOutcomes() {
        return goesOn;
    }

    void interrupt(Throwable cause) {
        listener.interrupted(cause);
    }

    void restore() {
        listener.restored(new Peer(1 << 20, WallClock.nowMs(), "restored"));
    }

    /** From now on its broker knows no branches. */
    RecordingLink withoutBranches() {
        hasBranches = false;
        return this;
    }

    /** Has the broker list a branch. */
    synchronized void prepared(Xid xid) {
        prepared.add(xid);
    }

    private final class RecordingBranches implements Branches {
        @Override
        public CompletableFuture<Void> prepare(long transactionId, Xid xid) {
            return answer("prepare", "prepare " + transactionId + " " + xid);
        }

        @Override
        public CompletableFuture<Void> end(Xid xid, boolean commit) {
            return answer("end", (commit ? "commit " : "rollback ") + xid);
        }

        @Override
        public CompletableFuture<Void> forget(Xid xid) {
            return answer("forget", "forget " + xid);
        }

        @Override
        public CompletableFuture<List<Xid>> list() {
            return answer("list", "list").thenApply(nothing -> List.copyOf(prepared));
        }
    }

    private synchronized CompletableFuture<Void> answer(String name, String call) {
        calls.add(call);
        if (refusals.containsKey(name)) {
            return CompletableFuture.failedFuture(refusals.get(name));
        }
        return parked.getOrDefault(name, CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletableFuture<Peer> open() {
        return answer("open", "open")
                .thenApply(nothing -> new Peer(1 << 20, WallClock.nowMs(), "recording"));
    }

    @Override
    public CompletableFuture<Target> resolve(DestinationKind kind, String name) {
        return answer("resolve", "resolve " + name).thenApply(nothing -> new Target(7, kind, name));
    }

    @Override
    public CompletableFuture<Target> createTemporary(DestinationKind kind) {
        return answer("createTemporary", "createTemporary " + kind)
                .thenApply(nothing -> new Target(8, kind, "temporary"));
    }

    @Override
    public CompletableFuture<Void> deleteTemporary(String name) {
        return answer("deleteTemporary", "deleteTemporary " + name);
    }

    @Override
    public synchronized void send(long transactionId, ByteSink run, SendListener sent) {
        if (refusals.containsKey("send")) {
            throw refusals.get("send");
        }
        calls.add("send tx=" + transactionId);
        sends.add(sent);
    }

    @Override
    public synchronized CompletableFuture<Void> attach(ConsumerSpec spec, ConsumerListener to) {
        consumers.put(spec.consumerId(), to);
        return answer("attach", "attach " + spec.consumerId());
    }

    @Override
    public void credit(int consumerId, int messages, int bytes, boolean reset) {
        answer("credit", reset ? "reset " + consumerId : "credit " + consumerId + " " + messages);
    }

    @Override
    public CompletableFuture<Void> drain(int consumerId, int messages, int bytes) {
        return answer("drain", "drain " + consumerId + " " + messages);
    }

    @Override
    public CompletableFuture<Void> settle(
            long transactionId,
            int consumerId,
            ClientFrame.Verb verb,
            long partition,
            long[] ranges,
            boolean confirmed) {
        String call =
                verb
                        + " "
                        + consumerId
                        + (transactionId == 0 ? "" : " tx=" + transactionId)
                        + " "
                        + Arrays.toString(ranges)
                        + (confirmed ? " confirmed" : "");
        return answer(confirmed ? "settle" : "told", call);
    }

    @Override
    public synchronized long newTransaction() {
        return ++transactions;
    }

    @Override
    public CompletableFuture<Void> commit(long transactionId) {
        return answer("commit", "commit " + transactionId);
    }

    @Override
    public CompletableFuture<Void> rollback(long transactionId) {
        return answer("rollback", "rollback " + transactionId);
    }

    @Override
    public CompletableFuture<Void> detach(int consumerId) {
        return answer("detach", "detach " + consumerId);
    }

    @Override
    public CompletableFuture<Void> unsubscribe(String subscription) {
        return answer("unsubscribe", "unsubscribe " + subscription);
    }

    @Override
    public CompletableFuture<BrokerFrame.Managed> manage(int operation, Fields fields) {
        throw new UnsupportedOperationException("Jakarta Messaging does not manage");
    }

    @Override
    public Branches branches() {
        if (!hasBranches) {
            throw new WireException(ErrorCode.NOT_SUPPORTED, "too old");
        }
        return branches;
    }

    @Override
    public synchronized void close() {
        calls.add("close");
    }
}
