// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients have asked for and what they were told, and nothing else: the memory against which
 * each delivery, and in the end the whole history, is held.
 */
final class Model {
    private final Map<Integer, Letter> letters = new HashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<String, Long> lastInOrder = new HashMap<>();
    private final PolicyRules rules;
    private final boolean keepsAll;
    private final OrderBook orders = new OrderBook(letters, groups);
    private int clock;
    private int life;
    private boolean closing;

    /** Who shares messages: a queue's consumers or a subscription's. */
    static final class Group {
        final String key;
        final String colour;
        final Map<Long, Copy> copies = new HashMap<>();
        final Map<String, Copy> byLetter = new HashMap<>();

        /** Whether it is not known any more what is in it: someone wanted to end it. */
        boolean vague;

        /** Whether someone was told that it exists. */
        boolean exists;

        /** Whether someone has wanted to make it: it may exist. */
        boolean asked;

        Group(String key, String colour) {
            this.key = key;
            this.colour = colour;
        }

        boolean isFor(Letter letter) {
            boolean ofDestination =
                    key.equals(letter.destination) || key.startsWith(letter.destination + "/");
            return ofDestination && (colour == null || colour.equals(letter.colour));
        }
    }

    /** A message in a group. */
    static final class Copy {
        final Group group;
        final Letter letter;
        final long offset;
        final String origin;
        Holder holder;
        boolean seen;
        boolean mayBeSettled;
        int mayBeSettledInLife;

        /** The transaction in which it may be settled. */
        Transaction settledIn;

        boolean settled;

        /** When its consumer was told that it is settled. */
        int settledAt;

        boolean moved;
        int heardAt;
        boolean heardWhileClosing;

        /** The count of the last delivery. */
        int count;

        /** When a client said that this delivery has failed, 0 where none did. */
        long failedAtMs;

        /** In which start of the broker that was. */
        int failedInLife;

        Copy(Group group, Letter letter, long offset, String origin) {
            this.group = group;
            this.letter = letter;
            this.offset = offset;
            this.origin = origin;
        }

        @Override
        public String toString() {
            return letter + " in " + group.key + " at " + offset;
        }
    }

    /** Who holds messages: one consumer of one connection. */
    static final class Holder {
        final Group group;
        final String colour;
        final long connection;
        final int life;
        final int consumerId;
        final List<Copy> held = new ArrayList<>();

        Holder(Group group, String colour, long connection, int life, int consumerId) {
            this.group = group;
            this.colour = colour;
            this.connection = connection;
            this.life = life;
            this.consumerId = consumerId;
        }

        @Override
        public String toString() {
            return "consumer " + consumerId + " of connection " + connection;
        }
    }

    /** What is sent and accepted together. */
    static final class Transaction {
        final long number;
        final List<Letter> sends = new ArrayList<>();
        final List<Copy> accepts = new ArrayList<>();
        boolean commitAsked;
        boolean rolledBack;
        int askedAt;
        Outcome outcome = Outcome.UNKNOWN;

        Transaction(long number) {
            this.number = number;
        }

        /** Whether the broker may refuse to commit it: only if it has refused one of its sends. */
        boolean mayBeRefused() {
            return outcome != Outcome.DONE
                    && sends.stream().anyMatch(letter -> letter.outcome != Outcome.DONE);
        }
    }

    Model(Policies policies) {
        rules = new PolicyRules(policies);
        keepsAll = policies.of(DestinationKind.TOPIC, "t1").retention().keeps();
    }

    // What happens.

    void begins(int newLife) {
        life = newLife;
    }

    /** From now on everything that is still there is consumed. */
    void closes() {
        closing = true;
    }

    Group group(String key, String colour) {
        return groups.computeIfAbsent(key, each -> new Group(each, colour));
    }

    /**
     * Where somebody who wants to consume from a lasting subscription starts: with all there is, if
     * the topic keeps all and nobody can have made the subscription before.
     */
    String start(Group group) {
        boolean all = keepsAll && !group.asked && !group.vague && group.key.hashCode() % 2 == 0;
        group.asked = true;
        return all ? "earliest" : null;
    }

    /** A group has a consumer, and exists if it has a name; where it starts is as asked. */
    void attached(Group group, boolean named, String start) {
        group.exists |= named;
        if (start != null) {
            letters.values().stream()
                    .filter(each -> group.isFor(each) && each.expiresAtMs == 0)
                    .forEach(each -> each.due.add(group.key));
        }
    }

    Letter send(Letter letter) {
        letters.put(letter.id, letter);
        for (Group group : groups.values()) {
            if (group.isFor(letter) && group.exists && !group.vague) {
                letter.due.add(group.key);
            }
        }
        if (letter.destination.startsWith("q:")) {
            letter.due.add(letter.destination);
        }
        orders.sent(letter);
        if (letter.transaction != null) {
            letter.transaction.sends.add(letter);
        }
        return letter;
    }

    /** What managers want. */
    OrderBook orders() {
        return orders;
    }

