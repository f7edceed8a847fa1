// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.link.Awaited;
import org.taffrail.link.Branches;
import org.taffrail.link.Continuity;
import org.taffrail.link.FrameLink;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.record.DestinationKind;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A link that goes on after its connection is lost, with the same broker or another one of a list:
 * through one {@link FrameLink} after the other.
 *
 * <ul>
 *   <li>Sends outside transactions that were not answered are sent again, and stand in the log
 *       once. New ones wait for a connection, at most for the send timeout.
 *   <li>What was sent or accepted in a transaction is rolled back with the connection. A commit
 *       whose answer was lost is asked for: it succeeds or fails, and is never in doubt while the
 *       broker can be reached and remembers the client.
 *   <li>A prepared branch stays, and so does the outcome of preparing it.
 *   <li>Consumers and temporary destinations are made again. What consumers held comes again;
 *       settling what was delivered on an earlier connection is nothing, or, in a transaction,
 *       dooms it.
 *   <li>Requests wait for a connection as well, and are made again where the answer was lost.
 * </ul>
 */
public final class FailoverLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverLink.class);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Brokers brokers;
    private final ReconnectPolicy policy;
    private final Link.Listener listener;
    private final String name = "taffrail-reconnect-" + NUMBERS.incrementAndGet();
    private final Continuity continuity = Continuity.resumable();
    private final Routes routes;
    private final Attachments attachments = new Attachments();
    private final Transactions transactions = new Transactions(continuity);
    private final Branches branches;
    private final Temporaries temporaries = new Temporaries();
    private final CompletableFuture<Peer> opened = new CompletableFuture<>();

    /** Held while the listener is told that the link is interrupted or restored. */
    private final Object events = new Object();

    private boolean toldRestored;

    // guarded by this
    private Connecting connecting;
    private Route last;
    private boolean opening;
    private boolean closing;

    /**
     * Makes a link that is not open yet.
     *
     * @param brokers whom to connect to
     * @param policy how often, and how long
     * @param listener hears of interruptions, and of the link's loss when it is given up
     */
    public FailoverLink(Brokers brokers, ReconnectPolicy policy, Link.Listener listener) {
        this.brokers = brokers;
        this.policy = policy;
        this.listener = listener;
        routes = new Routes(brokers.address());
        branches = new FailoverBranches(routes, transactions, this::rollback);
    }

    // ---- connecting

    @Override
    public CompletableFuture<Peer> open() {
        synchronized (this) {
            if (opening || closing) {
                throw new IllegalStateException("a link is opened once");
            }
            opening = true;
        }
        connect(true, null);
        return opened;
    }

    private void connect(boolean startup, Throwable cause) {
        Connecting made = new Connecting(policy, brokers.count(), startup, cause);
        synchronized (this) {
            connecting = made;
            if (closing) {
                made.limit(policy.closeTimeoutMs());
            }
        }
        Thread thread = new Thread(() -> run(made), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Connecting made) {
        Throwable failure;
        try {
            failure = made.run(this::makeRoute, this::goOn);
        } catch (RuntimeException e) {
            // who waits must not wait for ever
            LOG.error("event=reconnecting_failed", e);
            failure = e;
        }
        if (failure != null) {
            giveUp(failure);
        }
    }

    private Route makeRoute(int broker) {
        Route made =
                new Route(
                        attachments.nextConsumerId(),
                        ofRoute -> brokers.make(broker, ofRoute, continuity),
                        this::lost);
        synchronized (this) {
            last = made;
        }
        return made;
    }

    /** A broker has let the client in: restores all there. */
    private boolean goOn(Route route, Peer peer) {
        transactions.recognized(route.link.recognition());
        try {
            temporaries.restore(route).get(policy.sendTimeoutMs(), TimeUnit.MILLISECONDS);
            attachments.restore(route).get(policy.sendTimeoutMs(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("event=not_restored", e);
            return false;
        }
        synchronized (events) {
            if (!routes.up(route)) {
                return false;
            }
            synchronized (this) {
                connecting = null;
            }
            if (!opened.complete(peer)) {
                listener.restored(peer);
            }
            toldRestored = true;
        }
        return true;
    }

    /** A route is lost; on its own thread. */
    private void lost(Route route, Throwable cause) {
        boolean wasUp;
        synchronized (events) {
            transactions.rolledBack();
            wasUp = routes.down(route);
            if (wasUp && toldRestored) {
                toldRestored = false;
                attachments.interrupted(cause);
                listener.interrupted(cause);
            }
        }
        if (wasUp) {
            connect(false, cause);
        }
    }

    private void giveUp(Throwable cause) {
        WireException lost = Waiting.isLoss(cause) ? (WireException) cause : Routes.lost(cause);
        if (!routes.end(lost)) {
            return;
        }
        continuity.abandon(lost);
        boolean wasOpen = !opened.completeExceptionally(cause);
        if (wasOpen && !isClosing()) {
            attachments.closeAll(lost);
            listener.lost(cause);
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    @Override
    public void closing() {
        limitConnecting(policy.closeTimeoutMs());
    }

    private void limitConnecting(long moreMs) {
        Connecting current;
        synchronized (this) {
            closing = true;
            current = connecting;
        }
        if (current != null) {
            current.limit(moreMs);
        }
    }

    @Override
    public void close() {
        limitConnecting(0);
        Route route = routes.up();
        if (route != null) {
            route.link.close();
        }
        giveUp(new WireException(ErrorCode.CONNECTION_LOST, "the link was closed"));
        // what was begun, or has come to something, meanwhile
        limitConnecting(0);
        Route newest;
        synchronized (this) {
            newest = last;
        }
        if (newest != null) {
            newest.link.close();
        }
    }

    // ---- requests

    @Override
    public CompletableFuture<Target> resolve(DestinationKind kind, String destination) {
        return routes.ask(route -> route.link.resolve(kind, destination));
    }

    @Override
    public CompletableFuture<Target> createTemporary(DestinationKind kind) {
        return routes.ask(route -> route.link.createTemporary(kind).thenApply(temporaries::add));
    }

    @Override
    public CompletableFuture<Void> deleteTemporary(String temporary) {
        return routes.askOnce(
                        route -> route.link.deleteTemporary(temporary),
                        ErrorCode.NO_SUCH_DESTINATION)
                .thenRun(() -> temporaries.remove(temporary));
    }

    @Override
    public CompletableFuture<Void> unsubscribe(String subscription) {
        return routes.askOnce(
                route -> route.link.unsubscribe(subscription), ErrorCode.NO_SUCH_SUBSCRIPTION);
    }

    @Override
    public CompletableFuture<BrokerFrame.Managed> manage(int operation, Fields fields) {
        Route route = routes.up();
        return route == null
                ? CompletableFuture.failedFuture(noRoute())
                : route.link.manage(operation, fields);
    }

    private WireException noRoute() {
        WireException ended = routes.ended();
        return ended != null
                ? ended
                : new WireException(
                        ErrorCode.CONNECTION_LOST,
                        "there is no connection to " + brokers.address() + " just now");
    }

    // ---- sends and transactions

    @Override
    public void send(long transactionId, ByteSink run, SendListener sendListener) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(policy.sendTimeoutMs());
        Route route = null;
        while (true) {
            route = routes.await(route, deadlineNs, policy.sendTimeoutMs());
            transactions.requireAlive(transactionId);
            try {
                if (transactionId == 0 && route.link.goesInParts(run)) {
                    if (sendLarge(route, run, sendListener, deadlineNs)) {
                        return;
                    }
                } else {
                    route.link.send(transactionId, run, sendListener);
                    return;
                }
            } catch (WireException e) {
                if (!Waiting.isLoss(e)) {
                    throw e;
                }
                LOG.debug("event=send_waits_for_another_connection", e);
            }
        }
    }

    @Override
    public void lend(Awaited awaited, long timeoutNs) throws InterruptedException {
        Route route = routes.up();
        if (route == null) {
            awaited.block(timeoutNs);
        } else {
            route.link.lend(awaited, timeoutNs);
        }
    }

    @Override
    public void wake() {
        Route route = routes.up();
        if (route != null) {
            route.link.wake();
        }
    }

    /**
     * Sends a message in parts, in a transaction of its own, and waits until it is known what
     * became of it: what is sent after it must come after it, also where it has to be sent again.
     *
     * @return false if it was rolled back with its connection, and has to be sent again
     */
    private boolean sendLarge(
            Route route, ByteSink run, SendListener sendListener, long deadlineNs) {
        long transactionId = newTransaction();
        LargeOutcome outcome = new LargeOutcome(sendListener);
        try {
            route.link.send(transactionId, run, outcome);
        } catch (WireException e) {
            rollback(transactionId);
            throw e;
        }
        commit(transactionId).whenComplete((nothing, failure) -> outcome.committed(failure));
        return outcome.await(deadlineNs, policy.sendTimeoutMs());
    }

    @Override
    public void abandon(SendListener sendListener) {
        continuity.abandon(sendListener);
    }

    @Override
    public long newTransaction() {
        return continuity.newTransaction();
    }

    @Override
    public boolean learnsOutcomes() {
        return true;
    }

    @Override
    public CompletableFuture<Void> commit(long transactionId) {
        if (transactions.isDoomed(transactionId)) {
            return rollBackDoomed(transactionId);
        }
        return routes.ask(
                route ->
                        transactions.isDoomed(transactionId)
                                ? rollBackDoomed(transactionId)
                                : route.link.commit(transactionId),
                route ->
                        transactions.isForgotten(transactionId)
                                ? CompletableFuture.failedFuture(
                                        Transactions.inDoubt(brokers.address()))
                                : route.link.askOutcome(transactionId));
    }

    /** What it has on this connection goes back; what it had on an earlier one has. */
    private CompletableFuture<Void> rollBackDoomed(long transactionId) {
        rollback(transactionId);
        return CompletableFuture.failedFuture(Transactions.rolledBackFailure());
    }

    @Override
    public CompletableFuture<Void> rollback(long transactionId) {
        transactions.ended(transactionId);
        Route route = routes.up();
        if (route == null || transactions.isRolledBack(transactionId)) {
            return CompletableFuture.completedFuture(null);
        }
        return unlessLost(route.link.rollback(transactionId));
    }

    /** What is lost with its connection is rolled back, released, or closed. */
    private static CompletableFuture<Void> unlessLost(CompletableFuture<Void> done) {
        return Routes.unless(ErrorCode.CONNECTION_LOST, done);
    }

    @Override
    public Branches branches() {
        Route route = routes.up();
        if (route != null) {
            route.link.branches();
        }
        return branches;
    }

    // ---- consumers

    @Override
    public CompletableFuture<Void> attach(ConsumerSpec spec, ConsumerListener consumerListener) {
        Attachment attachment = new Attachment(spec, consumerListener, attachments::remove);
        return routes.ask(route -> attachments.attach(attachment, route));
    }

    @Override
    public void credit(int consumerId, int messages, int bytes, boolean reset) {
        Route route = routes.up();
        Attachment attachment = attachments.find(consumerId);
        if (route != null && attachment != null) {
            route.link.credit(attachment.consumerId(), messages, bytes, reset);
        }
    }

    @Override
    public CompletableFuture<Void> drain(int consumerId, int messages, int bytes) {
        Route route = routes.up();
        Attachment attachment = attachments.find(consumerId);
        if (route == null) {
            return CompletableFuture.failedFuture(noRoute());
        }
        if (attachment == null) {
            return CompletableFuture.failedFuture(
                    new WireException(ErrorCode.NO_SUCH_CONSUMER, "consumer " + consumerId));
        }
        return route.link.drain(attachment.consumerId(), messages, bytes);
    }

    @Override
    public CompletableFuture<Void> settle(
            long transactionId,
            int consumerId,
            ClientFrame.Verb verb,
            long partition,
            long[] ranges,
            boolean confirmed) {
        Route route = routes.up();
        boolean stale = route == null || consumerId < route.firstConsumerId;
        boolean accepts = verb == ClientFrame.Verb.ACCEPT;
        if (!stale && transactionId != 0 && transactions.isRolledBack(transactionId)) {
            return route.link.settle(
                    0, consumerId, ClientFrame.Verb.RELEASE_SEEN, partition, ranges, false);
        }
        if (stale && transactionId != 0) {
            transactions.doom(transactionId);
        }
        if (stale) {
            return confirmed && accepts
                    ? CompletableFuture.failedFuture(Transactions.comesAgain())
                    : CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done =
                route.link.settle(transactionId, consumerId, verb, partition, ranges, confirmed);
        return accepts ? done : unlessLost(done);
    }

    @Override
    public CompletableFuture<Void> detach(int consumerId) {
        Attachment attachment = attachments.remove(consumerId);
        if (attachment == null) {
            return CompletableFuture.completedFuture(null);
        }
        Function<Route, CompletableFuture<Void>> detach =
                route ->
                        attachment.consumerId() < route.firstConsumerId
                                ? CompletableFuture.completedFuture(null)
                                : unlessLost(route.link.detach(attachment.consumerId()));
        Route route = routes.up();
        if (route != null) {
            return detach.apply(route);
        }
        // nobody has to wait: it is gone, or will be before anything else happens
        routes.ask(detach);
        return CompletableFuture.completedFuture(null);
    }
}
