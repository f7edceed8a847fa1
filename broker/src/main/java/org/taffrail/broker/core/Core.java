// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RunLayout;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The broker's decisions: a deterministic state machine, owned by one thread.
 *
 * <p>Two doors lead in. {@link #decide} takes what a client wants: it checks, decides, applies the
 * resulting events at once and hands events, records and effects to the {@link Output}. {@link
 * #arrived} takes records with the offsets the log gave them: a message exists for its groups from
 * then on. {@link #work} then delivers, by a budget. Time comes in with each call.
 *
 * <p>Recovery calls {@link #restore} for each part of a snapshot, {@link #replay} for each batch
 * after it, then {@link #recovered}. The state is then what it was, for all that is durable.
 */
public final class Core {
    private final Decisions decisions;
    private final State state;
    private final Snapshots snapshots;
    private final Clients clients;
    private final DeadLetters deadLetters;
    private final Outlived outlived;
    private final Releases releases;
    private final Settlements settlements;
    private final TwoPhaseCommit twoPhase;
    private final Attachments attachments;
    private final Requests requests;
    private final Loads loads;
    private final Exposures exposures;
    private final Management management;
    private final SendGate sendGate;
    private final History history;

    /**
     * Makes an empty core.
     *
     * @param limits what it may use
     * @param output where its decisions go
     * @param incarnation the number of the broker's start
     */
    public Core(Limits limits, Output output, int incarnation) {
        decisions = new Decisions(limits, output, incarnation);
        state = decisions.state();
        snapshots = new Snapshots(state, decisions::nowMs);
        deadLetters = new DeadLetters(decisions);
        outlived = new Outlived(decisions);
        releases = new Releases(decisions, deadLetters);
        settlements = new Settlements(decisions);
        attachments = new Attachments(decisions);
        clients = new Clients(decisions, attachments);
        twoPhase = new TwoPhaseCommit(decisions, settlements);
        requests = new Requests(decisions, releases, settlements, twoPhase, attachments);
        management = new Management(decisions, attachments, clients, twoPhase, releases);
        loads = new Loads(decisions, deadLetters, management.passes());
        exposures = new Exposures(decisions, releases);
        history = new History(decisions);
        sendGate = new SendGate(decisions, requests.sends(), clients);
    }

    /**
     * Takes a part of a snapshot.
     *
     * @param key the part's key as {@link #snapshotKeys} gave it
     * @param sequence the batch up to which the part holds all effects
     * @param bytes what {@link SnapshotPart} wrote
     */
    public void restore(long key, long sequence, byte[] bytes) {
        snapshots.restore(key, sequence, bytes);
    }

    /**
     * Takes a batch again.
     *
     * @param sequence its sequence
     * @param events the array that holds its events, from index 0
     * @param length the events' bytes
     * @param runs the array that holds its stamped runs, from index 0
     * @param runsLength the runs' bytes
     * @param nowMs the time of the recovery
     */
    public void replay(
            long sequence, byte[] events, int length, byte[] runs, int runsLength, long nowMs) {
        decisions.time(nowMs);
        state.recovering(sequence);
        EventCodec.readAll(events, 0, length, state);
        int at = 0;
        while (at < runsLength) {
            state.arrived(sequence, runs, at, false, decisions.nowMs());
            at += RunLayout.length(runs, at);
        }
    }

    /**
     * Settles what is not stored any more; in a recovery after a repair, once all batches were
     * replayed, and before {@link #recovered}. It counts once the events that are written are
     * durable.
     *
     * @param stored knows what is stored
     * @param listener hears what is lost
     */
    public void settleLost(LostMessages.Stored stored, LostMessages.Listener listener) {
        new LostMessages(decisions, stored, listener).settle();
    }

    /**
     * Tells how far offsets were given.
     *
     * @return for each partition the offset after the last one
     */
    public Map<Long, Long> partitionEnds() {
        return state.partitionEnds();
    }

    /**
     * Tells, in recovery, whether what is staged belongs to a transaction that is prepared.
     *
     * @param stagingId the staging
     * @return false if it is to be given up
     */
    public boolean keepsStaged(long stagingId) {
        return state.branches().keeps(stagingId);
    }

    /**
     * Ends the recovery: what may have been seen before is marked, and clients may come.
     *
     * @param nowMs the time
     */
    public void recovered(long nowMs) {
        decisions.time(nowMs);
        state.live();
        exposures.recovered();
        twoPhase.recovered();
        clients.recovered();
    }

    /**
     * Takes a new connection whose user is known and admitted.
     *
     * @param connection its id, never used before in this start
     * @param newcomer who it is
     * @return as whom it sends
     * @throws WireException {@link ErrorCode#CLIENT_ID_IN_USE} or {@link ErrorCode#INVALID_NAME}
     */
    public Newcomer.Granted connect(long connection, Newcomer newcomer) {
        return clients.admit(connection, newcomer);
    }

    /**
     * Finds the connection that a newcomer goes on from, if the broker takes it for alive still: it
     * has to end before the newcomer connects.
     *
     * @param newcomer who it is
     * @return the connection, or 0
     */
    public long supersededBy(Newcomer newcomer) {
        return clients.connectionOf(newcomer);
    }

    /**
     * Takes the end of a connection, orderly or not: transactions are rolled back, what it holds
     * goes back and may have been seen, its temporary destinations die.
     *
     * <p>Its client id is free, and its consumers, non-durable subscriptions and temporary
     * destinations are gone, when this returns. What it holds may be very much and goes back in
     * steps. Others see nothing of that but time: who attaches to one of its durable subscriptions
     * finds it not in use, and is delivered nothing before all is back; who closes or changes the
     * subscription takes what is on its way back with it. {@link Output#ended} follows the last.
     *
     * @param connection the connection; an unknown one has ended already
     * @param comesBack whether the client may go on with another connection
     * @param nowMs the time
     */
    public void disconnect(long connection, boolean comesBack, long nowMs) {
        decisions.time(nowMs);
        step();
        Client client = clients.remove(connection);
        if (client == null) {
            decisions.output().ended(connection);
            return;
        }
        client.flushConfirm(decisions.output());
        management.passes().endAll(client);
        Release release = settlements.endAll(client);
        release.whenDone(() -> decisions.output().ended(connection));
        attachments.endAll(client);
        clients.left(client, comesBack);
        releases.last(client, release);
    }

    /** Begins a step: a command, or a round of work. */
    private void step() {
        decisions.moves().step();
        decisions.expired().step();
        releases.step();
        management.passes().step();
        decisions.streams().step();
        decisions.fills().step();
    }

    /**
     * Delivers nothing more to a connection whose transport is full, whatever credit it has given;
     * drains wait as well. Everything else goes on.
     *
     * @param connection the connection; an unknown one is nothing
     */
    public void pause(long connection) {
        clients.pause(connection);
    }

    /**
     * Delivers to a connection again.
     *
     * @param connection the connection; an unknown one is nothing
     */
    public void resume(long connection) {
        clients.resume(connection);
    }

    /**
     * Limits what the consumers of one user may hold unsettled, on all its connections: whose hold
     * as much get nothing more before an eighth of it is settled, and drains end without. A message
     * that begins below the limit is delivered, however large.
     *
     * @param bytesMax in bytes, as from the next delivery on; 0 for no limit
     */
    public void limitHeld(long bytesMax) {
        decisions.holdings().limit(bytesMax);
    }

    /**
     * Takes what a client wants.
     *
     * @param connection who; must be connected
     * @param frame what; any but those of the opening, pings and goodbyes
     * @param nowMs the time
     * @throws WireException where the client broke the protocol and its connection must end;
     *     refusals of single requests are told to the client instead
     */
    public void decide(long connection, ClientFrame frame, long nowMs) {
        decisions.time(nowMs);
        step();
        Client client = clients.get(connection);
        if (client == null) {
            throw new WireException(ErrorCode.PROTOCOL_VIOLATION, "not connected");
        }
        requests.decide(client, frame);
    }

    /** {@return what a loop that is short of room does with sends; always the same} */
    public SendGate sendGate() {
        return sendGate;
    }

    /**
     * Takes what a manager wants changed.
     *
     * @param connection whose, must be connected; 0 where the broker itself makes a destination
     * @param requestId its request, for a refusal
     * @param operation what
     * @param answer makes what it is told of the outcome, when all of it is decided
     * @param nowMs the time
     */
    public void manage(
            long connection,
            int requestId,
            Operation operation,
            Function<Outcome, BrokerFrame> answer,
            long nowMs) {
        decisions.time(nowMs);
        step();
        management.operate(connection, requestId, operation, answer);
    }

    /** {@return what there is, for managers to read; only the core's owner reads it} */
    public Overview overview() {
        return management.overview();
    }

    /**
     * Takes a run that the log has given its offsets.
     *
     * @param sequence the sequence of its batch
     * @param array the bytes
     * @param at where the run begins
     * @param own false if the array is used again, so that what stays in memory must be copied
     * @param nowMs the time
     */
    public void arrived(long sequence, byte[] array, int at, boolean own, long nowMs) {
        decisions.time(nowMs);
        state.arrived(sequence, array, at, own, decisions.nowMs());
    }

    /**
     * Hears how much of what it has told is said.
     *
     * @param count the first so many effects, and perhaps some later ones; see {@link Output#told}
     */
    public void said(long count) {
        decisions.window().said(count);
    }

    /**
     * Hears whether records of a partition are durable that have not arrived. As long as there are
     * some, no consumer is told that there is nothing more for it.
     *
     * @param partitionId the partition; an unknown one is nothing
     * @param lagging false once all have arrived
     */
    public void lagging(long partitionId, boolean lagging) {
        Partition partition = state.partition(partitionId);
        if (partition != null) {
            partition.lagging(lagging);
            partition.positions.forEach(each -> decisions.dispatcher().enqueue(each.group));
            if (partition.destination.onlookers() != null) {
                decisions.dispatcher().enqueue(partition.destination.onlookers());
            }
        }
    }

    /**
     * Takes records that {@link Output#load} asked for.
     *
     * @param partitionId the partition
     * @param fromOffset the offset that was asked for
     * @param runs stamped runs, in the order of their offsets; they never change from now on
     * @param nowMs the time
     * @throws IllegalStateException if a record that is not settled is not among them: the log has
     *     lost it
     */
    public void loaded(long partitionId, long fromOffset, List<byte[]> runs, long nowMs) {
        decisions.time(nowMs);
        loads.loaded(partitionId, fromOffset, runs);
    }

    /**
     * Goes on with what was too much for one step, delivers, wakes and expires.
     *
     * @param nowMs the time
     * @param budget about how many messages to look at
     * @return true if there is more to do now
     */
    public boolean work(long nowMs, int budget) {
        decisions.time(nowMs);
        step();
        boolean more = outlived.work() | decisions.fills().work();
        decisions.idle().work(settlements, releases);
        more |= releases.work() | decisions.moves().work() | deadLetters.work();
        more |= decisions.window().work();
        clients.work();
        int left = decisions.dispatcher().tick(decisions.nowMs(), budget);
        more |= decisions.expired().work();
        decisions.streams().work();
        left = decisions.dispatcher().work(left);
        more |= decisions.streams().canGoOn() | management.passes().work();
        decisions.tellConfirmed();
        return more || left <= 0 || decisions.expired().hasPostponed();
    }

    /**
     * Tells whether {@link #work} has something to do because what was told has been said
     * meanwhile.
     *
     * @return true if large messages can go on
     */
    public boolean canGoOn() {
        return decisions.streams().canGoOn();
    }

    /**
     * Returns when {@link #work} has something to do without anything else happening.
     *
     * @return ms since 1970, {@link Long#MAX_VALUE} for never
     */
    public long nextTimerMs() {
        long next = Math.min(decisions.dispatcher().nextTimerMs(), outlived.nextTimerMs());
        next = Math.min(next, decisions.idle().nextTimerMs());
        return Math.min(next, clients.nextTimerMs());
    }

    /**
     * Ends in order, a step with each call: all that is being given back goes back, and nothing
     * that is unsettled after this was seen without being marked so. Call it after all connections
     * are disconnected.
     *
     * @return true when it has ended; false if it is to be called again
     */
    public boolean stop() {
        step();
        if (releases.work()) {
            return false;
        }
        decisions.moves().abandon();
        return exposures.clear();
    }

    /**
     * Tells whether a record may still be asked for.
     *
     * @param partition the partition
     * @param firstOffset the first offset of a range
     * @param lastOffset its last offset
     * @return true if a group has not settled one of them
     */
    public boolean needs(long partition, long firstOffset, long lastOffset) {
        Partition found = stored(partition);
        return found != null && found.needs(firstOffset, lastOffset, decisions.nowMs());
    }

    /**
     * Takes down which records of a range may still be asked for.
     *
     * @param partition the partition
     * @param firstOffset the first offset of a range
     * @param lastOffset its last offset
     * @return what {@link #needs} is true of now; never changes, and may be asked by any thread
     */
    public NeededRecords needed(long partition, long firstOffset, long lastOffset) {
        Partition found = stored(partition);
        return new NeededRecords(
                found == null
                        ? new OffsetSet()
                        : found.needed(firstOffset, lastOffset, decisions.nowMs()));
    }

    /** Returns a partition, also one whose end may be taken back; null if there is none. */
    private Partition stored(long id) {
        Partition found = state.partition(id);
        return found == null ? state.late().deleted(id) : found;
    }

    /**
     * {@return the key of each part of a snapshot, which begins, and with it what {@link
     * #beginGivingUp} does} Each part is taken with the sequence of the last batch whose records
     * have arrived by then; the snapshot counts once all that was decided by then is durable.
     */
    public List<Long> snapshotKeys() {
        beginGivingUp();
        return snapshots.keys();
    }

    /**
     * Returns the partition whose records a part of a snapshot tells of.
     *
     * @param key one of {@link #snapshotKeys}
     * @return the partition, or -1 if there is none
     */
    public long partitionOf(long key) {
        Destination destination = state.destination(key);
        return destination == null ? -1 : destination.partition.id;
    }

    /**
     * {@return a part of a snapshot as it is now; null where it is gone meanwhile}
     *
     * @param key one of {@link #snapshotKeys}
     */
    public SnapshotPart snapshot(long key) {
        return snapshots.take(key);
    }

    /**
     * Lets {@link #needs} be true of all that is needed now, settled meanwhile or not, until {@link
     * #endGivingUp}: whoever gives up what is not needed must not have to know which settlements
     * are durable. All that was decided so far must be durable before anything is given up.
     */
    public void beginGivingUp() {
        state.late().begin();
    }

    /** Ends that: what is given up was found out. */
    public void endGivingUp() {
        state.late().end();
    }

    /**
     * Writes down everything that a recovery must bring back, for comparison and for people.
     *
     * @return the same text for the same durable state
     */
    public String durableState() {
        return snapshots.describe();
    }

    /** {@return what is kept though nobody needs it; always the same} */
    public History history() {
        return history;
    }
}
