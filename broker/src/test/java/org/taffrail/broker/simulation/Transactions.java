// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The transactions of a client: one after the other, and one for each large message sent in none.
 */
final class Transactions {
    /** Those of a single large message have numbers from here. */
    private static final int OWN = 1_000_000;

    private final Model model;
    private final Line line;
    private final Requests requests;
    private final int connection;
    private final Map<Integer, Transaction> open = new LinkedHashMap<>();

    /** Those that were to be prepared. */
    private final List<Branches.Branch> prepared = new ArrayList<>();

    private int nextTransaction;
    private int nextOwn = OWN;

    Transactions(Model model, Line line, Requests requests, int connection) {
        this.model = model;
        this.line = line;
        this.requests = requests;
        this.connection = connection;
    }

    /** Goes on after another connection was lost: asks what became of the commits in doubt. */
    void goOn(Transactions before) {
        nextTransaction = before.nextTransaction;
        nextOwn = before.nextOwn;
        prepared.addAll(before.prepared);
        if (!line.isOver()) {
            prepared.forEach(each -> model.branches().askAgain(line, requests, each));
        }
        for (Map.Entry<Integer, Transaction> entry : before.open.entrySet()) {
            if (entry.getValue().commitAsked) {
                open.put(entry.getKey(), entry.getValue());
                if (!line.isOver()) {
                    askOutcome(entry.getKey());
                }
            }
        }
    }

    private void askOutcome(int id) {
        Transaction transaction = open.get(id);
        int request =
                requests.add(
                        answer -> {
                            open.remove(id);
                            boolean committed = answer instanceof BrokerFrame.Done;
                            unless(
                                    !committed || transaction.outcome != Outcome.REFUSED,
                                    Invariant.TRANSACTION_ALL_OR_NOTHING,
                                    "committed, though it was refused");
                            if (committed) {
                                model.commitDone(transaction);
                            } else if (transaction.outcome != Outcome.REFUSED) {
                                unless(
                                        ((BrokerFrame.Failed) answer).code()
                                                == ErrorCode.NOT_COMMITTED,
                                        Invariant.NOTHING_STUCK,
                                        "an outcome that is not known: " + answer);
                                model.commitRefused(transaction);
                            }
                        });
        line.say(new ClientFrame.AskOutcome(request, id), () -> requests.withdraw(request));
    }

    /** Those that have not ended. */
    Collection<Transaction> open() {
        return open.values();
    }

    /** The number of another one, for a large message alone. */
    int own() {
        return nextOwn++;
    }

    /** Returns the one of a number, which begins when it is first asked for. */
    Transaction begun(int id) {
        return open.computeIfAbsent(id, each -> model.transaction(connection * 1000L + each));
    }

    /** The number of the transaction that is open now; it changes with each end. */
    int current() {
        return nextTransaction + 1;
    }

    /** Whether something was sent or accepted in it. */
    boolean isOpen() {
        return open.containsKey(current());
    }

    void commit() {
        int id = current();
        nextTransaction++;
        commit(id);
    }

    void commit(int id) {
        Transaction transaction = open.get(id);
        model.commitAsked(transaction);
        int request =
                requests.add(
                        answer -> {
                            open.remove(id);
                            if (answer instanceof BrokerFrame.Done) {
                                model.commitDone(transaction);
                            } else {
                                model.commitRefused(transaction);
                            }
                        });
        line.say(
                new ClientFrame.Commit(request, id),
                () -> {
                    requests.withdraw(request);
                    model.commitRefused(transaction);
                });
    }

    /** Prepares, so that somebody may decide later. */
    void prepare() {
        int id = current();
        nextTransaction++;
        prepared.add(model.branches().prepare(line, requests, id, open.remove(id)));
    }

    /** Decides what was prepared, by this client or another. */
    void decide(Random random) {
        model.branches().decide(line, requests, random);
    }

    /** Decides all that was prepared. */
    void decideAll(Random random) {
        model.branches().decideAll(line, requests, random);
    }

    void rollback() {
        int id = current();
        nextTransaction++;
        model.rolledBack(open.remove(id));
        int request = requests.add(answer -> {});
        line.say(new ClientFrame.Rollback(request, id), () -> requests.withdraw(request));
    }
}
