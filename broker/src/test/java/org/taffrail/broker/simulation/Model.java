// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.simulation.Violation.Invariant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What clients have asked for and what they were told, and nothing else: the memory against which
 * each delivery, and in the end the whole history, is held.
 */
final class Model {
    private final Map<Integer, Letter> letters = new HashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<String, Long> lastInOrder = new HashMap<>();
    private int clock;
    private int life;
    private boolean closing;

    /** What a sender knows of a send or a client of its transaction. */
    enum Outcome {
        ASKED,
        DONE,
        REFUSED,
        UNKNOWN
    }

    /** A message. */
    static final class Letter {
        final int id;
        final String destination;
        final boolean persistent;
        final int priority;
        final long expiresAtMs;
        final long notBeforeMs;
        final String colour;
        final int life;
        final String order;
        final long sequence;
        final Transaction transaction;
        final Set<String> due = new LinkedHashSet<>();
        Outcome outcome = Outcome.ASKED;

        Letter(
                int id,
                String destination,
                Traits traits,
                int life,
                long connection,
                long sequence,
                Transaction transaction) {
            this.id = id;
            this.destination = destination;
            this.persistent = traits.persistent;
            this.priority = traits.priority;
            this.expiresAtMs = traits.expiresAtMs;
            this.notBeforeMs = traits.notBeforeMs;
            this.colour = traits.colour;
            this.life = life;
            this.sequence = sequence;
            this.transaction = transaction;
            order =
                    connection
                            + (transaction == null ? "" : "/" + transaction.number)
                            + (persistent ? " persistent " : " not persistent ")
                            + priority;
        }

        boolean lasts() {
            return persistent && expiresAtMs == 0;
        }

        @Override
        public String toString() {
            return "m" + id + " to " + destination + " (" + order + " #" + sequence + ")";
        }
    }

    /** What a sender sets. */
    record Traits(
            boolean persistent, int priority, long expiresAtMs, long notBeforeMs, String colour) {}

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

