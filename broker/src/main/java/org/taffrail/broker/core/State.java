// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;

import org.taffrail.broker.core.policy.Policies;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;
import org.taffrail.wire.record.SelectorRecord;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What the broker knows of destinations and groups, changed only by events and by records that
 * arrive: the same way when they are decided and when they are recovered.
 *
 * <p>In recovery a destination that came from the snapshot skips what the snapshot holds already.
 */
final class State implements Event.Visitor {
    /** In a side group all have this one, for its order is that of the log. */
    private static final int USUAL_PRIORITY = 4;

    final Tally tally = new Tally();
    private final Policies policies;
    private final Dispatcher dispatcher;
    private final Window window;
    private final PartStreams streams;
    private final Map<Long, Destination> destinations = new LinkedHashMap<>();
    private final TreeMap<String, Destination> byName = new TreeMap<>();
    private final LongObjectHashMap<Partition> partitions = new LongObjectHashMap<>();
    private final Map<SubscriptionKey, Group> subscriptions = new HashMap<>();
    private final LongSupplier closedSequence;
    private final LongSupplier nowMs;
    private final Map<Long, Long> restoredUpTo = new HashMap<>();
    private final RecordView record = new RecordView();
    private final SelectorRecord selectorRecord = new SelectorRecord();
    private final LateSettlements late = new LateSettlements();
    private final Producers producers;
    private final Branches branches = new Branches();

    private long nextId = 1;
    private long recovering;
    private boolean live;

    /** A subscription's name in the space of its client id; durable and other names do not meet. */
    private record SubscriptionKey(boolean durable, String clientId, String name) {}

    State(
            Policies policies,
            Dispatcher dispatcher,
            Window window,
            PartStreams streams,
            Producers producers,
            LongSupplier closedSequence,
            LongSupplier nowMs) {
        this.policies = policies;
        this.producers = producers;
        this.dispatcher = dispatcher;
        this.window = window;
        this.streams = streams;
        this.closedSequence = closedSequence;
        this.nowMs = nowMs;
    }

    /** From now on, what is applied belongs to the batch of this sequence, in recovery. */
    void recovering(long sequence) {
        recovering = sequence;
    }

    /** From now on, what is applied was decided or arrived now. */
    void live() {
        live = true;
        restoredUpTo.clear();
        destinations.values().forEach(Destination::countAnew);
    }

    long takeId() {
        return nextId++;
    }

    long nextId() {
        return nextId;
    }

    void nextIdAtLeast(long id) {
        nextId = Math.max(nextId, id);
    }

    Collection<Destination> destinations() {
        return destinations.values();
    }

    Destination destination(long id) {
        return destinations.get(id);
    }

    Destination find(DestinationKind kind, String name) {
        return byName.get(key(kind, name));
    }

    /**
     * Returns the destinations of a kind, temporary ones too, by their names.
     *
     * @param after begin behind this name; empty for all
     */
    Collection<Destination> named(DestinationKind kind, String after) {
        // a colon stands behind the letter: what is greater than a semicolon is of another kind
        String end = kind.isQueue() ? "q;" : "t;";
        return byName.subMap(key(kind, after), false, end, false).values();
    }

    /** For each partition the offset after the last one given. */
    Map<Long, Long> partitionEnds() {
        Map<Long, Long> ends = new HashMap<>();
        destinations.values().forEach(each -> ends.put(each.partition.id, each.partition.end()));
        return ends;
    }

    /** Whether dead letters or expired messages may be moved to a destination. */
    boolean collects(Destination destination) {
        return destination.kind == DestinationKind.QUEUE && policies.isEnd(destination.name);
    }

    Partition partition(long id) {
        return partitions.get(id);
    }

    Producers producers() {
        return producers;
    }

    @Override
    public void onProducer(Event.OfProducer event) {
        event.accept((Event.ProducerVisitor) producers);
    }

    Branches branches() {
        return branches;
    }

    @Override
    public void onBranch(Event.OfBranch event) {
        if (event instanceof Event.BranchPrepared made) {
            nextIdAtLeast(made.prepared().id + 1);
        }
        event.accept((Event.BranchVisitor) branches);
    }

    /** What was settled since the store began to give up what nothing needs. */
    LateSettlements late() {
        return late;
    }

    Group subscription(boolean durable, String clientId, String name) {
        return subscriptions.get(new SubscriptionKey(durable, clientId, name));
    }

    /** Notes that a destination is as the snapshot has it. */
    void restored(Destination destination, long upTo) {
        add(destination);
        restoredUpTo.put(destination.id, upTo);
    }

    void add(Destination destination) {
        destination.policy = policies.of(destination.kind, destination.name);
        destination.tally.countsFor(tally);
        destinations.put(destination.id, destination);
        byName.put(key(destination.kind, destination.name), destination);
        partitions.put(destination.partition.id, destination.partition);
        if (destination.id > 0) {
            nextIdAtLeast(Math.max(destination.id, destination.partition.id) + 1);
        }
    }

