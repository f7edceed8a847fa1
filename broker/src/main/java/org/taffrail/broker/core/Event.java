// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordView;

import java.util.List;

/**
 * One fact that the broker remembers besides the records themselves. Events are decided by {@link
 * Core}, applied at once, and logged; recovery applies them again. They carry results (offsets,
 * times, ids), never "latest" or "now", and name only offsets that have arrived. Applying one twice
 * is the same as once.
 */
sealed interface Event {
    /** The destination whose state the event changes; 0 for none. */
    long destination();

    void accept(Visitor visitor);

    /** Applies each event; a forgotten one does not compile. */
    interface Visitor {
        void onDestinationCreated(DestinationCreated event);

        void onDestinationDeleted(DestinationDeleted event);

        void onGroupCreated(GroupCreated event);

        void onGroupDeleted(GroupDeleted event);

        void onSettled(Settled event);

        void onReleased(Released event);

        void onExposed(Exposed event);

        void onMarked(Marked event);

        void onStarted(Started event);

        void onRestarted(Restarted event);

        void onFilled(Filled event);

        void onProducer(OfProducer event);

        void onBranch(OfBranch event);
    }

    /** Applies each event of a client. */
    interface ProducerVisitor {
        void onProducerOpened(ProducerOpened event);

        void onProducerEnded(ProducerEnded event);

        void onSendsRefused(SendsRefused event);

        void onCommitted(Committed event);
    }

    /** Applies each event of a branch. */
    interface BranchVisitor {
        void onBranchPrepared(BranchPrepared event);

        void onBranchEnded(BranchEnded event);

        void onBranchForgotten(BranchForgotten event);
    }