    Transaction transaction(long number) {
        Transaction transaction = new Transaction(number);
        transactions.add(transaction);
        return transaction;
    }

    /** A send was refused, or is known never to have been heard. */
    void refused(Letter letter) {
        letter.outcome = Outcome.REFUSED;
        unless(!letter.heard, Invariant.REFUSED_HAS_NO_EFFECT, letter + ", heard before");
    }

    /** A consumer hears a message. */
    void delivered(Holder holder, Delivery delivery, long nowMs) {
        clock++;
        Letter letter = letter(delivery);
        String origin = origin(holder.group, letter, delivery);
        Copy copy = copy(holder.group, letter, delivery.offset(), origin);
        String what = copy + " to " + holder;
        checkMayExist(letter, holder, what);
        unless(!copy.settled, Invariant.NO_SETTLED_MESSAGE_RETURNS, what);
        unless(
                !letter.ended.contains(holder.group.key),
                Invariant.NO_SETTLED_MESSAGE_RETURNS,
                what + ", ended by a manager");
        boolean refused = copy.settledIn != null && copy.settledIn.mayBeRefused();
        unless(
                !copy.mayBeSettled || copy.mayBeSettledInLife != life || refused,
                Invariant.NO_SETTLED_MESSAGE_RETURNS,
                what + ", accepted before the answer");
        unless(
                copy.holder == null,
                Invariant.ONE_HOLDER_PER_MESSAGE,
                what + ", held by " + copy.holder);
        unless(!copy.moved, Invariant.ONE_HOLDER_PER_MESSAGE, what + ", moved before");
        unless(
                !copy.seen || delivery.redelivered(),
                Invariant.REDELIVERED_FLAG_SET,
                what + ", seen before");
        unless(
                delivery.redelivered() == delivery.count() > 1,
                Invariant.REDELIVERED_FLAG_SET,
                what + ", count " + delivery.count() + ", flag " + delivery.redelivered());
        KeyRules.checkDelivery(copy, holder);
        checkAsked(holder, letter, origin, what, nowMs);
        rules.checkDelivery(copy, delivery, nowMs, copy.failedInLife == life);
        copy.count = delivery.count();
        if (!origin.isEmpty()) {
            movedFrom(origin, letter, what);
        } else if (copy.heardAt == 0 && !delivery.redelivered() && letter.notBeforeMs == 0) {
            checkOrder(holder, letter, what);
        }
        copy.mayBeSettled = false;
        copy.settledIn = null;
        copy.heardAt = clock;
        copy.heardWhileClosing = closing;
        copy.holder = holder;
        holder.held.add(copy);
    }

    /** Time goes on; what was told before comes before what is asked now. */
    int tick() {
        return ++clock;
    }

    /**
     * A consumer hears a message when the broker has let go of it already, because its connection
     * is over: it may be another's by now, but was seen.
     */
    void deliveredLate(Holder holder, Delivery delivery, long nowMs) {
        Letter letter = letter(delivery);
        if (!letter.persistent && holder.life < life) {
            return;
        }
        String origin = origin(holder.group, letter, delivery);
        Copy copy = copy(holder.group, letter, delivery.offset(), origin);
        String what = copy + " to " + holder + ", late";
        checkMayExist(letter, holder, what);
        checkAsked(holder, letter, origin, what, nowMs);
        copy.seen = true;
    }

    Letter letter(Delivery delivery) {
        boolean number = delivery.body().matches("[0-9]{1,9}(:.*)?");
        Letter letter = number ? letters.get(Deliveries.id(delivery.body())) : null;
        boolean sent = letter != null && letter.body().equals(delivery.body());
        unless(sent, Invariant.WELL_FORMED, "nobody has sent '" + delivery.body() + "'");
        return letter;
    }

    /** Where a message of a dead-letter or expiry queue comes from; empty for any other. */
    static String origin(Group group, Letter letter, Delivery delivery) {
        if (!PolicyRules.isOfMoved(group)) {
            return "";
        }
        Object name = delivery.property("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION");
        if (name == null && !letter.destination.startsWith("q:")) {
            return letter.destination + "/#" + delivery.offset();
        }
        return letter.destination + (name == null ? "" : "/" + name);
    }

    Copy copy(Group group, Letter letter, long offset, String origin) {
        Copy copy = group.copies.get(offset);
        boolean forgotten = copy != null && !copy.letter.persistent && copy.letter.life < life;
        if (copy != null && !forgotten) {
            unless(
                    copy.letter == letter,
                    Invariant.OFFSETS_NEVER_CHANGE,
                    copy + " is now " + letter);
            return copy;
        }
        copy = new Copy(group, letter, offset, origin);
        group.copies.put(offset, copy);
        Copy other = group.byLetter.put(letter.id + origin, copy);
        if (other != null) {
            throw new Violation(
                    Invariant.NO_ACKNOWLEDGED_SEND_LOST, copy + " is there twice: " + other);
        }
        return copy;
    }