    void remove(Destination destination) {
        late.deletes(destination);
        destinations.remove(destination.id);
        byName.remove(key(destination.kind, destination.name), destination);
        partitions.remove(destination.partition.id);
        window.drop(destination.partition);
        for (Group group : destination.groups.values()) {
            group.gone = true;
            forgetName(group);
        }
        if (destination.onlookers() != null) {
            destination.onlookers().gone = true;
        }
    }

    /**
     * Makes a group.
     *
     * @param bornAfter records of batches up to this one are not for the group: they may arrive
     *     after it was made, but come before it in the log
     */
    Group add(Destination destination, Event.GroupCreated made, long bornAfter) {
        Selector selector;
        try {
            selector = Selector.parse(made.selector());
        } catch (SelectorSyntaxException e) {
            throw new IllegalStateException(
                    "a selector that was parsed before: " + e.getMessage(), e);
        }
        Group group = new Group(destination, made, bornAfter, selector, dispatcher);
        destination.groups.put(group.id, group);
        destination.partition.positions.add(group.position);
        if (group.name != null) {
            subscriptions.put(nameOf(group), group);
        }
        if (group.id > 0) {
            nextIdAtLeast(group.id + 1);
        }
        return group;
    }

    void remove(Group group) {
        late.ends(group);
        group.gone = true;
        group.destination.groups.remove(group.id);
        group.destination.partition.positions.remove(group.position);
        group.destination.partition.settled(0, Long.MAX_VALUE);
        window.dropSettled(group.destination.partition);
        forgetName(group);
    }

    private void forgetName(Group group) {
        if (group.name != null) {
            subscriptions.remove(nameOf(group), group);
        }
    }

    private static SubscriptionKey nameOf(Group group) {
        return new SubscriptionKey(
                group.source != ClientFrame.Source.SHARED, group.clientId, group.name);
    }

    private static String key(DestinationKind kind, String name) {
        return (kind.isQueue() ? "q:" : "t:") + name;
    }

    /**
     * The destination that an event changes, or null where the snapshot holds the event already.
     */
    private Destination toChange(Event event) {
        Destination destination = destinations.get(event.destination());
        if (destination == null) {
            if (live) {
                throw new IllegalStateException("no destination for " + event);
            }
            return null;
        }
        return isHeld(destination) ? null : destination;
    }

    private boolean isHeld(Destination destination) {
        return !live && restoredUpTo.getOrDefault(destination.id, -1L) >= recovering;
    }

    private Group toChange(Event event, long id) {
        Destination destination = toChange(event);
        return destination == null ? null : destination.groups.get(id);
    }

    @Override
    public void onDestinationCreated(Event.DestinationCreated event) {
        nextIdAtLeast(
                Math.max(event.destination(), Math.max(event.partition(), event.group())) + 1);
        if (destinations.containsKey(event.destination())) {
            return;
        }
        Destination destination =
                new Destination(
                        event.destination(), event.partition(), event.kind(), event.name(), 0);
        add(destination);
        if (event.kind().isQueue()) {
            add(destination, queueGroup(event.destination(), event.group()), 0);
        }
    }

    static Event.GroupCreated queueGroup(long destination, long group) {
        return new Event.GroupCreated(
                destination, group, ClientFrame.Source.QUEUE, null, null, null, false, 0);
    }

    @Override
    public void onDestinationDeleted(Event.DestinationDeleted event) {
        Destination destination = toChange(event);
        if (destination != null) {
            remove(destination);
        }
    }

    @Override
    public void onGroupCreated(Event.GroupCreated event) {
        nextIdAtLeast(event.group() + 1);
        Destination destination = toChange(event);
        if (destination != null && !destination.groups.containsKey(event.group())) {
            add(destination, event, live ? closedSequence.getAsLong() : recovering - 1);
        }
    }

    @Override
    public void onGroupDeleted(Event.GroupDeleted event) {
        Group group = toChange(event, event.group());
        if (group != null) {
            remove(group);
        }
    }

    @Override
    public void onSettled(Event.Settled event) {
        Group group = toChange(event, event.group());
        if (group == null) {
            return;
        }
        long[] ranges = event.ranges();
        group.ends(event.reason(), ranges);
        for (int i = 0; i < ranges.length; i += 2) {
            late.settles(group, ranges[i], ranges[i + 1]);
            group.position.settle(ranges[i], ranges[i + 1]);
            group.destination.partition.settled(ranges[i], ranges[i + 1]);
            window.dropSettled(group.destination.partition, ranges[i], ranges[i + 1]);
        }
        streams.settled(group.position);
        window.dropSettled(group.destination.partition);
    }

    @Override
    public void onReleased(Event.Released event) {
        Group group = toChange(event, event.group());
        if (group == null) {
            return;
        }
        long[] ranges = event.ranges();
        for (int i = 0; i < ranges.length; i += 2) {
            group.position.releaseSeen(ranges[i], ranges[i + 1], event.count(), event.dueMs());
        }
    }