        Group(String key, String colour) {
            this.key = key;
            this.colour = colour;
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
        boolean settled;
        boolean moved;
        int heardAt;
        boolean heardWhileClosing;

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
        final int consumerId;
        final List<Copy> held = new ArrayList<>();

        Holder(Group group, String colour, long connection, int consumerId) {
            this.group = group;
            this.colour = colour;
            this.connection = connection;
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
        Outcome outcome = Outcome.ASKED;

        Transaction(long number) {
            this.number = number;
        }
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

    Letter send(Letter letter) {
        letters.put(letter.id, letter);
        for (Group group : groups.values()) {
            boolean ofDestination =
                    group.key.equals(letter.destination)
                            || group.key.startsWith(letter.destination + "/");
            boolean selected = group.colour == null || group.colour.equals(letter.colour);
            if (ofDestination && selected && group.exists && !group.vague) {
                letter.due.add(group.key);
            }
        }
        if (letter.destination.startsWith("q:")) {
            letter.due.add(letter.destination);
        }
        if (letter.transaction != null) {
            letter.transaction.sends.add(letter);
        }
        return letter;
    }

    Transaction transaction(long number) {
        Transaction transaction = new Transaction(number);
        transactions.add(transaction);
        return transaction;
    }

    /** A consumer hears a message. */
    void delivered(Holder holder, Delivery delivery, long nowMs) {
        clock++;
        Letter letter = letters.get(Integer.parseInt(delivery.body()));
        Group group = holder.group;
        Object name = delivery.property("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION");
        String origin = "";
        if (group.key.startsWith("q:DLQ.")) {
            origin = letter.destination + (name == null ? "" : "/" + name);
            if (name == null && !letter.destination.startsWith("q:")) {
                origin += "/#" + delivery.offset();
            }
        }
        Copy copy = copy(group, letter, delivery.offset(), origin);
        String what = copy + " to " + holder;
        checkMayExist(letter, what);
        unless(!copy.settled, Invariant.NO_SETTLED_MESSAGE_RETURNS, what);
        unless(
                !copy.mayBeSettled || copy.mayBeSettledInLife != life,
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
        checkAsked(holder, letter, origin, what, nowMs);
        if (!origin.isEmpty()) {
            movedFrom(origin, letter, what);
        } else if (copy.heardAt == 0 && !delivery.redelivered() && letter.notBeforeMs == 0) {
            checkOrder(holder, letter, what);
        }
        copy.mayBeSettled = false;
        copy.heardAt = clock;
        copy.heardWhileClosing = closing;
        copy.holder = holder;
        holder.held.add(copy);
    }

    private Copy copy(Group group, Letter letter, long offset, String origin) {
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

    private void checkMayExist(Letter letter, String what) {
        unless(letter.outcome != Outcome.REFUSED, Invariant.REFUSED_HAS_NO_EFFECT, what);
        unless(
                letter.persistent || letter.life == life,
                Invariant.NON_PERSISTENT_AT_MOST_ONCE,
                what + ", sent in start " + letter.life + " heard in " + life);
        Transaction transaction = letter.transaction;
        if (transaction != null) {
            unless(
                    transaction.commitAsked && transaction.outcome != Outcome.REFUSED,
                    Invariant.TRANSACTION_ALL_OR_NOTHING,
                    what + ", sent in a transaction that was not committed");
        }
    }

    private static void checkAsked(
            Holder holder, Letter letter, String origin, String what, long nowMs) {
        unless(
                letter.notBeforeMs <= nowMs || !origin.isEmpty(),
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

    /** A consumer says that messages are consumed; they are settled once it is told so. */
    void acceptAsked(List<Copy> copies) {
        for (Copy copy : copies) {
            letGo(copy);
            copy.seen = true;
            copy.mayBeSettled = true;
            copy.mayBeSettledInLife = life;
        }
    }

    void acceptDone(List<Copy> copies) {
        copies.forEach(copy -> copy.settled = true);
    }

    /** A consumer gives a message back. */
    void released(Copy copy, boolean mayBeSeen) {
        letGo(copy);
        copy.seen |= mayBeSeen;
    }

    private static void letGo(Copy copy) {
        copy.holder.held.remove(copy);
        copy.holder = null;
    }

    /** A client wants its transaction committed. */
    void commitAsked(Transaction transaction) {
        transaction.commitAsked = true;
        transaction.askedAt = clock;
        acceptAsked(transaction.accepts);
    }

    void commitDone(Transaction transaction) {
        transaction.outcome = Outcome.DONE;
        acceptDone(transaction.accepts);
        for (Copy copy : transaction.accepts) {
            unless(
                    copy.heardAt <= transaction.askedAt,
                    Invariant.NO_SETTLED_MESSAGE_RETURNS,
                    copy + ", committed meanwhile");
        }
    }

    void commitRefused(Transaction transaction) {
        transaction.outcome = Outcome.REFUSED;
        for (Copy copy : transaction.accepts) {
            copy.mayBeSettled = false;
            copy.seen = true;
        }
    }

    void rolledBack(Transaction transaction) {
        transaction.outcome = Outcome.REFUSED;
        for (Copy copy : transaction.accepts) {
            released(copy, true);
        }
    }

    /** A consumer's connection has ended, by whatever cause. */
    void lost(Holder holder) {
        for (Copy copy : new ArrayList<>(holder.held)) {
            released(copy, true);
        }
    }

    // What must have held when all is over.

    void checkEnd() {
        for (Letter letter : letters.values()) {
            checkPresent(letter);
        }
        for (Transaction transaction : transactions) {
            checkWhole(transaction);
        }
    }

    private void checkPresent(Letter letter) {
        boolean acknowledged =
                letter.transaction == null
                        ? letter.outcome == Outcome.DONE
                        : letter.transaction.outcome == Outcome.DONE;
        if (!acknowledged || !letter.lasts()) {
            return;
        }
        for (String key : letter.due) {
            Group group = groups.get(key);
            if (group != null && group.vague) {
                continue;
            }
            Copy copy = group == null ? null : group.byLetter.get(Integer.toString(letter.id));
            Copy dead = dead(key, letter);
            boolean consumed = isConsumed(copy) || isConsumed(dead);
            int left = isLeft(copy) + isLeft(dead);
            unless(
                    consumed ? left <= 1 : left == 1,
                    left == 0
                            ? Invariant.NO_ACKNOWLEDGED_SEND_LOST
                            : Invariant.ONE_HOLDER_PER_MESSAGE,
                    letter + " is left " + left + " times in " + key);
        }
    }

    private static boolean isConsumed(Copy copy) {
        return copy != null && !copy.heardWhileClosing && (copy.settled || copy.mayBeSettled);
    }

    private static int isLeft(Copy copy) {
        return copy != null && copy.heardWhileClosing ? 1 : 0;
    }

    /** The message where the dead-letter queue of a group's destination has it. */
    private Copy dead(String key, Letter letter) {
        String destination = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
        Group queue = groups.get("q:DLQ." + destination.substring(2));
        return queue == null ? null : queue.byLetter.get(letter.id + key);
    }

    private void checkWhole(Transaction transaction) {
        if (!transaction.commitAsked || transaction.outcome == Outcome.REFUSED) {
            return;
        }
        List<String> happened = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Letter letter : transaction.sends) {
            if (letter.lasts() && letter.destination.startsWith("q:")) {
                Group group = groups.get(letter.destination);
                Copy copy = group.byLetter.get(Integer.toString(letter.id));
                boolean present = copy != null || dead(letter.destination, letter) != null;
                (present ? happened : missing).add("send of " + letter);
            }
        }
        for (Copy copy : transaction.accepts) {
            if (copy.letter.lasts() && !copy.group.vague && !copy.group.key.contains("#")) {
                Copy dead = dead(copy.group.key, copy.letter);
                boolean returned =
                        copy.heardAt > transaction.askedAt
                                || dead != null && dead.heardAt > transaction.askedAt;
                (returned ? missing : happened).add("accept of " + copy);
            }
        }
        boolean whole =
                transaction.outcome == Outcome.DONE
                        ? missing.isEmpty()
                        : missing.isEmpty() || happened.isEmpty();
        unless(
                whole,
                Invariant.TRANSACTION_ALL_OR_NOTHING,
                "transaction " + transaction.number + ": " + happened + " but not " + missing);
    }
}
