// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.Newcomer;
import org.taffrail.broker.core.Operation;
import org.taffrail.broker.core.Outcome;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.StoreNotice;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Drives the core over a store: the broker's heartbeat without a thread of its own. Its owner,
 * always the same thread, calls {@link #decide} for whatever has come in and then {@link #turn},
 * which appends one atomic batch, lets durable records arrive, delivers, and says what may be said.
 *
 * <ul>
 *   <li>An effect is said only when every batch written before it is durable: nobody ever sees what
 *       could be lost.
 *   <li>What nobody waits for, as acknowledgements that are not answered, is forced with what
 *       somebody waits for, or after {@value Appends#PATIENCE_MS} ms.
 *   <li>Non-persistent records go into a batch of their own, before the turn's other batch, unless
 *       they would overtake one of their partition. It does not wait for a force, nor does what
 *       tells of these records only.
 *   <li>While the store is short of room, or their destination {@linkplain Closures is closed},
 *       sends wait, see {@link HeldSends}; or are refused for lack of room. Where it has no room
 *       even for what must always be possible, that waits, see {@link Appends}: nobody hears of it,
 *       and nothing is lost or unknown.
 *   <li>After a failed append the outcome of what was under way is unknown: the loop says nothing
 *       more and {@link #failure} tells why. Its owner drops it and recovers a new one from the
 *       store.
 * </ul>
 */
public final class Loop {
    /** How many messages the core looks at in one round of a turn. */
    private static final int WORK_BUDGET = 2048;

    /** How often a turn goes round before it lets others run. */
    private static final int ROUNDS_MAX = 8;

    /** How long after a batch found no room it is tried again, if nothing else happens. */
    private static final int RETRY_MS = 250;

    /** A batch of more than this is closed at the end of the command that filled it. */
    private static final int BATCH_BYTES = 1 << 20;

    private final Store store;
    private final Audience audience;
    private final Core core;
    private final int incarnation;
    private final Arrivals arrivals;
    private final SnapshotSchedule snapshots;
    private final Reports reports = new Reports();
    private final Progress progress = new Progress();
    private final OpenBatches open = new OpenBatches(progress);
    private final Parked parked = new Parked();
    private final Appends appends;
    private final Shortage shortage;
    private final Barrier barrier;
    private final HeldSends held;
    private final Exit exit;
    private final Map<Long, WireException> violations = new LinkedHashMap<>();

    private long nowMs;
    private StoreException failure;

    /**
     * Claims a store and recovers from it. What was staged for transactions that had neither
     * committed nor prepared is given up.
     *
     * @param store the store, which the loop's owner closes
     * @param limits the core's limits
     * @param snapshotBytes after how many bytes appended a snapshot is taken
     * @param audience hears the effects
     * @param startMs the time, ms since 1970
     * @throws StoreException if the store can't be claimed or recovered
     */
    public Loop(Store store, Limits limits, long snapshotBytes, Audience audience, long startMs)
            throws StoreException {
        this.store = store;
        this.audience = audience;
        nowMs = startMs;
        incarnation = store.claim();
        core = new Core(limits, new Decided(store, progress, open, parked), incarnation);
        arrivals = new Arrivals(core, store);
        appends = new Appends(store, progress, open);
        shortage = new Shortage(core.sendGate());
        barrier = new Barrier(shortage, core);
        held = new HeldSends(barrier);
        exit = new Exit();
        snapshots = new SnapshotSchedule(store, core, arrivals, shortage, snapshotBytes);
        store.recover(new Recovery(core, progress, open, startMs));
        core.recovered(startMs);
        turn(startMs);
    }

    /**
     * Says what becomes of sends while there is no room for them; they wait unless this was called.
     *
     * @param refuses whether they are refused
     * @param observer hears when it begins and when it ends; at once if there is no room now
     */
    public void whenShortOfRoom(boolean refuses, RoomObserver observer) {
        shortage.policy(refuses, observer);
    }

    /**
     * Takes over which destinations are closed to senders; all are open unless this was called.
     *
     * @param closures what is closed, now and whenever it changes
     */
    public void closures(Closures closures) {
        barrier.closures(closures);
    }

    /** {@return which destinations are closed to senders; who changes it calls {@link #turn}} */
    public Closures closures() {
        return barrier.closures();
    }

    /** {@return whether sends find no room: what is kept without need should go now} */
    public boolean isShortOfRoom() {
        return shortage.isShort();
    }

    /** {@return what it has done since it was made, as of now} */
    public LoopFigures figures() {
        return new LoopFigures(
                appends.batches(),
                appends.batchBytes(),
                isShortOfRoom(),
                held.bytes(),
                store.figures());
    }

    /** {@return the number of the broker's start, from 1} */
    public int incarnation() {
        return incarnation;
    }

    /** {@return the core, for queries, to be read by the loop's owner only} */
    public Core core() {
        return core;
    }

    /**
     * Returns why the loop serves no longer.
     *
     * @return null while it serves
     */
    public StoreException failure() {
        return failure;
    }

    /**
     * Takes a new connection; see {@link Core#connect}. What it goes on from has ended, see {@link
     * Core#supersededBy}.
     *
     * @param connection its id
     * @param newcomer who it is
     * @return as whom it sends
     */
    public Newcomer.Granted connect(long connection, Newcomer newcomer) {
        return core.connect(connection, newcomer);
    }

    /**
     * Takes the end of a connection; see {@link Core#disconnect}. {@link Audience#ended} follows
     * once all that the end changes, which may take several turns, is durable.
     *
     * @param connection the connection
     * @param comesBack whether the client may go on with another connection
     * @param now the time, ms since 1970
     */
    public void disconnect(long connection, boolean comesBack, long now) {
        time(now);
        if (failure == null) {
            if (!held.isEmpty()) {
                held.end(connection, exit, barrier.refusal("the connection ends, a send waits"));
            }
            core.disconnect(connection, comesBack, nowMs);
            closeFull();
        }
    }

    /**
     * Limits what the consumers of one user may hold; see {@link Core#limitHeld}.
     *
     * @param bytesMax in bytes; 0 for no limit
     */
    public void limitHeld(long bytesMax) {
        core.limitHeld(bytesMax);
    }

    /**
     * Holds deliveries back from a connection; see {@link Core#pause}.
     *
     * @param connection the connection
     */
    public void pause(long connection) {
        core.pause(connection);
    }

    /**
     * Lets deliveries go on, with the next turn; see {@link Core#resume}.
     *
     * @param connection the connection
     */
    public void resume(long connection) {
        core.resume(connection);
    }

    /**
     * Takes what a client wants; see {@link Core#decide}.
     *
     * @param connection the client's connection
     * @param frame what
     * @param now the time, ms since 1970
     */
    public void decide(long connection, ClientFrame frame, long now) {
        time(now);
        if (failure == null && !mustWait(connection, frame)) {
            if (frame instanceof ClientFrame.Attach attach
                    && attach.source() != ClientFrame.Source.QUEUE) {
                // what was sent before is not for a subscription that is made now
                appendOpen();
            }
            core.decide(connection, frame, nowMs);
            closeFull();
        }
    }

    /**
     * Takes a send that its client may not do: it is answered in its turn.
     *
     * @param connection the client's connection
     * @param send the send
     * @param why what the client is told
     * @param now the time, ms since 1970
     */
    public void deny(long connection, ClientFrame.Send send, WireException why, long now) {
        if (core.sendGate().isKnown(connection, send)) {
            decide(connection, send, now); // as it was then
            return;
        }
        time(now);
        if (failure == null && !held.takeDenied(connection, send, why)) {
            core.sendGate().deny(connection, send, why, nowMs);
            closeFull();
        }
    }

    private boolean mustWait(long connection, ClientFrame frame) {
        return (barrier.isUp() || !held.isEmpty()) && held.take(connection, frame);
    }

    /**
     * Takes what a manager wants changed; see {@link Core#manage}.
     *
     * @param connection the manager's connection; 0 where the broker itself makes a destination
     * @param requestId its request
     * @param operation what
     * @param answer makes what it is told of the outcome
     * @param now the time, ms since 1970
     */
    public void manage(
            long connection,
            int requestId,
            Operation operation,
            Function<Outcome, BrokerFrame> answer,
            long now) {
        time(now);
        if (failure == null) {
            // what was sent before is not for a subscription that begins anew now
            appendOpen();
            core.manage(connection, requestId, operation, answer, nowMs);
            held.lookAgain();
            closeFull();
        }
    }

    /**
     * Answers what was asked of the core as it is now: with the next turn, and when all is durable
     * that the answer may tell of.
     *
     * @param connection whom
     * @param frame the answer
     */
    public void answer(long connection, BrokerFrame frame) {
        parked.add(connection, frame, false);
    }

    /**
     * Writes what was decided, lets arrive what is durable, delivers, and says what may be said.
     *
     * @param now the time, ms since 1970
     * @return true if there is more to do at once
     */
    public boolean turn(long now) {
        time(now);
        boolean more = true;
        retry();
        appends.hurryOld(nowMs);
        for (int round = 0; more && round < ROUNDS_MAX && failure == null; round++) {
            boolean busy = releaseHeld() | core.work(nowMs, WORK_BUDGET);
            appendOpen();
            more = failure == null && store.poll(reports) > 0 || busy;
        }
        if (failure == null) {
            parked.say(progress, audience);
            core.said(parked.saidBefore());
            if (open.isEmpty()) {
                snapshotStep();
            }
        }
        violations.forEach(audience::violated);
        violations.clear();
        boolean unsaid = core.canGoOn() || snapshots.canGoOn() && open.isEmpty();
        return (more || unsaid) && failure == null;
    }

    private void retry() {
        if (failure == null && appends.noRoom() != null) {
            try {
                appends.retry();
                shortage.stuck(appends.noRoom());
            } catch (StoreException e) {
                failure = e;
            }
        }
    }

    /** Lets sends go on that have nothing to wait for; returns whether more of them can. */
    private boolean releaseHeld() {
        if (held.canGoOn()) {
            held.release(exit, BATCH_BYTES);
        }
        return held.canGoOn();
    }

    /**
     * Returns when {@link #turn} has something to do without anything else happening.
     *
     * @return ms since 1970, {@link Long#MAX_VALUE} for never
     */
    public long nextTimerMs() {
        long retryMs = appends.noRoom() == null ? Long.MAX_VALUE : nowMs + RETRY_MS;
        long dueMs = Math.min(retryMs, appends.nextTimerMs());
        return Math.min(dueMs, Math.min(core.nextTimerMs(), snapshots.nextTimerMs()));
    }

    /**
     * Ends in order, after all connections are disconnected: remembers that nothing is under way,
     * and leaves a snapshot so that the next start is short. Call it again, whenever the store
     * reports something, until it has ended.
     *
     * @param now the time, ms since 1970
     * @return true when it has ended; false while the store is still at work
     * @throws StoreException if it could not be written; FULL if there is no room: what was
     *     acknowledged is written
     */
    public boolean stop(long now) throws StoreException {
        time(now);
        while (!core.stop() && failure == null) {
            appendOpen();
        }
        appendOpen();
        retry();
        appends.hurry();
        store.poll(reports);
        if (failure != null) {
            throw failure;
        }
        if (appends.noRoom() != null) {
            throw appends.noRoom();
        }
        parked.say(progress, audience);
        if (!isQuiet()) {
            return false;
        }
        return snapshots.finish(progress.written(), nowMs);
    }

    private void time(long now) {
        nowMs = Math.max(nowMs, now);
    }

    /**
     * Tells whether all that was decided is durable and said, and nothing waits to be decided.
     *
     * @return true if nothing is under way
     */
    public boolean isQuiet() {
        return progress.durable() == progress.written()
                && held.isEmpty()
                && open.isEmpty()
                && arrivals.isEmpty()
                && parked.isEmpty();
    }

    private void closeFull() {
        if (open.bytes() > BATCH_BYTES) {
            appendOpen();
        }
    }

    private void appendOpen() {
        if (failure == null) {
            try {
                appends.appendOpen(nowMs, parked.awaitsOpen());
                shortage.stuck(appends.noRoom());
            } catch (StoreException e) {
                failure = e;
            }
        }
        if (parked.close(progress)) {
            appends.hurry();
        }
    }

    private void giveUpHistory(StoreNotice why) {
        if (core.history().giveUpOldest()) {
            snapshots.hurry();
            shortage.observer().noticed(why);
        }
    }

    private void snapshotStep() {
        try {
            snapshots.step(progress.durable(), progress.written(), nowMs);
        } catch (StoreException e) {
            failure = e;
        }
    }

    /** Takes what has waited for room. */
    private final class Exit extends GateExit {
        Exit() {
            super(core.sendGate());
        }

        @Override
        public void decide(long connection, ClientFrame frame) {
            if (failure == null && !violations.containsKey(connection)) {
                try {
                    core.decide(connection, frame, nowMs);
                    closeFull();
                } catch (WireException e) {
                    violations.put(connection, e);
                }
            }
        }
    }

    /** Takes the store's reports. */
    private final class Reports implements Store.Listener {
        @Override
        public void completed(long sequence, Batch batch) {
            progress.completed(sequence, batch);
            arrivals.completed(sequence, batch, nowMs);
            open.finished(batch);
        }

        @Override
        public void failed(long sequence, StoreException cause) {
            failure = cause;
        }

        @Override
        public void noticed(StoreNotice notice) {
            if (notice instanceof StoreNotice.Room room) {
                shortage.room(room);
            } else if (notice instanceof StoreNotice.Scarce) {
                giveUpHistory(notice);
            } else {
                shortage.observer().noticed(notice);
            }
        }

        @Override
        public void read(long partition, long fromOffset, List<byte[]> runs) {
            if (!arrivals.read(partition, fromOffset, runs, nowMs)) {
                core.loaded(partition, fromOffset, runs, nowMs);
            }
        }
    }
}