    @Override
    public void onExposed(Event.Exposed event) {
        Group group = toChange(event, event.group());
        if (group != null) {
            group.position.expose();
        }
    }

    @Override
    public void onMarked(Event.Marked event) {
        Group group = toChange(event, event.group());
        if (group != null) {
            group.position.mark(event.below());
        }
    }

    @Override
    public void onStarted(Event.Started event) {
        Group group = toChange(event, event.group());
        if (group != null && group.position.past() == null) {
            group.position.past(new Past(event.cursor(), event.keptFrom(), event.notBeforeMs()));
        }
    }

    @Override
    public void onRestarted(Event.Restarted event) {
        Group group = toChange(event, event.group());
        if (group == null || group.restarts >= event.number()) {
            return;
        }
        group.restarts = event.number();
        group.bornAfter(live ? closedSequence.getAsLong() : recovering - 1);
        late.ends(group);
        group.position.settle(0, Long.MAX_VALUE);
        group.position.past(new Past(event.cursor(), event.keptFrom(), event.notBeforeMs()));
        group.destination.partition.settled(0, Long.MAX_VALUE);
        window.dropSettled(group.destination.partition);
    }

    @Override
    public void onFilled(Event.Filled event) {
        Group group = toChange(event, event.group());
        Past past = group == null ? null : group.position.past();
        if (past == null || past.isDone() || past.cursor() != event.told().from()) {
            return;
        }
        for (Event.Found found : event.found()) {
            if (live || found.persistent()) {
                fill(group.position, found);
            }
        }
        past.told(event.told().upTo(), event.told().all());
        dispatcher.timed(group.position);
        dispatcher.enqueue(group);
    }

    private void fill(Position position, Event.Found found) {
        for (long offset = found.first(); offset <= found.last(); offset++) {
            position.arrive(
                    offset,
                    position.group.isSide() ? USUAL_PRIORITY : found.priority(),
                    found.persistent(),
                    found.deliveryTimeMs() > nowMs.getAsLong() ? found.deliveryTimeMs() : 0,
                    found.expirationMs());
        }
        if (found.parts() > 0) {
            position.partition.large().add(found.first(), found.parts());
        }
    }

    /**
     * Takes a stamped run. In recovery, non-persistent records of earlier starts are passed over:
     * they count as settled.
     *
     * @param sequence the sequence of its batch
     * @param nowMs a record whose delivery time is later waits
     */
    void arrived(long sequence, byte[] array, int at, boolean own, long nowMs) {
        Partition partition = partitions.get(RunLayout.partition(array, at));
        long first = RunLayout.offset(array, at);
        int count = RunLayout.count(array, at);
        if (!live && !Sends.isNonPersistent(array, at, count)) {
            long firstSent = RunLayout.sequence(array, at);
            producers.appended(RunLayout.producer(array, at), firstSent + count - 1);
        }
        if (partition == null || isHeld(partition.destination)) {
            return;
        }
        partition.endAtLeast(first + count);
        partition.appended(array, at);
        if (partition.positions.isEmpty() && partition.destination.onlookers() == null) {
            return;
        }
        endPasts(partition, sequence, first);
        boolean needed = false;
        long producer = RunLayout.producer(array, at);
        int recordAt = at + RunLayout.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            if (RecordLayout.isPart(array, recordAt)) {
                needed |= partArrived(partition, first + i, array, recordAt, own);
            } else if (live || RecordLayout.persistent(array, recordAt)) {
                record.wrap(array, recordAt);
                needed |= arrivedAt(partition, sequence, first + i, producer, nowMs);
            }
            recordAt += RecordLayout.length(array, recordAt);
        }
        if (needed && live) {
            window.add(partition, array, at);
        }
    }

    /** Groups that begin in the past hear of what is appended after they were made. */
    private static void endPasts(Partition partition, long sequence, long first) {
        for (Position position : partition.positions) {
            if (position.past() != null && sequence > position.group.bornAfter()) {
                position.past().endsAt(first);
            }
        }
    }

    /** Returns whether the part must stay in memory: it is stored nowhere else. */
    private boolean partArrived(
            Partition partition, long offset, byte[] array, int at, boolean own) {
        if (live) {
            streams.arrived(partition, offset, array, at, own);
        }
        return partition.isVolatile() && partition.isNeeded(offset, offset);
    }

    private boolean arrivedAt(
            Partition partition, long sequence, long offset, long producer, long nowMs) {
        long due = record.deliveryTimeMs();
        boolean needed = false;
        for (Position position : partition.positions) {
            if (position.group.wants(sequence, offset, producer, record, selectorRecord)) {
                needed = true;
                position.arrive(
                        offset,
                        position.group.isSide() ? USUAL_PRIORITY : record.priority(),
                        record.persistent(),
                        due > nowMs ? due : 0,
                        record.expirationMs());
                dispatcher.timed(position);
            }
        }
        if (needed && record.partCount() > 0) {
            partition.large().add(offset, record.partCount());
        }
        return needed;
    }
}
