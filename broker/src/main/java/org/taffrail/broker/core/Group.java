// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.SelectorRecord;
import org.taffrail.wire.selector.Selector;

import java.util.ArrayList;
import java.util.List;

/**
 * Who reads a destination together: the consumers of a queue, or of one subscription. A message is
 * delivered to one of them at a time and leaves the group when it is settled.
 */
final class Group {
    final long id;
    final Destination destination;
    final ClientFrame.Source source;
    final String name;
    final String clientId;
    final Selector selector;
    final boolean noLocal;
    final Position position;
    final List<Consumer> consumers = new ArrayList<>();

    /** Those that get nothing more and hold messages still. */
    final List<Consumer> leaving = new ArrayList<>(0);

    /** Who looks at messages and takes nothing; they are not among the consumers. */
    final Browsers browsers = new Browsers();

    /** With noLocal, the producer of the one connection that a non-durable group belongs to. */
    long localProducer;

    /** When the dispatcher looks at it next. */
    long timerMs = Long.MAX_VALUE;

    /** Whether the dispatcher has it on its list. */
    boolean queued;

    /** How many consumers in turn had nothing to do since something changed. */
    int idle;

    /** How many consumers have a drain under way. */
    int draining;

    /**
     * How many of its held messages are being given back. While there are any it delivers nothing:
     * a later message must not overtake one that comes back to its place.
     */
    int releasing;

    /** How often it has begun anew. */
    int restarts;

    /** What has happened to its messages; what side groups do counts for themselves only. */
    final Tally tally = new Tally();

    /** How many messages it has lost, to damage or to its topic's retention. */
    long lost;

    /** Whether the subscription was closed or the destination deleted. */
    boolean gone;

    private final long startOffset;
    private long bornAfter;
    private final Dispatcher dispatcher;
    private final Exclusivity exclusivity = new Exclusivity();
    private final List<Consumer> turns = new ArrayList<>();
    private final List<Consumer> looking = new ArrayList<>();
    private Correlations correlations;
    private int next;

    Group(
            Destination destination,
            Event.GroupCreated made,
            long bornAfter,
            Selector selector,
            Dispatcher dispatcher) {
        this.id = made.group();
        this.destination = destination;
        this.source = made.source();
        this.name = made.name();
        this.clientId = made.clientId();
        this.selector = selector;
        this.noLocal = made.noLocal();
        this.startOffset = made.startOffset();
        this.bornAfter = bornAfter;
        this.dispatcher = dispatcher;
        this.position = new Position(this, destination.partition);
        tally.countsFor(isSide() ? null : destination.tally);
    }

    /** Whether it reads a queue beside the queue's own consumers, and holds nothing back. */
    boolean isSide() {
        return source == ClientFrame.Source.SIDE;
    }

    /**
     * Whether it is those who browse a topic: it is none of the topic's groups, has no consumers
     * and no messages, and is never logged.
     */
    boolean isOnlookers() {
        return source == ClientFrame.Source.BROWSER;
    }

    /** What holds for its messages: those of a side group are copies, and never moved. */
    DestinationPolicy policy() {
        return isSide() ? destination.policy.ofSideGroups() : destination.policy;
    }

    /** Whether the group's events are logged. */
    boolean isDurable() {
        return !destination.kind.isTemporary()
                && (source == ClientFrame.Source.QUEUE
                        || source == ClientFrame.Source.DURABLE
                        || source == ClientFrame.Source.SHARED_DURABLE);
    }

    long startOffset() {
        return startOffset;
    }

    /** The batch before the one that made the group, or let it begin anew. */
    long bornAfter() {
        return bornAfter;
    }

    void bornAfter(long sequence) {
        bornAfter = sequence;
    }

    /** Whether a record of the batch with a sequence is for this group at all. */
    boolean wants(
            long sequence, long offset, long producer, RecordView record, SelectorRecord input) {
        if (offset < startOffset || sequence <= bornAfter) {
            return false;
        }
        return selects(producer, record, input);
    }

    /** Whether a record is one that the group asks for. */
    boolean selects(long producer, RecordView record, SelectorRecord input) {
        if (noLocal && isLocal(producer, record)) {
            return false;
        }
        return selector == Selector.ALL || input.matches(selector, record);
    }

