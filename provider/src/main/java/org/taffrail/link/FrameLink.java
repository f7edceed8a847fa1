// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * The protocol over any {@link LinkChannel}: turns the calls of {@link Link} into frames. Its life,
 * from the opening to the end, is {@link LinkSession}'s.
 *
 * <p>Threads: any may call. What is sent is put in order by one lock, which also guards the windows
 * and the tables of who waits; nobody is called while it is held. All futures and listeners are
 * called on the receiver's thread of the channel, also at the end of the link, so that calls never
 * overlap. The one exception is a future that has failed already when it is returned. A listener
 * that would have to wait for room in the window gets an {@link IllegalStateException} at once.
 */
public final class FrameLink implements Link {
    /** Bytes of a settlement's frame that are not its ranges. */
    private static final int SETTLE_BYTES = 64;

    private final LinkSession session;
    private final Continuity continuity;
    private final FrameBranches branches = new FrameBranches(this);

    /**
     * Makes a link that is not open yet.
     *
     * @param connector makes the channel
     * @param options who connects, and how long things may take
     * @param heartbeat whether the broker's silence means anything, as it does over a network
     * @param listener hears of the link's loss
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} if user or password have a
     *     character that can't be sent
     */
    public FrameLink(
            Connector connector,
            ConnectionOptions options,
            boolean heartbeat,
            Link.Listener listener) {
        this(connector, options, heartbeat, listener, Continuity.single());
    }

    /**
     * Makes a link that goes on after others, and is not open yet. When it is lost what can be sent
     * again is kept for the next one, and consumers hear of nothing.
     *
     * @param connector makes the channel
     * @param options who connects, and how long things may take
     * @param heartbeat whether the broker's silence means anything, as it does over a network
     * @param listener hears of the link's loss
     * @param continuity what the links before have left; the last of them has ended
     */
    public FrameLink(
            Connector connector,
            ConnectionOptions options,
            boolean heartbeat,
            Link.Listener listener,
            Continuity continuity) {
        this(connector, options, heartbeat, listener, continuity, System::nanoTime);
    }

    FrameLink(
            Connector connector,
            ConnectionOptions options,
            boolean heartbeat,
            Link.Listener listener,
            Continuity continuity,
            LongSupplier clockNs) {
        this.continuity = continuity;
        session = new LinkSession(connector, options, heartbeat, listener, continuity, clockNs);
    }

    @Override
    public CompletableFuture<Peer> open() {
        return session.open();
    }

    @Override
    public CompletableFuture<Target> resolve(DestinationKind kind, String name) {
        return request(Requests.forTarget(), id -> new ClientFrame.Resolve(id, kind, name));
    }

    @Override
    public CompletableFuture<Target> createTemporary(DestinationKind kind) {
        return request(Requests.forTarget(), id -> new ClientFrame.CreateTemporary(id, kind));
    }

    /**
     * Finds a temporary destination again that the client had through the link before.
     *
     * @param kind its kind
     * @param name its name
     * @return where its messages go now
     */
    public CompletableFuture<Target> findTemporary(DestinationKind kind, String name) {
        return request(Requests.forTarget(), id -> new ClientFrame.CreateTemporary(id, kind, name));
    }

    @Override
    public CompletableFuture<Void> deleteTemporary(String name) {
        return request(Requests.plain(), id -> new ClientFrame.DeleteTemporary(id, name));
    }

    @Override
    public void send(long transactionId, ByteSink run, SendListener listener) {
        byte[] array = run.array();
        if (run.length() <= RunLayout.HEADER_BYTES || RunLayout.length(array, 0) != run.length()) {
            throw new IllegalArgumentException("not one complete run");
        }
        int count = RunLayout.count(array, 0);
        int frameBytes = run.length() + Outbound.SEND_BYTES;
        int recordBytesMax;
        session.lock();
        try {
            Opening.Agreement agreement = session.requireOpen();
            requireMessagesFit(array, agreement.peer().messageBytesMax());
            recordBytesMax = agreement.recordBytesMax();
            if (count > 1 || run.length() - RunLayout.HEADER_BYTES <= recordBytesMax) {
                requireFits(count, frameBytes, agreement);
                session.awaitRoom(count, frameBytes);
                SendWindow.Pending pending =
                        session.waiters.window.add(count, frameBytes, listener);
                RunLayout.address(
                        array,
                        0,
                        RunLayout.partition(array, 0),
                        agreement.producerId(),
                        pending.firstSequence);
                if (transactionId == 0 && continuity.isResumable()) {
                    pending.keep(Arrays.copyOf(array, run.length()), lasts(array, count));
                }
                // what belongs to a transaction leaves with its commit at the latest
                boolean soon = transactionId == 0 && !listener.isAwaited();
                session.outbound().send(transactionId, array, run.length(), soon);
                if (soon) {
                    session.noteSent();
                }
                return;
            }
        } finally {
            session.unlock();
        }
        new LargeSend(this, session, transactionId, listener).send(run, recordBytesMax);
    }

