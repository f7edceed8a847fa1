// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.simulation.Violation.Invariant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients have asked for and what they were told, and nothing else: the memory against which
 * each delivery, and in the end the whole history, is held.
 */
final class Model {
    private static final String REPLAYED = "/replayed";

    private final Map<Integer, Letter> letters = new HashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<String, Long> lastInOrder = new HashMap<>();
    private final PolicyRules rules;
    private final Chronicle chronicle;
    private final OrderBook orders = new OrderBook(letters, groups);
    private final Instances instances = new Instances(this::tick);
    private final Branches branches = new Branches(this);
    private int clock;
    private int life;
    private boolean closing;

    Model(Policies policies) {
        rules = new PolicyRules(policies);
        chronicle = new Chronicle(policies, letters.values());
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

    /** What destinations keep. */
    Chronicle chronicle() {
        return chronicle;
    }

    /** Destinations that are deleted and made again. */
    Instances instances() {
        return instances;
    }

    Collection<Letter> letters() {
        return letters.values();
    }

    /**
     * Where somebody who wants to consume from a lasting subscription starts: with all there is, if
     * the topic keeps some and nobody can have made the subscription before.
     */
    String start(Group group) {
        boolean keeps = chronicle.keeps(group.key);
        boolean all = keeps && group.asks == 0 && !group.vague && group.key.hashCode() % 2 == 0;
        group.asks++;
        return all ? "earliest" : null;
    }

    /** A group has a consumer, and exists if it has a name; where it starts is as asked. */
    void attached(Group group, boolean named, String start) {
        group.exists |= named;
        // another that was asked for meanwhile may have come first
        if (named && start != null && group.asks == 1) {
            letters.values().stream()
                    .filter(each -> group.isFor(each) && each.expiresAtMs == 0)
                    .filter(chronicle::isKept)
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
        chronicle.sent(letter);
        letter.toDeleted = instances.isDeleted(letter.destination);
        if (letter.transaction != null) {
            letter.transaction.sends.add(letter);
        }
        return letter;
    }

    /** How many messages of a group are held; what was prepared keeps none that died since. */
    long held(Group group) {
        return group.copies.values().stream()
                .filter(
                        copy ->
                                copy.isHeld()
                                        && (copy.letter.persistent || copy.letter.life == life))
                .count();
    }

    /** What managers want. */
    OrderBook orders() {
        return orders;
    }

    /** What is prepared. */
    Branches branches() {
        return branches;
    }

    Transaction transaction(long number) {
        Transaction transaction = new Transaction(number);
        transactions.add(transaction);
        return transaction;
    }

    /** A send is done; one in a transaction is in the log when that is. */
    void confirmed(Letter letter) {
        letter.outcome = Outcome.DONE;
        if (letter.transaction == null) {
            unless(!letter.toDeleted, Invariant.DELETED_IS_GONE, letter + " is confirmed");
            chronicle.appended(letter);
        }
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
        join(holder, delivery.partition());
        String origin = origin(holder.group, letter, delivery);
        Copy copy = copy(holder.group, letter, delivery.offset(), origin);
        String what = copy + " to " + holder;
        checkMayExist(letter, holder, what);
        unless(
                !origin.isEmpty() || holder.group.isWhereSent(letter),
                Invariant.DELETED_IS_GONE,
                what + ", sent elsewhere");
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
        unless(
                copy.keptIn == null || !copy.keptIn.prepared,
                Invariant.ONE_HOLDER_PER_MESSAGE,
                what + ", kept in a transaction that is prepared");
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
        } else if (letter.mayBeRetried) {
            retried(copy, what);
        } else if (copy.heardAt == 0 && !delivery.redelivered() && letter.notBeforeMs == 0) {
            checkOrder(holder, letter, what);
        }
        copy.mayBeSettled = false;
        copy.settledIn = null;
        copy.keptIn = null;
        copy.heardAt = clock;
        copy.heardWhileClosing = closing;
        copy.holder = holder;
        holder.held.add(copy);
        holder.heard.add(copy);
    }

    /** Whoever consumes from what is deleted and made again knows from which when it hears. */
    private void join(Holder holder, long partition) {
        String key = holder.group.key;
        if (Instances.isOne(key)) {
            String destination = key.substring(0, 2) + Instances.NAME;
            String instance = Instances.key(destination, partition);
            instances.heard(instance, holder.askedAt);
            int groupAt = key.indexOf('/');
            String name = instance + (groupAt < 0 ? "" : key.substring(groupAt));
            unless(
                    !key.contains("@") || key.equals(name),
                    Invariant.DELETED_IS_GONE,
                    holder + " of " + key + " hears of " + name);
            holder.group = group(name, holder.group.colour);
            holder.group.vague |= groupAt >= 0;
        }
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
        join(holder, delivery.partition());
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
        if (PolicyRules.isOfReplays(group)) {
            return REPLAYED;
        }
        Object name = delivery.property("JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION");
        if (name == null && !letter.destination.startsWith("q:")) {
            return letter.destination + "/#" + delivery.offset();
        }
        return letter.destination + (name == null ? "" : "/" + name);
    }

    Copy copy(Group group, Letter letter, long offset, String origin) {
        Copy copy = group.copies.get(offset);
        boolean ofOneLife = group.key.contains("/#");
        boolean forgotten =
                copy != null && !ofOneLife && !copy.letter.persistent && copy.letter.life < life;
        if (copy != null && !forgotten) {
            unless(
                    copy.letter == letter,
                    Invariant.OFFSETS_NEVER_CHANGE,
                    copy + " is now " + letter);
            return copy;
        }
        if (origin.isEmpty()) {
            unless(
                    letter.offset < 0 || letter.offset == offset || letter.mayBeRetried,
                    Invariant.OFFSETS_NEVER_CHANGE,
                    letter + " at " + offset + " in " + group.key + ", was at " + letter.offset);
            letter.offset = offset;
            chronicle.appended(letter);
        }
        copy = new Copy(group, letter, offset, origin);
        group.copies.put(offset, copy);
        Copy other = group.byLetter.get(letter.id + origin);
        unless(
                other == null || letter.mayBeRetried,
                Invariant.NO_ACKNOWLEDGED_SEND_LOST,
                copy + " is there twice: " + other);
        if (other == null || other.offset < offset) {
            group.byLetter.put(letter.id + origin, copy);
        }
        return copy;
    }

    static void checkMayExist(Letter letter, Holder holder, String what) {
        letter.heard = true;
        unless(letter.outcome != Outcome.REFUSED, Invariant.REFUSED_HAS_NO_EFFECT, what);
        unless(
                letter.persistent || letter.life == holder.life || holder.replays,
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
        if (from != null) {
            left(from.byLetter.get(Integer.toString(letter.id)), what);
        }
    }

    /** A message that is heard where it was sent has left where it was dead, and where it died. */
    private void retried(Copy copy, String what) {
        if (copy.heardAt > 0 || copy.group.key.contains("/#")) {
            return;
        }
        for (Copy each : copy.group.copies.values()) {
            if (each.letter == copy.letter && each.offset < copy.offset) {
                left(each, what);
            }
        }
        Group dead = groups.get(PolicyRules.dead(copy.group.key));
        if (dead != null) {
            left(dead.byLetter.get(copy.letter.id + copy.group.key), what);
        }
    }

    /** A message is heard elsewhere: where it was nobody may have it, now or ever. */
    private static void left(Copy copy, String what) {
        if (copy != null) {
            unless(!copy.settled, Invariant.NO_SETTLED_MESSAGE_RETURNS, what);
            unless(
                    !copy.isHeld(),
                    Invariant.ONE_HOLDER_PER_MESSAGE,
                    what + ", held by " + copy.holder);
            copy.moved = true;
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
        if (copy.holder != null) {
            copy.holder.held.remove(copy);
            copy.holder = null;
        }
    }

    /** A client wants its transaction committed. */
    void commitAsked(Transaction transaction) {
        transaction.commitAsked = true;
        // what was prepared is appended when it is committed, in whichever life that is
        transaction.sends.forEach(letter -> letter.life = life);
        transaction.askedAt = acceptAsked(transaction.accepts, transaction);
    }

    void commitDone(Transaction transaction) {
        transaction.outcome = Outcome.DONE;
        transaction.sends.forEach(chronicle::appended);
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

    static void checkNothingSent(Transaction transaction) {
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
        branches.checkEnd();
        Reckoning.check(letters.values(), transactions, groups, rules);
    }
}