    private boolean isLocal(long producer, RecordView record) {
        return localProducer != 0 && producer == localProducer
                || clientId != null && clientId.equals(record.clientId());
    }

    void add(Consumer consumer) {
        consumers.add(consumer);
        if (consumer.isCorrelated()) {
            correlations().add(consumer);
        } else if (consumer.isSelective()) {
            looking.add(consumer);
        }
        takesTurns(consumer);
        if (exclusivity.added(consumer) && position.lanes() != null) {
            consumers.forEach(each -> position.lanes().abandon(each));
        }
        dispatcher.enqueue(this);
    }

    void remove(Consumer consumer) {
        if (consumers.remove(consumer)) {
            if (consumer.isCorrelated()) {
                correlations.remove(consumer);
            }
            looking.remove(consumer);
            leaveTurns(consumer);
            exclusivity.removed(consumer, consumers);
            if (position.lanes() != null) {
                position.lanes().abandon(consumer);
            }
            leaves(consumer);
            dispatcher.enqueue(this);
        }
    }

    /** Remembers one that gets nothing more, as long as it holds messages. */
    void leaves(Consumer consumer) {
        if (consumer.heldCount() > 0) {
            leaving.add(consumer);
        }
    }

    /** Hears that a consumer which has ended holds nothing any more. */
    void freed(Consumer consumer) {
        leaving.remove(consumer);
        if (exclusivity.freed(consumer)) {
            dispatcher.enqueue(this);
        }
    }

    /** Whether a consumer gets messages: all do, unless one wants them for itself. */
    boolean serves(Consumer consumer) {
        return exclusivity.serves(consumer);
    }

    /** Hears that messages which are ready can go now. */
    void wake() {
        dispatcher.enqueue(this);
    }

    /** Hears that a message can be delivered (again). */
    void becameReady(long offset, int priority) {
        for (Consumer consumer : looking) {
            consumer.looks().becameReady(offset, priority);
        }
        if (correlations != null) {
            correlations.looks().becameReady(offset, priority);
        }
        dispatcher.enqueue(this);
    }

    /** Hears that messages can be delivered (again), without being put on the list for it. */
    void becameReady(OffsetSet offsets, int priority) {
        for (Consumer consumer : looking) {
            consumer.looks().tell(offsets, priority);
        }
        if (correlations != null) {
            correlations.looks().tell(offsets, priority);
        }
    }

    /** Hears that messages leave it for good: those of some ranges that it has not settled yet. */
    void ends(Event.Reason reason, long[] ranges) {
        long messages = reason == Event.Reason.ACCEPTED ? 0 : position.countUnsettled(ranges);
        for (int i = 0; reason == Event.Reason.ACCEPTED && i < ranges.length; i += 2) {
            messages += ranges[i + 1] - ranges[i] + 1; // all of them are held
        }
        tally.ended(reason, messages);
        boolean damaged = reason == Event.Reason.LOST || reason == Event.Reason.OUTLIVED;
        lost += damaged ? messages : 0;
    }

    /** Its consumers that wait for a correlation id each. */
    Correlations correlations() {
        if (correlations == null) {
            correlations = new Correlations(position);
        }
        return correlations;
    }

    /** Whether it has, or had, consumers that wait for a correlation id. */
    boolean hasCorrelations() {
        return correlations != null;
    }

    /** How many consumers take turns: all but those that wait for what nobody has told them of. */
    int turnCount() {
        return turns.size();
    }

    /** The consumer whose turn it is, so that they take turns. */
    Consumer nextConsumer() {
        next = next + 1 < turns.size() ? next + 1 : 0;
        return turns.get(next);
    }

    /** There may be something for a consumer. */
    void takesTurns(Consumer consumer) {
        if (!consumer.inTurn) {
            consumer.inTurn = true;
            turns.add(consumer);
            idle = 0;
        }
    }

    /** A consumer that waits for a correlation id takes no turns until it is told of a message. */
    void leaveTurns(Consumer consumer) {
        if (consumer.inTurn) {
            consumer.inTurn = false;
            int at = turns.indexOf(consumer);
            turns.remove(at);
            next -= at <= next ? 1 : 0;
        }
    }
}