    /**
     * Tells whether a run is too large for one frame and goes in parts.
     *
     * @param run as for {@link #send}
     * @return false also where the link is not open
     */
    public boolean goesInParts(ByteSink run) {
        session.lock();
        try {
            return session.isOpen()
                    && RunLayout.count(run.array(), 0) == 1
                    && run.length() - RunLayout.HEADER_BYTES
                            > session.requireOpen().recordBytesMax();
        } finally {
            session.unlock();
        }
    }

    /** Tells whether any of a run's records survives a restart of the broker. */
    private static boolean lasts(byte[] run, int count) {
        int position = RunLayout.HEADER_BYTES;
        for (int i = count; i > 0; i--) {
            if (RecordLayout.persistent(run, position)) {
                return true;
            }
            position += RecordLayout.length(run, position);
        }
        return false;
    }

    private static void requireMessagesFit(byte[] run, int messageBytesMax) {
        int position = RunLayout.HEADER_BYTES;
        for (int i = RunLayout.count(run, 0); i > 0; i--) {
            int bytes = RecordLayout.length(run, position);
            if (bytes > messageBytesMax) {
                throw new WireException(
                        ErrorCode.MESSAGE_TOO_LARGE,
                        "a message of "
                                + bytes
                                + " bytes with its header and properties; the broker's"
                                + " limits.messageBytesMax is "
                                + messageBytesMax);
            }
            position += bytes;
        }
    }

