// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what becomes of held messages: settlements and the ends of transactions. */
final class Settlements {
    private static final Comparator<Hold> BY_OFFSET = Comparator.comparingLong(hold -> hold.offset);

    private final Decisions decisions;
    private final DeadLetters deadLetters;

    Settlements(Decisions decisions, DeadLetters deadLetters) {
        this.decisions = decisions;
        this.deadLetters = deadLetters;
    }

    void settle(Client client, ClientFrame.Settle frame) {
        Consumer consumer = client.consumers.get(frame.consumerId());
        if (consumer == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_CONSUMER, "consumer " + frame.consumerId() + " is not known");
        }
        if (consumer.group.position.partition.id != frame.partition()) {
            throw new WireException(
                    ErrorCode.NOT_HELD,
                    "consumer " + consumer.id + " holds nothing of partition " + frame.partition());
        }
        List<Hold> holds = heldBy(consumer, frame.ranges());
        if (frame.transactionId() != 0) {
            join(client, frame, holds);
            return;
        }
        if (consumer.group.gone) {
            dropGone(holds);
            return;
        }
        switch (frame.verb()) {
            case ACCEPT:
                accept(holds);
                break;
            case RELEASE_UNSEEN:
                holds.forEach(decisions::releaseUnseen);
                break;
            case RELEASE_SEEN:
                holds.forEach(hold -> releaseSeen(hold, true));
                break;
            default:
                holds.forEach(this::refuse);
        }
    }

    /**
     * Puts a message back that may have been seen; {@code failed} counts it as a failed delivery.
     */
    private void releaseSeen(Hold hold, boolean failed) {
        Limits limits = decisions.limits();
        int count = hold.position().failures(hold.offset) + (failed ? 1 : 0);
        if (failed && limits.deliveriesMax() > 0 && count >= limits.deliveriesMax()) {
            if (deadLetters.existFor(hold.position().group.destination)) {
                deadLetters.add(hold, count, "delivery limit");
                return;
            }
        }
        boolean waits = failed && limits.redeliveryDelayMs() > 0;
        decisions.releaseSeen(
                hold, count, waits ? decisions.nowMs() + limits.redeliveryDelayMs() : 0);
    }

    private void refuse(Hold hold) {
        if (deadLetters.existFor(hold.position().group.destination)) {
            int count = hold.position().failures(hold.offset) + 1;
            deadLetters.add(hold, count, "refused by the consumer");
        } else {
            releaseSeen(hold, false);
        }
    }

    /** Those offsets of the ranges that a consumer holds outside any transaction, in order. */
    private static List<Hold> heldBy(Consumer consumer, long[] ranges) {
        Ranges wanted = Ranges.of(ranges);
        List<Hold> holds = new ArrayList<>();
        if (wanted.isWiderThan(consumer.heldCount())) {
            for (Hold hold = consumer.firstHold(); hold != null; hold = hold.next) {
                if (isFree(hold) && wanted.contains(hold.offset)) {
                    holds.add(hold);
                }
            }
            holds.sort(BY_OFFSET);
            return holds;
        }
        for (int range = 0; range < wanted.count(); range++) {
            for (long offset = wanted.first(range); offset <= wanted.last(range); offset++) {
                Hold hold = consumer.group.position.holdOf(offset);
                if (hold != null && hold.consumer == consumer && isFree(hold)) {
                    holds.add(hold);
                }
            }
        }
        return holds;
    }

    private static boolean isFree(Hold hold) {
        return hold.transaction == null && !hold.dying;
    }

    private void join(Client client, ClientFrame.Settle frame, List<Hold> holds) {
        if (frame.verb() != ClientFrame.Verb.ACCEPT) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, frame.verb() + " inside a transaction");
        }
        Transaction transaction = client.transaction(frame.transactionId());
        int max = decisions.limits().transactions().settlementsMax();
        if (transaction.accepted.size() + holds.size() > max) {
            WireException tooLarge =
                    new WireException(
                            ErrorCode.TRANSACTION_TOO_LARGE,
                            "the transaction would accept "
                                    + (transaction.accepted.size() + holds.size())
                                    + " messages, allowed are "
                                    + max);
            transaction.doom(tooLarge);
            throw tooLarge;
        }
        for (Hold hold : holds) {
            hold.transaction = transaction;
            transaction.accepted.add(hold);
        }
    }

    /** Settles messages as consumed, with one event for each group and kind of persistence. */
    private void accept(List<Hold> holds) {
        Map<Position, List<Hold>> byPosition = new LinkedHashMap<>();
        for (Hold hold : holds) {
            byPosition.computeIfAbsent(hold.position(), key -> new ArrayList<>()).add(hold);
        }
        byPosition.forEach(
                (position, held) -> {
                    if (position.group.gone) {
                        dropGone(held);
                        return;
                    }
                    held.sort(BY_OFFSET);
                    acceptOf(position, held, true);
                    acceptOf(position, held, false);
                });
    }

    /**
     * Lets go of messages whose group is gone: a closed subscription's, a deleted destination's.
     */
    private static void dropGone(List<Hold> holds) {
        for (Hold hold : holds) {
            hold.position().settle(hold.offset);
        }
    }

    private void acceptOf(Position position, List<Hold> holds, boolean persistent) {
        long[] ranges = new long[2 * holds.size()];
        int length = 0;
        for (Hold hold : holds) {
            if (hold.persistent != persistent) {
                continue;
            }
            if (length > 0 && ranges[length - 1] + 1 == hold.offset) {
                ranges[length - 1] = hold.offset;
            } else {
                ranges[length++] = hold.offset;
                ranges[length++] = hold.offset;
            }
        }
        if (length > 0) {
            decisions.settle(
                    position, Event.Reason.ACCEPTED, Arrays.copyOf(ranges, length), persistent);
        }
    }

    void commit(Client client, long transactionId) {
        Transaction transaction = client.transactions.remove(transactionId);
        if (transaction == null) {
            return;
        }
        WireException refusal = refusal(transaction);
        if (refusal != null) {
            undo(transaction);
            throw refusal;
        }
        accept(transaction.accepted);
        decisions.staging().commit(transaction);
        append(transaction.runs);
        append(transaction.volatileRuns);
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

    /** Why a transaction can't be committed, or null. */
    private WireException refusal(Transaction transaction) {
        if (transaction.isDoomed()) {
            return transaction.doomed();
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

    void rollback(Client client, long transactionId) {
        Transaction transaction = client.transactions.remove(transactionId);
        if (transaction != null) {
            undo(transaction);
        }
    }

    private void undo(Transaction transaction) {
        decisions.staging().abort(transaction);
        for (Hold hold : transaction.accepted) {
            if (hold.consumer.group.gone) {
                dropGone(List.of(hold));
            } else {
                releaseSeen(hold, true);
            }
        }
    }

    /** Ends all that a lost or closed connection has under way. */
    void endAll(Client client) {
        for (Transaction transaction : client.transactions.values()) {
            undo(transaction);
        }
        client.transactions.clear();
        for (Consumer consumer : new ArrayList<>(client.consumers.values())) {
            List<Hold> holds = new ArrayList<>();
            for (Hold hold = consumer.firstHold(); hold != null; hold = hold.next) {
                if (isFree(hold)) {
                    holds.add(hold);
                }
            }
            holds.sort(BY_OFFSET);
            if (consumer.group.gone) {
                dropGone(holds);
                continue;
            }
            for (Hold hold : holds) {
                releaseSeen(hold, false);
            }
        }
    }
}
