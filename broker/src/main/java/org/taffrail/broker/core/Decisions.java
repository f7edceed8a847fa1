// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The verbs in which the core decides. Each makes its event, applies it at once, and hands it to
 * the log where it has to be remembered: events of volatile groups and about non-persistent
 * messages are applied only.
 */
final class Decisions {
    private static final String TEMPORARY_QUEUES = "TEMP.QUEUE.";
    private static final String TEMPORARY_TOPICS = "TEMP.TOPIC.";

    private final Limits limits;
    private final Output output;
    private final int incarnation;
    private final State state;
    private final Window window;
    private final Dispatcher dispatcher;
    private final UserHoldings holdings;
    private final Staging staging;
    private final IdleTransactions idle;
    private final Moves moves;
    private final Expired expired;
    private final PartStreams streams;
    private final Fills fills;
    private final List<Client> confirmed = new ArrayList<>();

    private long nowMs;
    private long nextVolatileId;

    Decisions(Limits limits, Output output, int incarnation) {
        this.limits = limits;
        this.output = output;
        this.incarnation = incarnation;
        dispatcher = new Dispatcher(this);
        holdings = new UserHoldings(dispatcher::enqueue);
        staging = new Staging(output, incarnation, limits.transactions().stagedBytesMax());
        idle = new IdleTransactions(this);
        window = new Window(limits.windowBytes(), output::told);
        streams = new PartStreams(this);
        state =
                new State(
                        limits.policies(),
                        dispatcher,
                        window,
                        streams,
                        new Producers(limits.producers()),
                        output::closedSequence,
                        this::nowMs);
        moves = new Moves(this);
        expired = new Expired(this, moves);
        fills = new Fills(this);
        nextVolatileId = Long.MIN_VALUE | (long) incarnation << 32;
    }