    private void requireFits(int count, int frameBytes, Opening.Agreement agreement) {
        if (frameBytes > agreement.frameBytesMax()
                || !session.waiters.window.everFits(count, frameBytes)) {
            throw new WireException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    count
                            + " messages in "
                            + frameBytes
                            + " bytes at once; the broker takes frames of "
                            + agreement.frameBytesMax()
                            + " bytes and a window of "
                            + agreement.windowMessages()
                            + " messages and "
                            + agreement.windowBytes()
                            + " bytes");
        }
    }

    @Override
    public CompletableFuture<Void> attach(ConsumerSpec spec, ConsumerListener listener) {
        int consumerId = spec.consumerId();
        session.waiters.consumers.add(consumerId, listener);
        Runnable forget = () -> session.waiters.removeConsumer(consumerId).forEach(FrameLink::end);
        Requests.Request<Void> request = new Requests.Request<>(Void.class, () -> {}, forget);
        return request(
                request,
                id ->
                        new ClientFrame.Attach(
                                id,
                                consumerId,
                                spec.source(),
                                spec.kind(),
                                spec.destination(),
                                spec.subscription(),
                                spec.selector(),
                                spec.noLocal(),
                                spec.start(),
                                spec.exclusive(),
                                spec.timed()));
    }

    @Override
    public void credit(int consumerId, int messages, int bytes, boolean reset) {
        session.lock();
        try {
            if (session.isOpen() && session.waiters.consumers.has(consumerId)) {
                // whoever sends from now on may count on the consumer
                session.outbound()
                        .writeNow(new ClientFrame.Credit(consumerId, messages, bytes, reset, 0));
                session.noteSent();
            }
        } finally {
            session.unlock();
        }
    }

    @Override
    public CompletableFuture<Void> drain(int consumerId, int messages, int bytes) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        session.lock();
        try {
            session.requireOpen();
            int token = session.waiters.consumers.addDrain(consumerId, future);
            session.write(new ClientFrame.Credit(consumerId, messages, bytes, false, token));
        } catch (WireException e) {
            future.completeExceptionally(e);
        } finally {
            session.unlock();
        }
        return future;
    }

    @Override
    public CompletableFuture<Void> settle(
            long transactionId,
            int consumerId,
            ClientFrame.Verb verb,
            long partition,
            long[] ranges,
            boolean confirmed) {
        if (ranges.length % 2 != 0) {
            throw new IllegalArgumentException(ranges.length + " bounds, which are not pairs");
        }
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        int at = 0;
        while (at < ranges.length) {
            int end = Math.min(ranges.length, at + 2 * rangesMax());
            long[] part =
                    at == 0 && end == ranges.length ? ranges : Arrays.copyOfRange(ranges, at, end);
            IntFunction<ClientFrame> frame =
                    id ->
                            new ClientFrame.Settle(
                                    id, transactionId, consumerId, verb, partition, part);
            answers.add(confirmed ? request(Requests.plain(), frame) : tell(frame.apply(0)));
            at = end;
        }
        return answers.size() == 1
                ? answers.get(0)
                : CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private int rangesMax() {
        session.lock();
        try {
            return session.isOpen()
                    ? Math.min(
                            FrameReader.RANGES_MAX,
                            (session.outbound().frameBytesMax() - SETTLE_BYTES) / 16)
                    : FrameReader.RANGES_MAX;
        } finally {
            session.unlock();
        }
    }

    @Override
    public long newTransaction() {
        return continuity.newTransaction();
    }

    @Override
    public CompletableFuture<Void> commit(long transactionId) {
        return request(Requests.plain(), id -> new ClientFrame.Commit(id, transactionId));
    }

    /**
     * Asks what became of a commit whose answer was lost with the link before.
     *
     * @param transactionId the transaction
     * @return complete if it was committed; fails with {@link ErrorCode#NOT_COMMITTED} if it was
     *     not, and with {@link ErrorCode#PRODUCER_FORGOTTEN} if that is too long ago
     */
    public CompletableFuture<Void> askOutcome(long transactionId) {
        return request(Requests.plain(), id -> new ClientFrame.AskOutcome(id, transactionId));
    }

    /**
     * Tells whether the client goes on as it was through the link before.
     *
     * @return what the broker knows of it; only once the link is or was open
     */
    public BrokerFrame.Recognition recognition() {
        return session.recognition();
    }

    @Override
    public CompletableFuture<Void> rollback(long transactionId) {
        return request(Requests.plain(), id -> new ClientFrame.Rollback(id, transactionId));
    }

    @Override
    public CompletableFuture<Void> detach(int consumerId) {
        Runnable forget = () -> session.waiters.removeConsumer(consumerId).forEach(FrameLink::end);
        Requests.Request<Void> request = new Requests.Request<>(Void.class, forget, () -> {});
        return request(request, id -> new ClientFrame.Detach(id, consumerId));
    }

    @Override
    public CompletableFuture<Void> unsubscribe(String subscription) {
        return request(Requests.plain(), id -> new ClientFrame.Unsubscribe(id, subscription));
    }

    @Override
    public CompletableFuture<BrokerFrame.Managed> manage(int operation, Fields fields) {
        session.lock();
        try {
            if (session.isOpen() && !session.requireOpen().mayManage()) {
                String product = session.requireOpen().peer().product();
                return CompletableFuture.failedFuture(
                        new WireException(
                                ErrorCode.NOT_SUPPORTED,
                                "the broker is too old to be managed: " + product));
            }
        } finally {
            session.unlock();
        }
        return request(Requests.forRows(), id -> new ClientFrame.Manage(id, operation, fields));
    }

    @Override
    public Branches branches() {
        requireBranches();
        return branches;
    }

    /**
     * Demands that the broker knows branches, as far as it has said what it knows.
     *
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED} if not
     */
    void requireBranches() {
        session.lock();
        try {
            if (session.isOpen() && !session.requireOpen().hasBranches()) {
                throw new WireException(
                        ErrorCode.NOT_SUPPORTED,
                        "the broker is too old for branches of global transactions: "
                                + session.requireOpen().peer().product());
            }
        } finally {
            session.unlock();
        }
    }

    /**
     * Ends the link at once, as if it were lost: another link can go on after it. {@link
     * Link.Listener#lost} follows where it was open.
     */
    public void abort() {
        session.abort();
    }

    @Override
    public void close() {
        session.close();
    }

    /** Ends the drain of a consumer that is no more: nothing else is delivered. */
    private static void end(Consumers.Drain drain) {
        drain.future().complete(null);
    }

    @Override
    public void lend(Awaited awaited, long timeoutNs) throws InterruptedException {
        LinkChannel channel = session.channel();
        if (channel == null) {
            awaited.block(timeoutNs);
            return;
        }
        channel.lend(awaited, timeoutNs);
        if (session.waiters.take(session.waiters::awaitMore)) {
            channel.attend();
        }
    }

    @Override
    public void wake() {
        LinkChannel channel = session.channel();
        if (channel != null) {
            channel.wake();
        }
    }

    /** Sends a frame that is answered; a failure to send it is the future's. */
    <T> CompletableFuture<T> request(Requests.Request<T> request, IntFunction<ClientFrame> frame) {
        WireException failure = null;
        session.lock();
        try {
            session.requireOpen();
            int id = session.waiters.requests.add(request);
            try {
                session.write(frame.apply(id));
            } catch (WireException e) {
                session.waiters.requests.forget(id);
                throw e;
            }
        } catch (WireException e) {
            failure = e;
        } finally {
            session.unlock();
        }
        if (failure != null) {
            request.fail(failure);
        }
        return request.future;
    }

    /** Sends a frame that is not answered; a failure to send it is the future's. */
    private CompletableFuture<Void> tell(ClientFrame frame) {
        session.lock();
        try {
            session.requireOpen();
            session.write(frame);
            return CompletableFuture.completedFuture(null);
        } catch (WireException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            session.unlock();
        }
    }
}
