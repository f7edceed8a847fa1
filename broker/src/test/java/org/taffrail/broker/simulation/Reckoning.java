// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What must have held when all is over and everything that was left has been consumed. */
final class Reckoning {
    private final Map<String, Group> groups;

    private final PolicyRules rules;

    private Reckoning(Map<String, Group> groups, PolicyRules rules) {
        this.groups = groups;
        this.rules = rules;
    }

    static void check(
            Collection<Letter> letters,
            List<Transaction> transactions,
            Map<String, Group> groups,
            PolicyRules rules) {
        Reckoning reckoning = new Reckoning(groups, rules);
        letters.forEach(reckoning::checkPresent);
        transactions.forEach(reckoning::checkWhole);
    }

    private void checkPresent(Letter letter) {
        if (!letter.isAcknowledged() || !rules.lasts(letter)) {
            return;
        }
        for (String key : letter.due) {
            Group group = groups.get(key);
            if (group != null && group.vague) {
                continue;
            }
            Copy copy = group == null ? null : group.byLetter.get(Integer.toString(letter.id));
            Copy dead = moved("DLQ.", key, letter);
            Copy expired = moved("EXP.", key, letter);
            Copy byManager = moved(Orders.MOVED, key, letter);
            boolean consumed = isConsumed(copy) || isConsumed(dead) || isConsumed(expired);
            consumed |= isConsumed(byManager) || letter.mayBeEnded.contains(key);
            int left = isLeft(copy) + isLeft(dead) + isLeft(expired) + isLeft(byManager);
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

    /** The message where a queue for what is moved from a group's destination has it. */
    private Copy moved(String prefix, String key, Letter letter) {
        Group queue = groups.get("q:" + prefix + PolicyRules.name(key));
        return queue == null ? null : queue.byLetter.get(letter.id + key);
    }

    /** When the message was last heard where it was moved to, 0 for never. */
    private int movedHeardAt(String key, Letter letter) {
        Copy dead = moved("DLQ.", key, letter);
        Copy expired = moved("EXP.", key, letter);
        Copy byManager = moved(Orders.MOVED, key, letter);
        int heardAt =
                Math.max(dead == null ? 0 : dead.heardAt, expired == null ? 0 : expired.heardAt);
        return Math.max(heardAt, byManager == null ? 0 : byManager.heardAt);
    }

    private void checkWhole(Transaction transaction) {
        if (!transaction.commitAsked || transaction.outcome == Outcome.REFUSED) {
            return;
        }
        List<String> happened = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Letter letter : transaction.sends) {
            boolean mayBeEnded = letter.mayBeEnded.contains(letter.destination);
            if (rules.lasts(letter) && letter.destination.startsWith("q:") && !mayBeEnded) {
                Group group = groups.get(letter.destination);
                Copy copy = group == null ? null : group.byLetter.get(Integer.toString(letter.id));
                boolean present = copy != null || movedHeardAt(letter.destination, letter) > 0;
                (present ? happened : missing).add("send of " + letter);
            }
        }
        for (Copy copy : transaction.accepts) {
            boolean mayBeEnded = copy.letter.mayBeEnded.contains(copy.group.key);
            mayBeEnded |= copy.letter.mayBeRetried;
            boolean lasting = !copy.group.vague && !copy.group.key.contains("#");
            if (rules.lasts(copy.letter) && lasting && !mayBeEnded) {
                boolean returned =
                        copy.heardAt > transaction.askedAt
                                || movedHeardAt(copy.group.key, copy.letter) > transaction.askedAt;
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
