// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an application was told: which sends and transactions succeeded, failed, or are in doubt,
 * and every message it received. Knows nothing of the broker; {@link #violations} says where the
 * broker's word was broken.
 */
public final class Ledger {
    /** How the end of a send or transaction was told. */
    public enum Outcome {
        /** The call returned: it must be there. */
        DONE,
        /** The call failed with the connection: it is there or not, but whole. */
        IN_DOUBT,
        /** Rolled back: it must not be there. */
        UNDONE
    }

    /** Messages sent together; a plain send is alone. */
    private static final class Unit {
        final Set<String> ids = new HashSet<>();
        final String consumed;
        Outcome outcome;

        Unit(String consumed) {
            this.consumed = consumed;
        }
    }

    /** What is known of one message. */
    private static final class Sighting {
        String messageId;
        int received;
        boolean settled;
    }

    private final List<Unit> units = new ArrayList<>();
    private final Map<String, Sighting> sightings = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long redeliveries;

    /**
     * Notes a send or transaction that has ended.
     *
     * @param ids the messages sent in it
     * @param consumed the message consumed in the same transaction, or null
     * @param outcome how it ended
     */
    public synchronized void ended(List<String> ids, String consumed, Outcome outcome) {
        Unit unit = new Unit(consumed);
        unit.ids.addAll(ids);
        unit.outcome = outcome;
        units.add(unit);
        if (consumed != null && outcome == Outcome.DONE) {
            settled(consumed);
        }
    }

    /**
     * Notes that an acknowledgement of a message returned.
     *
     * @param id the message
     */
    public synchronized void settled(String id) {
        sightings.get(id).settled = true;
    }

    /**
     * Notes a message as the application got it.
     *
     * @param id what the sender called it
     * @param messageId its JMSMessageID
     * @param redelivered its JMSRedelivered
     * @param count its JMSXDeliveryCount
     */
    public synchronized void received(String id, String messageId, boolean redelivered, int count) {
        Sighting sighting = sightings.computeIfAbsent(id, key -> new Sighting());
        if (sighting.messageId == null) {
            sighting.messageId = messageId;
        } else if (!sighting.messageId.equals(messageId)) {
            violations.add("AcknowledgedSendIsThereOnce: " + id + " has two message ids");
        }
        if (sighting.settled) {
            violations.add("NoSettledMessageReturns: " + id + " came back");
        }
        if (sighting.received > 0) {
            redeliveries++;
            if (!redelivered || count < 2) {
                violations.add(
                        "RedeliveredFlagSet: "
                                + id
                                + " seen before, flag "
                                + redelivered
                                + ", count "
                                + count);
            }
        }
        sighting.received++;
    }

    /**
     * Notes that something else was not as it should be.
     *
     * @param what the broken rule, a colon, and what was seen
     */
    public synchronized void violated(String what) {
        violations.add(what);
    }

    /**
     * Returns what is known to be wrong already, whatever may still come.
     *
     * @return a text for each
     */
    public synchronized List<String> violationsSoFar() {
        return List.copyOf(violations);
    }

    /**
     * Returns all that contradicts what the application was told, after everything has been
     * drained.
     *
     * @return a text for each
     */
    public synchronized List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        for (Unit unit : units) {
            Set<String> there = new TreeSet<>();
            for (String id : unit.ids) {
                if (sightings.containsKey(id)) {
                    there.add(id);
                }
            }
            if (unit.outcome == Outcome.DONE && there.size() < unit.ids.size()) {
                all.add("NoAcknowledgedSendLost: of " + unit.ids + " there are " + there);
            }
            if (unit.outcome == Outcome.UNDONE && !there.isEmpty()) {
                all.add("TransactionAllOrNothing: rolled back, but there are " + there);
            }
            if (unit.outcome == Outcome.IN_DOUBT
                    && !there.isEmpty()
                    && there.size() < unit.ids.size()) {
                all.add("TransactionAllOrNothing: of " + unit.ids + " there are only " + there);
            }
        }
        all.addAll(doubleForwards());
        return all;
    }

    /** A message that was forwarded in a transaction was forwarded in no other. */
    private List<String> doubleForwards() {
        Map<String, Integer> forwards = new HashMap<>();
        for (Unit unit : units) {
            if (unit.consumed != null && sightings.keySet().containsAll(unit.ids)) {
                forwards.merge(unit.consumed, 1, Integer::sum);
            }
        }
        List<String> doubled = new ArrayList<>();
        forwards.forEach(
                (id, times) -> {
                    if (times > 1) {
                        doubled.add(
                                "TransactionAllOrNothing: " + id + " was forwarded " + times + "x");
                    }
                });
        return doubled;
    }

    /**
     * Sums up.
     *
     * @return how much was noted
     */
    public synchronized String summary() {
        long done = units.stream().filter(unit -> unit.outcome == Outcome.DONE).count();
        long doubt = units.stream().filter(unit -> unit.outcome == Outcome.IN_DOUBT).count();
        return units.size()
                + " sends and transactions ("
                + done
                + " acknowledged, "
                + doubt
                + " in doubt), "
                + sightings.size()
                + " messages seen, "
                + redeliveries
                + " redeliveries";
    }

    /**
     * Returns how many sends and transactions have ended without a word whether they took effect.
     *
     * @return how many so far
     */
    public synchronized long inDoubt() {
        return units.stream().filter(unit -> unit.outcome == Outcome.IN_DOUBT).count();
    }

    /**
     * Returns how many sends and transactions have succeeded.
     *
     * @return how many so far
     */
    public synchronized long acknowledged() {
        return units.stream().filter(unit -> unit.outcome == Outcome.DONE).count();
    }
}