    State state() {
        return state;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Returns what users hold. */
    UserHoldings holdings() {
        return holdings;
    }

    Staging staging() {
        return staging;
    }

    IdleTransactions idle() {
        return idle;
    }

    Moves moves() {
        return moves;
    }

    Expired expired() {
        return expired;
    }

    PartStreams streams() {
        return streams;
    }

    Fills fills() {
        return fills;
    }

    Window window() {
        return window;
    }

    Output output() {
        return output;
    }

    Limits limits() {
        return limits;
    }

    int incarnation() {
        return incarnation;
    }

    long nowMs() {
        return nowMs;
    }

    /** Takes the time, which never runs backwards here. */
    void time(long newNowMs) {
        nowMs = Math.max(nowMs, newNowMs);
    }

    void tell(Client client, BrokerFrame frame) {
        client.flushConfirm(output);
        output.tell(client.connection, frame);
    }

    /** Tells of what a crash takes back anyway. */
    void tellRelaxed(Client client, BrokerFrame frame) {
        client.flushConfirm(output);
        output.tellRelaxed(client.connection, frame);
    }

    /** Tells a consumer of a message: waits for what a crash could take back of that message. */
    void tellOf(Consumer consumer, long offset, BrokerFrame frame) {
        Position position = consumer.group.position;
        Partition partition = position.partition;
        boolean safe =
                partition.isVolatile() ? partition.isBound(offset) : position.isPersistent(offset);
        if (safe) {
            tell(consumer.client, frame);
        } else {
            tellRelaxed(consumer.client, frame);
        }
    }

    /** Asks for a record, as soon as no other load of its partition is under way. */
    void load(Partition partition, long offset) {
        partition.want(offset);
        loadNext(partition);
    }

    /** Asks for a record that is ready, and for those of its priority that are ready behind it. */
    void loadReady(Partition partition, long offset, int priority) {
        partition.wantReady(offset, priority);
        loadNext(partition);
    }

    /** Asks for a record that is looked at when it comes, and not kept. */
    void loadToPass(Partition partition, long offset) {
        partition.wantToPass(offset);
        loadNext(partition);
    }

    void loadNext(Partition partition) {
        long offset = partition.nextToLoad();
        if (offset >= 0) {
            boolean part = partition.large().hasPartIn(offset, offset, head -> true);
            int bytesMax = partition.loadsOn() ? Limits.LOAD_ON_BYTES : Limits.LOAD_BYTES;
            output.load(
                    partition.id,
                    offset,
                    part ? limits.partStepBytes() : bytesMax,
                    partition.loadingOnly());
        }
    }

    private void emit(Event event, boolean logged) {
        if (logged) {
            EventCodec.write(event, output.events());
        }
        event.accept(state);
    }

    Destination createDestination(DestinationKind kind, String name) {
        long id = state.takeId();
        long group = kind.isQueue() ? state.takeId() : 0;
        emit(new Event.DestinationCreated(id, id, group, kind, name), true);
        return state.destination(id);
    }

    /**
     * Makes a name for a temporary destination that no other has or had, and nobody can guess who
     * was not told it.
     */
    String temporaryName(DestinationKind kind, Producer owner) {
        return temporaryPrefix(kind, owner)
                + incarnation
                + '.'
                + Integer.toUnsignedString((int) nextVolatileId)
                + '.'
                + TemporaryToken.of(owner, nextVolatileId);
    }

    /** How the names of a client's temporary destinations begin. */
    static String temporaryPrefix(DestinationKind kind, Producer owner) {
        String id = Long.toUnsignedString(owner.id, Character.MAX_RADIX);
        return (kind.isQueue() ? TEMPORARY_QUEUES : TEMPORARY_TOPICS) + id + '.';
    }

    Destination createTemporary(DestinationKind kind, String name, Producer owner) {
        long id = nextVolatileId++;
        Destination destination = new Destination(id, id, kind, name, owner.id);
        state.add(destination);
        if (kind.isQueue()) {
            state.add(destination, State.queueGroup(id, nextVolatileId++), 0);
        }
        return destination;
    }

    /** Whether only temporary destinations are named so. */
    static boolean isTemporaryName(String name) {
        return name.startsWith(TEMPORARY_QUEUES) || name.startsWith(TEMPORARY_TOPICS);
    }

    void deleteDestination(Destination destination) {
        emit(new Event.DestinationDeleted(destination.id), true);
    }

    void deleteTemporary(Destination destination) {
        state.remove(destination);
    }

    Group createGroup(
            Destination destination,
            ClientFrame.Attach wish,
            String name,
            String clientId,
            boolean durable) {
        long id = durable ? state.takeId() : nextVolatileId++;
        emit(
                new Event.GroupCreated(
                        destination.id,
                        id,
                        wish.source(),
                        name,
                        clientId,
                        wish.selector(),
                        wish.noLocal(),
                        destination.partition.end()),
                durable);
        return destination.groups.get(id);
    }

    /** Makes a group of nobody beside those of a destination, which begins with what is new. */
    Group createSide(Destination destination) {
        long id = nextVolatileId++;
        emit(
                new Event.GroupCreated(
                        destination.id,
                        id,
                        ClientFrame.Source.SIDE,
                        null,
                        null,
                        null,
                        false,
                        destination.partition.end()),
                false);
        return destination.groups.get(id);
    }

    /**
     * Lets a group that was just made begin in the past.
     *
     * @param cursor with which offset
     * @param keptFrom from which offset on all is kept for it
     * @param notBeforeMs earlier records are not for it
     */
    void start(Group group, long cursor, long keptFrom, long notBeforeMs) {
        emit(
                new Event.Started(group.destination.id, group.id, cursor, keptFrom, notBeforeMs),
                group.isDurable());
        fills.begin(group.position);
    }

    /**
     * Lets a group that nobody is consuming from begin anew. What it may have delivered before is
     * delivered as such.
     *
     * @param cursor with which offset
     * @param keptFrom from which offset on all is kept for it
     * @param notBeforeMs earlier records are not for it
     */
    void restart(Group group, long cursor, long keptFrom, long notBeforeMs) {
        Position position = group.position;
        Past before = position.past();
        emit(
                new Event.Restarted(
                        group.destination.id,
                        group.id,
                        group.restarts + 1,
                        cursor,
                        keptFrom,
                        notBeforeMs),
                group.isDurable());
        mark(position, position.partition.end());
        if (before == null || before.isDone()) {
            fills.begin(position);
        }
    }

    /** Tells a group of a stretch of its past. */
    void fill(Position position, Event.Told told, List<Event.Found> found) {
        Group group = position.group;
        emit(new Event.Filled(group.destination.id, group.id, told, found), group.isDurable());
    }

    void deleteGroup(Group group) {
        emit(new Event.GroupDeleted(group.destination.id, group.id), group.isDurable());
    }

    void settle(Position position, Event.Reason reason, long offset) {
        settle(position, reason, new long[] {offset, offset}, position.isPersistent(offset));
    }

    void settle(Position position, Event.Reason reason, long[] ranges, boolean persistent) {
        Group group = position.group;
        emit(
                new Event.Settled(group.destination.id, group.id, reason, ranges),
                persistent && group.isDurable());
    }

    void expose(Position position) {
        Group group = position.group;
        if (!position.isExposed()) {
            emit(new Event.Exposed(group.destination.id, group.id), group.isDurable());
        }
    }

    /** Remembers a client beyond its connection, from its first deed on that the log knows of. */
    void open(Producer producer) {
        if (!producer.opened) {
            emit(new Event.ProducerOpened(producer.id, producer.identity), true);
        }
    }

    /**
     * Remembers a client no more, and deletes its temporary destinations.
     *
     * @param forgotten whether it might still come again
     */
    void end(Producer producer, boolean forgotten) {
        producer.temporaries.forEach(this::deleteTemporary);
        producer.temporaries.clear();
        emit(new Event.ProducerEnded(producer.id, forgotten), producer.opened);
    }

    /** Logs what of a client was refused before something else of it that follows now. */
    void refused(Producer producer) {
        if (producer.hasUnlogged()) {
            emit(new Event.SendsRefused(producer.id, producer.takeUnlogged()), true);
        }
    }

    void committed(Producer producer, long transactionId) {
        emit(new Event.Committed(producer.id, transactionId), true);
    }

    void prepared(Branch branch) {
        emit(new Event.BranchPrepared(branch), true);
    }

    void ended(Branch branch, boolean committed, boolean byOperator) {
        emit(new Event.BranchEnded(branch.id, committed, byOperator), true);
    }

    void forgotten(Branch branch) {
        emit(new Event.BranchForgotten(branch.id), true);
    }

    void mark(Position position, long below) {
        Group group = position.group;
        emit(new Event.Marked(group.destination.id, group.id, below), group.isDurable());
    }

    /**
     * Puts messages back that may have been seen.
     *
     * @param ranges first and last offset of each range, in turn
     * @param count how many deliveries of each have failed so far
     * @param dueMs before when they must not be delivered again, 0 for at once
     */
    void release(Position position, long[] ranges, boolean persistent, int count, long dueMs) {
        Group group = position.group;
        emit(
                new Event.Released(group.destination.id, group.id, count, dueMs, ranges),
                persistent && group.isDurable());
        dispatcher.timed(position);
    }

    void releaseUnseen(Hold hold) {
        Position position = hold.position();
        position.release(hold);
        dispatcher.timed(position);
    }

    /**
     * Notes that sends are done; the client is told with the next effect or at the end of the work.
     */
    void confirm(Client client, long first, long last, boolean relaxed) {
        if (!client.hasConfirm()) {
            confirmed.add(client);
        }
        client.confirm(first, last, relaxed, output);
    }

    /** Tells all clients what of their sends is done. */
    void tellConfirmed() {
        for (Client client : confirmed) {
            client.flushConfirm(output);
        }
        confirmed.clear();
    }

    /**
     * Appends what a client sent by itself: to the log, or where it lives only in memory, at once.
     *
     * @return whether a crash takes it back anyway
     */
    boolean send(Partition partition, byte[] array, int at, int length, boolean mayBeRelaxed) {
        if (partition.isVolatile()) {
            arrive(partition, Arrays.copyOfRange(array, at, at + length));
            return true;
        }
        return append(partition, array, at, length, mayBeRelaxed);
    }

    /**
     * Appends what comes with something else that is decided.
     *
     * @return whether nothing but a relaxed batch has to do with it
     */
    boolean append(Partition partition, byte[] array, int at, int length, boolean mayBeRelaxed) {
        if (partition.isVolatile()) {
            appendVolatile(partition, Arrays.copyOfRange(array, at, at + length));
            return false;
        }
        partition.decided(RunLayout.count(array, at));
        return output.append(array, at, length, mayBeRelaxed);
    }

    /**
     * Takes a run that lives only in memory and comes with something that is logged: nobody may see
     * it sooner. The array is the partition's from now on.
     */
    void appendVolatile(Partition partition, byte[] run) {
        arrive(partition, run);
        partition.bind();
    }

    private void arrive(Partition partition, byte[] run) {
        RunLayout.stamp(run, 0, partition.id, partition.end(), nowMs, incarnation);
        state.arrived(Long.MAX_VALUE, run, 0, true, nowMs);
    }
}
