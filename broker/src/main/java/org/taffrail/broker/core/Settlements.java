// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrame.Verb;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides what becomes of held messages: settlements and the ends of transactions. What is accepted
 * leaves at once, with one event for each group and kind of persistence; what is given back is
 * returned as a {@link Release}, for that may take several steps.
 */
final class Settlements {
    private static final long[] NONE = {};

    static final Comparator<Hold> BY_OFFSET = Comparator.comparingLong(hold -> hold.offset);

    private final Decisions decisions;

    Settlements(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Takes messages as consumed, at once or with a transaction. */
    void accept(Client client, ClientFrame.Settle frame) {
        Consumer consumer = consumer(client, frame);
        long[] ranges = frame.ranges();
        if (frame.transactionId() == 0 && ranges.length == 2 && ranges[0] == ranges[1]) {
            acceptOne(consumer, ranges);
            return;
        }
        List<Hold> holds = heldBy(consumer, ranges);
        if (frame.transactionId() != 0) {
            join(client.transaction(frame.transactionId()), consumer, holds);
        } else {
            accept(consumer.group.position, holds);
        }
    }

    /** Takes a single message, as most settlements are. */
    private void acceptOne(Consumer consumer, long[] range) {
        Position position = consumer.group.position;
        Hold hold = freeHold(consumer, range[0]);
        if (hold == null) {
            return;
        }
        if (position.group.gone) {
            position.settle(hold.offset);
        } else {
            decisions.settle(position, Event.Reason.ACCEPTED, range, hold.persistent);
        }
    }

    /** Takes messages back; no settlement can name them from now on. */
    Release release(Client client, ClientFrame.Settle frame) {
        Consumer consumer = consumer(client, frame);
        List<Hold> holds = heldBy(consumer, frame.ranges());
        if (frame.transactionId() != 0) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, frame.verb() + " inside a transaction");
        }
        holds.forEach(Hold::bind);
        return new Release(null).add(holds, fate(frame.verb()));
    }

    private static Release.Fate fate(Verb verb) {
        return switch (verb) {
            case RELEASE_UNSEEN -> Release.Fate.UNSEEN;
            case RELEASE_SEEN -> Release.Fate.FAILED;
            case FAIL -> Release.Fate.REFUSED;
            case ACCEPT -> throw new IllegalArgumentException("what is accepted is not released");
        };
    }

    private static Consumer consumer(Client client, ClientFrame.Settle frame) {
        Consumer consumer = client.consumer(frame.consumerId());
        if (consumer == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_CONSUMER, "consumer " + frame.consumerId() + " is not known");
        }
        if (consumer instanceof Browser) {
            throw new WireException(
                    ErrorCode.NOT_HELD,
                    "consumer " + consumer.id + " is a browser: it holds nothing");
        }
        if (consumer.group.position.partition.id != frame.partition()) {
            throw new WireException(
                    ErrorCode.NOT_HELD,
                    "consumer " + consumer.id + " holds nothing of partition " + frame.partition());
        }
        return consumer;
    }

    /** A consumer's hold on an offset; null if it holds it not, or not freely. */
    private static Hold freeHold(Consumer consumer, long offset) {
        Hold hold = consumer.group.position.holdOf(offset);
        return hold != null && hold.consumer == consumer && !hold.bound ? hold : null;
    }

    /** Those offsets of the ranges that a consumer holds and are free, in order. */
    private static List<Hold> heldBy(Consumer consumer, long[] ranges) {
        Ranges wanted = Ranges.of(ranges);
        List<Hold> holds = new ArrayList<>();
        if (wanted.isWiderThan(consumer.freeCount())) {
            for (Hold hold = consumer.firstFree(); hold != null; hold = hold.next) {
                if (wanted.contains(hold.offset)) {
                    holds.add(hold);
                }
            }
            holds.sort(BY_OFFSET);
            return holds;
        }
        for (int range = 0; range < wanted.count(); range++) {
            for (long offset = wanted.first(range); offset <= wanted.last(range); offset++) {
                Hold hold = freeHold(consumer, offset);
                if (hold != null) {
                    holds.add(hold);
                }
            }
        }
        return holds;
    }

    private void join(Transaction transaction, Consumer consumer, List<Hold> holds) {
        int max = decisions.limits().transactions().settlementsMax();
        if (transaction.accepts() + holds.size() > max) {
            WireException tooLarge =
                    new WireException(
                            ErrorCode.TRANSACTION_TOO_LARGE,
                            "the transaction would accept "
                                    + (transaction.accepts() + holds.size())
                                    + " messages, allowed are "
                                    + max);
            transaction.doom(tooLarge);
            throw tooLarge;
        }
        transaction.accept(consumer, holds);
        decisions.idle().used(consumer.client, transaction);
    }

    /** Settles messages of a group as consumed; they are in the order of their offsets. */
    void accept(Position position, List<Hold> holds) {
        if (position.group.gone) {
            holds.forEach(hold -> position.settle(hold.offset));
            return;
        }
        accept(position, holds, true);
        accept(position, holds, false);
    }

    private void accept(Position position, List<Hold> holds, boolean persistent) {
        long[] ranges = rangesOf(holds, persistent);
        if (ranges.length > 0) {
            decisions.settle(position, Event.Reason.ACCEPTED, ranges, persistent);
        }
    }

    /** Returns the offsets of those that are persistent, or are not; they are in their order. */
    static long[] rangesOf(List<Hold> holds, boolean persistent) {
        long[] offsets = new long[holds.size()];
        int size = 0;
        for (Hold hold : holds) {
            if (hold.persistent == persistent) {
                offsets[size++] = hold.offset;
            }
        }
        return size == 0 ? NONE : Ranges.joining(offsets, size);
    }

    /** Takes a transaction from its client; null where nothing was done in it. */
    Transaction end(Client client, long transactionId) {
        Transaction transaction = client.transactions.remove(transactionId);
        if (transaction != null) {
            decisions.idle().ended(transaction);
        }
        return transaction;
    }

    /** Ends a transaction; what is returned gives back what it has accepted where it is refused. */
    Release commit(Client client, long transactionId) {
        Transaction transaction = end(client, transactionId);
        if (transaction == null) {
            return new Release(null);
        }
        WireException refusal = refusal(transaction);
        if (refusal != null) {
            return undo(transaction, new Release(refusal));
        }
        transaction.accepted.forEach(
                (position, holds) -> {
                    holds.sort(BY_OFFSET);
                    accept(position, holds);
                });
        decisions.staging().commit(transaction);
        transaction
                .stagedRecords()
                .forEach((id, records) -> decisions.state().partition(id).decided(records));
        append(transaction.runs);
        client.keepRuns(transaction.runs);
        transaction.volatileRuns.forEach(this::appendVolatile);
        if (client.resumable) {
            decisions.open(client.producer);
            // after a start later sends in the log would pass for an answer to refused ones
            decisions.refused(client.producer);
            decisions.committed(client.producer, transactionId);
        }
        return new Release(null);
    }

    private void append(ByteSink runs) {
        byte[] array = runs.array();
        int at = 0;
        while (at < runs.length()) {
            int length = RunLayout.length(array, at);
            Partition partition = decisions.state().partition(RunLayout.partition(array, at));
            decisions.append(partition, array, at, length, false);
            at += length;
        }
    }

    /** Appends a run of a temporary destination, which may be gone by now with all in it. */
    void appendVolatile(byte[] run) {
        Partition partition = decisions.state().partition(RunLayout.partition(run, 0));
        if (partition != null) {
            decisions.appendVolatile(partition, run);
        }
    }

    /** Why a transaction can't be committed, or null. */
    WireException refusal(Transaction transaction) {
        if (transaction.isDoomed()) {
            return transaction.doomed();
        }
        if (transaction.unfinished() != null) {
            return new WireException(ErrorCode.TRANSACTION_DOOMED, transaction.unfinished().lack());
        }
        for (long partition : transaction.partitions()) {
            if (decisions.state().partition(partition) == null) {
                return new WireException(
                        ErrorCode.TRANSACTION_DOOMED,
                        "partition " + partition + " was deleted meanwhile");
            }
        }
        return null;
    }

    Release rollback(Client client, long transactionId) {
        Transaction transaction = end(client, transactionId);
        Release release = new Release(null);
        return transaction == null ? release : undo(transaction, release);
    }

    Release undo(Transaction transaction, Release release) {
        decisions.staging().abort(transaction);
        transaction.accepted.values().forEach(holds -> release.add(holds, Release.Fate.FAILED));
        return release;
    }

    /** Gives back all that a connection holds which is gone already, and ends its transactions. */
    Release endAll(Client client) {
        Release release = new Release(null);
        for (Transaction transaction : client.transactions.values()) {
            decisions.idle().ended(transaction);
            undo(transaction, release);
        }
        client.transactions.clear();
        for (Consumer consumer : client.consumers.values()) {
            release.addFree(consumer, Release.Fate.SEEN);
        }
        return release;
    }
}
