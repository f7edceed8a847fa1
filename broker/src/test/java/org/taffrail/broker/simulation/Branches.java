// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The transaction manager of all clients: which of their transactions are prepared, and what has
 * been decided of them. A decision is said again, by whichever client, until it is answered.
 */
final class Branches {
    private final Model model;
    private final List<Branch> open = new ArrayList<>();
    private int lastNumber;

    Branches(Model model) {
        this.model = model;
    }

    /** How far a branch has come. */
    private enum Phase {
        /** The wish to prepare is not answered. */
        ASKED,
        PREPARED,
        /** It is to be committed; that was not answered. */
        COMMITTING,
        /** It is to be rolled back; that was not answered. */
        ROLLING_BACK
    }

    /** One of them. */
    static final class Branch {
        final Xid xid;
        final int transactionId;
        private final Transaction transaction;
        private Phase phase = Phase.ASKED;

        /** Whether it may not be prepared, or its end was asked for. */
        private boolean mayHaveEnded = true;

        /** Who has asked last, to whom the answer may still come. */
        private Line asker;

        private Branch(Xid xid, int transactionId, Transaction transaction) {
            this.xid = xid;
            this.transactionId = transactionId;
            this.transaction = transaction;
        }

        private boolean isUnderWay() {
            return asker != null && !asker.isOver();
        }
    }

    /** A client wants a transaction prepared. */
    Branch prepare(Line line, Requests requests, int transactionId, Transaction transaction) {
        byte[] number = {(byte) (++lastNumber >> 8), (byte) lastNumber};
        Branch branch = new Branch(new Xid(1, number, new byte[0]), transactionId, transaction);
        open.add(branch);
        for (Copy copy : transaction.accepts) {
            model.released(copy, true);
            copy.keptIn = transaction;
        }
        ask(line, requests, branch);
        return branch;
    }

    /** The client goes on with another connection: it asks again where there was no answer. */
    void askAgain(Line line, Requests requests, Branch branch) {
        if (branch.phase == Phase.ASKED && open.contains(branch)) {
            ask(line, requests, branch);
        }
    }

    private void ask(Line line, Requests requests, Branch branch) {
        branch.asker = line;
        int request = requests.add(answer -> prepared(branch, answer));
        line.say(
                new BranchFrame.Prepare(request, branch.transactionId, branch.xid),
                () -> requests.withdraw(request));
    }

    private void prepared(Branch branch, BrokerFrame answer) {
        branch.asker = null;
        if (branch.phase != Phase.ASKED) {
            return;
        }
        if (answer instanceof BrokerFrame.Done) {
            branch.phase = Phase.PREPARED;
            branch.mayHaveEnded = false;
            branch.transaction.prepared = true;
        } else {
            open.remove(branch);
            givenUp(branch.transaction);
            letGo(branch.transaction);
        }
    }

    /** It is not prepared, or it is and is to be rolled back. */
    private static void givenUp(Transaction transaction) {
        transaction.outcome = Outcome.REFUSED;
        transaction.prepared = false;
        Model.checkNothingSent(transaction);
    }

    /** It has ended. */
    private static void letGo(Transaction transaction) {
        for (Copy copy : transaction.accepts) {
            if (copy.keptIn == transaction) {
                copy.keptIn = null;
            }
        }
    }

    /** Decides one and says so, or says again what was decided; sometimes none waits for that. */
    void decide(Line line, Requests requests, Random random) {
        if (!open.isEmpty()) {
            Branch branch = open.get(random.nextInt(open.size()));
            if (!branch.isUnderWay()) {
                decide(line, requests, branch, random.nextBoolean());
            }
        }
    }

    /** Decides all, and says so. */
    void decideAll(Line line, Requests requests, Random random) {
        for (Branch branch : List.copyOf(open)) {
            decide(line, requests, branch, random.nextBoolean());
        }
    }

    /** What may not be prepared is never committed. */
    private void decide(Line line, Requests requests, Branch branch, boolean commit) {
        if (branch.phase == Phase.COMMITTING || branch.phase == Phase.PREPARED && commit) {
            branch.phase = Phase.COMMITTING;
            model.commitAsked(branch.transaction);
        } else {
            branch.phase = Phase.ROLLING_BACK;
            givenUp(branch.transaction);
        }
        boolean mayHaveEnded = branch.mayHaveEnded;
        branch.mayHaveEnded = true;
        boolean commits = branch.phase == Phase.COMMITTING;
        branch.asker = line;
        int request = requests.add(answer -> ended(branch, mayHaveEnded, answer));
        line.say(
                new BranchFrame.EndBranch(request, branch.xid, commits),
                () -> requests.withdraw(request));
    }

    private void ended(Branch branch, boolean mayHaveEnded, BrokerFrame answer) {
        branch.asker = null;
        if (!open.remove(branch)) {
            return;
        }
        boolean done =
                answer instanceof BrokerFrame.Done
                        || mayHaveEnded
                                && ((BrokerFrame.Failed) answer).code()
                                        == ErrorCode.NO_SUCH_TRANSACTION;
        unless(
                done,
                Invariant.TRANSACTION_ALL_OR_NOTHING,
                "branch " + branch.xid + " can't be ended: " + answer);
        if (branch.phase == Phase.COMMITTING) {
            model.commitDone(branch.transaction);
        }
        letGo(branch.transaction);
    }

    /** When all was decided none is left. */
    void checkEnd() {
        unless(open.isEmpty(), Invariant.NOTHING_STUCK, open.size() + " branches are left");
    }
}