    static void checkMayExist(Letter letter, Holder holder, String what) {
        letter.heard = true;
        unless(letter.outcome != Outcome.REFUSED, Invariant.REFUSED_HAS_NO_EFFECT, what);
        unless(
                letter.persistent || letter.life == holder.life,
                Invariant.NON_PERSISTENT_AT_MOST_ONCE,
                what + ", sent in start " + letter.life + " heard in " + holder.life);
        Transaction transaction = letter.transaction;
        if (transaction != null) {
            unless(
                    transaction.commitAsked && transaction.outcome != Outcome.REFUSED,
                    Invariant.TRANSACTION_ALL_OR_NOTHING,
                    what + ", sent in a transaction that was not committed");
        }
    }

    static void checkAsked(Holder holder, Letter letter, String origin, String what, long nowMs) {
        unless(
                letter.notBeforeMs <= nowMs
                        || !origin.isEmpty() && !PolicyRules.isOfManagers(holder.group),
                Invariant.DELIVERED_AS_ASKED,
                what + ", too early");
        unless(
                holder.colour == null || holder.colour.equals(letter.colour),
                Invariant.DELIVERED_AS_ASKED,
                what + ", not selected");
    }

    private void movedFrom(String origin, Letter letter, String what) {
        Group from = groups.get(origin);
        Copy original = from == null ? null : from.byLetter.get(Integer.toString(letter.id));
        if (original != null) {
            unless(!original.settled, Invariant.NO_SETTLED_MESSAGE_RETURNS, what);
            unless(
                    original.holder == null,
                    Invariant.ONE_HOLDER_PER_MESSAGE,
                    what + ", held by " + original.holder);
            original.moved = true;
        }
    }

    private void checkOrder(Holder holder, Letter letter, String what) {
        String key = holder.connection + "." + holder.consumerId + " " + letter.order;
        Long last = lastInOrder.put(key, letter.sequence);
        unless(
                last == null || last < letter.sequence,
                Invariant.ORDER_KEPT_PER_PRODUCER_AND_PRIORITY,
                what + ", after #" + last);
    }

    /**
     * A consumer says that messages are consumed; they are settled once it is told so.
     *
     * @param transaction the one that is committed with this, or null
     * @return when it was asked
     */
    int acceptAsked(List<Copy> copies, Transaction transaction) {
        for (Copy copy : copies) {
            letGo(copy);
            copy.seen = true;
            copy.mayBeSettled = true;
            copy.mayBeSettledInLife = life;
            copy.settledIn = transaction;
        }
        return clock;
    }

    void acceptDone(List<Copy> copies, int askedAt) {
        for (Copy copy : copies) {
            copy.settled = true;
            copy.settledAt = clock;
            unless(
                    copy.heardAt <= askedAt,
                    Invariant.NO_SETTLED_MESSAGE_RETURNS,
                    copy + ", accepted meanwhile");
        }
    }

    /** The broker will never hear that messages are consumed. */
    void acceptNeverHeard(List<Copy> copies) {
        copies.forEach(copy -> copy.mayBeSettled = false);
    }

    /** A consumer gives a message back. */
    void released(Copy copy, boolean mayBeSeen) {
        letGo(copy);
        copy.seen |= mayBeSeen;
    }

    /** A consumer says that it has failed with a message that it has given back. */
    void failed(Copy copy, long nowMs) {
        copy.failedAtMs = nowMs;
        copy.failedInLife = life;
    }

    private static void letGo(Copy copy) {
        copy.failedAtMs = 0;
        copy.holder.held.remove(copy);
        copy.holder = null;
    }

    /** A client wants its transaction committed. */
    void commitAsked(Transaction transaction) {
        transaction.commitAsked = true;
        transaction.askedAt = acceptAsked(transaction.accepts, transaction);
    }

    void commitDone(Transaction transaction) {
        transaction.outcome = Outcome.DONE;
        acceptDone(transaction.accepts, transaction.askedAt);
    }

    /** A commit was refused, or is known never to have been heard. */
    void commitRefused(Transaction transaction) {
        transaction.outcome = Outcome.REFUSED;
        checkNothingSent(transaction);
        for (Copy copy : transaction.accepts) {
            if (copy.settledIn == transaction) {
                copy.mayBeSettled = false;
            }
        }
    }

    void rolledBack(Transaction transaction) {
        transaction.outcome = Outcome.REFUSED;
        checkNothingSent(transaction);
        for (Copy copy : transaction.accepts) {
            released(copy, true);
        }
    }

    private static void checkNothingSent(Transaction transaction) {
        for (Letter letter : transaction.sends) {
            unless(
                    !letter.heard,
                    Invariant.TRANSACTION_ALL_OR_NOTHING,
                    letter + ", heard before its transaction was given up");
        }
    }

    /** A consumer's connection is over, by whatever cause. */
    void lost(Holder holder) {
        for (Copy copy : new ArrayList<>(holder.held)) {
            released(copy, true);
        }
    }

    /** Holds what was told against what was there when all was consumed. */
    void checkEnd() {
        Reckoning.check(letters.values(), transactions, groups, rules);
    }
}