    /**
     * A destination exists from now on, with one partition, and for a queue with its one group.
     *
     * @param group the queue's group, 0 for a topic
     */
    record DestinationCreated(
            long destination, long partition, long group, DestinationKind kind, String name)
            implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onDestinationCreated(this);
        }
    }

    /** A destination, its groups and records are gone. */
    record DestinationDeleted(long destination) implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onDestinationDeleted(this);
        }
    }

    /**
     * A subscription exists from now on.
     *
     * @param name the subscription's name, null for an unshared non-durable one
     * @param clientId the client id it belongs to, or null
     * @param selector the selector's text or null
     * @param startOffset earlier records are not for it
     */
    record GroupCreated(
            long destination,
            long group,
            ClientFrame.Source source,
            String name,
            String clientId,
            String selector,
            boolean noLocal,
            long startOffset)
            implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onGroupCreated(this);
        }
    }

    /**
     * A subscription that was just made begins in the past, of which it will be told.
     *
     * @param cursor with which offset
     * @param keptFrom from which offset on records are kept for it until it was told of them
     * @param notBeforeMs what was appended earlier is not for it, ms since 1970
     */
    record Started(long destination, long group, long cursor, long keptFrom, long notBeforeMs)
            implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onStarted(this);
        }
    }

    /**
     * A subscription that nobody is consuming from begins anew; what it had is forgotten.
     *
     * @param number how often that has happened to it, this time included
     * @param cursor with which offset it begins
     * @param keptFrom as in {@link Started}
     * @param notBeforeMs as in {@link Started}
     */
    record Restarted(
            long destination, long group, int number, long cursor, long keptFrom, long notBeforeMs)
            implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onRestarted(this);
        }
    }

    /**
     * A subscription was told of a stretch of its past.
     *
     * @param told which
     * @param found what of it is for the subscription, in the order of the offsets
     */
    record Filled(long destination, long group, Told told, List<Found> found) implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onFilled(this);
        }
    }

    /**
     * A stretch of the past.
     *
     * @param from its first offset
     * @param upTo the offset after its last
     * @param all whether this was the last stretch
     */
    record Told(long from, long upTo, boolean all) {}

    /**
     * Messages that follow each other and have in common what a group knows of them.
     *
     * @param first the first one's offset
     * @param last the last one's offset
     * @param priority 0 to 9
     * @param persistent whether they survive a crash
     * @param expirationMs when they expire, 0 for never
     * @param deliveryTimeMs before when they are not delivered, 0 for at once
     * @param parts for a large message, which stands alone, how many parts it has
     */
    record Found(
            long first,
            long last,
            int priority,
            boolean persistent,
            long expirationMs,
            long deliveryTimeMs,
            int parts) {
        /** Adds a message to a list, to the last of it if it is alike. */
        static void add(List<Found> list, long offset, RecordView record) {
            Found one =
                    new Found(
                            offset,
                            offset,
                            record.priority(),
                            record.persistent(),
                            record.expirationMs(),
                            record.deliveryTimeMs(),
                            record.partCount());
            Found before = list.isEmpty() ? null : list.get(list.size() - 1);
            if (before != null && before.isFollowedBy(one)) {
                list.set(list.size() - 1, before.upTo(offset));
            } else {
                list.add(one);
            }
        }

        private boolean isFollowedBy(Found next) {
            return last + 1 == next.first && parts == 0 && equals(next.with(first, last));
        }

        private Found upTo(long offset) {
            return with(first, offset);
        }

        private Found with(long from, long to) {
            return new Found(from, to, priority, persistent, expirationMs, deliveryTimeMs, parts);
        }
    }

    /** A subscription is gone. */
    record GroupDeleted(long destination, long group) implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onGroupDeleted(this);
        }
    }

    /** Why a message left a group; the ordinal is its number in the log. */
    enum Reason {
        ACCEPTED,
        EXPIRED,
        DEAD_LETTERED,
        /** Its record was damaged, and a repair has left it out. */
        LOST,
        /** The retention of its topic has ended it, which was told to do so. */
        OUTLIVED,
        /** A manager has thrown it away. */
        PURGED,
        /** A manager has moved it; its copy is in the same batch. */
        MOVED
    }

    /**
     * Messages have left a group for good.
     *
     * @param ranges first and last offset of each range, in turn
     */
    record Settled(long destination, long group, Reason reason, long[] ranges) implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onSettled(this);
        }
    }

    /**
     * Messages went back into a group after an application may have seen them.
     *
     * @param count how many deliveries of each have failed so far
     * @param dueMs before when they must not be delivered again, 0 for at once
     * @param ranges first and last offset of each range, in turn
     */
    record Released(long destination, long group, int count, long dueMs, long[] ranges)
            implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onReleased(this);
        }
    }

    /** From now on, any message of the group may have been seen by an application. */
    record Exposed(long destination, long group) implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onExposed(this);
        }
    }

    /**
     * After a start: what of the group is unsettled below an offset may have been seen; it is not
     * exposed any more.
     *
     * @param below the first offset that was surely not seen
     */
    record Marked(long destination, long group, long below) implements Event {
        @Override
        public void accept(Visitor visitor) {
            visitor.onMarked(this);
        }
    }

    /** An event of a client, whichever destinations it sends to. */
    sealed interface OfProducer extends Event {
        long producer();

        void accept(ProducerVisitor visitor);

        @Override
        default void accept(Visitor visitor) {
            visitor.onProducer(this);
        }

        @Override
        default long destination() {
            return 0;
        }
    }

    /** From now on a client is remembered beyond its connection. */
    record ProducerOpened(long producer, Producer.Identity identity) implements OfProducer {
        @Override
        public void accept(ProducerVisitor visitor) {
            visitor.onProducerOpened(this);
        }
    }

    /** A client is remembered no more: it has said goodbye, or is forgotten. */
    record ProducerEnded(long producer, boolean forgotten) implements OfProducer {
        @Override
        public void accept(ProducerVisitor visitor) {
            visitor.onProducerEnded(this);
        }
    }

    /** Some sends of a client were refused; a later one is in the same batch. */
    record SendsRefused(long producer, List<Producer.Refused> refused) implements OfProducer {
        @Override
        public void accept(ProducerVisitor visitor) {
            visitor.onSendsRefused(this);
        }
    }

    /** A transaction of a client is committed; all of it is in the same batch. */
    record Committed(long producer, long transaction) implements OfProducer {
        @Override
        public void accept(ProducerVisitor visitor) {
            visitor.onCommitted(this);
        }
    }

    /** An event of a branch, whichever destinations it has to do with. */
    sealed interface OfBranch extends Event {
        void accept(BranchVisitor visitor);

        @Override
        default void accept(Visitor visitor) {
            visitor.onBranch(this);
        }

        @Override
        default long destination() {
            return 0;
        }
    }

    /** A transaction is prepared; what it has sent is staged, in this batch or before. */
    record BranchPrepared(Branch prepared) implements OfBranch {
        @Override
        public void accept(BranchVisitor visitor) {
            visitor.onBranchPrepared(this);
        }
    }

    /**
     * A branch is committed or rolled back; all of it is in the same batch.
     *
     * @param byOperator whether that is to be remembered, as it was not its transaction manager's
     *     decision
     */
    record BranchEnded(long branch, boolean committed, boolean byOperator) implements OfBranch {
        @Override
        public void accept(BranchVisitor visitor) {
            visitor.onBranchEnded(this);
        }
    }

    /** It is not remembered any more how an operator has ended a branch. */
    record BranchForgotten(long branch) implements OfBranch {
        @Override
        public void accept(BranchVisitor visitor) {
            visitor.onBranchForgotten(this);
        }
    }
}
