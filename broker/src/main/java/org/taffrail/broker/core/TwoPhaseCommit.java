// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.selector.Selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides what becomes of branches of global transactions: turns transactions into prepared
 * branches, and ends those as their transaction managers, or an operator, have decided.
 */
final class TwoPhaseCommit {
    private final Decisions decisions;
    private final Settlements settlements;
    private final Branches branches;

    TwoPhaseCommit(Decisions decisions, Settlements settlements) {
        this.decisions = decisions;
        this.settlements = settlements;
        branches = decisions.state().branches();
    }

    /**
     * Prepares; what is returned gives back what the transaction has accepted where it is refused.
     *
     * @throws WireException {@link ErrorCode#NO_SUCH_TRANSACTION} if nothing was done in it
     */
    Release prepare(Client client, long transactionId, Xid xid) {
        Branch.Name name = nameOf(client, xid);
        Branch known = branches.find(name);
        if (known != null && known.isOf(client.producer.id, transactionId)) {
            return new Release(null);
        }
        Transaction transaction = settlements.end(client, transactionId);
        if (transaction == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_TRANSACTION,
                    "nothing was done in transaction "
                            + transactionId
                            + ", or it was rolled back with its connection");
        }
        WireException refusal = refusal(transaction, known);
        if (refusal == null) {
            refusal = stage(transaction);
        }
        if (refusal != null) {
            return settlements.undo(transaction, new Release(refusal));
        }
        prepare(client, transaction, name);
        return new Release(null);
    }

    private static Branch.Name nameOf(Client client, Xid xid) {
        return new Branch.Name(client.producer.identity.user(), xid);
    }

    private WireException refusal(Transaction transaction, Branch known) {
        if (known != null) {
            return new WireException(
                    ErrorCode.DUPLICATE_BRANCH,
                    "branch " + known.origin.name().xid() + " is prepared already");
        }
        int max = decisions.limits().transactions().preparedMax();
        if (branches.count() >= max) {
            return new WireException(
                    ErrorCode.LIMIT_REACHED,
                    max
                            + " branches are prepared or wait to be forgotten, the most allowed;"
                            + " complete some, or raise limits.preparedMax");
        }
        return settlements.refusal(transaction);
    }

    /** Stages what it has sent; returns why not, or null. */
    private WireException stage(Transaction transaction) {
        try {
            if (transaction.runs.length() > 0) {
                decisions.staging().stage(transaction);
            }
            return null;
        } catch (WireException e) {
            return e;
        }
    }

    private void prepare(Client client, Transaction transaction, Branch.Name name) {
        List<Branch.Accepted> accepted = new ArrayList<>();
        transaction.accepted.forEach(
                (position, holds) -> {
                    holds.sort(Settlements.BY_OFFSET);
                    long[] ranges = Settlements.rangesOf(holds, true);
                    if (ranges.length > 0 && position.group.isDurable()) {
                        Group group = position.group;
                        accepted.add(new Branch.Accepted(group.destination.id, group.id, ranges));
                    }
                });
        Branch branch =
                new Branch(
                        decisions.state().takeId(),
                        new Branch.Origin(
                                name, client.producer.id, transaction.id, decisions.nowMs()),
                        new Branch.Content(
                                transaction.stagingId,
                                transaction.stagedBytes + transaction.stagingReserve,
                                transaction.stagedRecords(),
                                accepted));
        branch.holds.putAll(transaction.accepted);
        branch.volatileRuns.addAll(transaction.volatileRuns);
        if (client.resumable) {
            // asked again over another connection, it is known who has prepared it
            decisions.open(client.producer);
            decisions.refused(client.producer);
        }
        decisions.prepared(branch);
    }

    /**
     * Ends a prepared branch as its transaction manager has decided.
     *
     * @throws WireException {@link ErrorCode#NO_SUCH_TRANSACTION}, or how an operator has ended it
     */
    Release end(Client client, Xid xid, boolean commit) {
        return end(find(nameOf(client, xid)), commit, false);
    }

    /**
     * Ends a prepared branch as an operator has decided; that is remembered until it is forgotten.
     *
     * @throws WireException {@link ErrorCode#NO_SUCH_TRANSACTION}, or how an operator has ended it
     */
    Release endByOperator(long id, boolean commit) {
        return end(find(id), commit, true);
    }

    private Branch find(Branch.Name name) {
        Branch found = branches.find(name);
        if (found == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_TRANSACTION,
                    "no branch "
                            + name.xid()
                            + " of "
                            + (name.user() == null ? "clients without a user" : name.user())
                            + " is prepared");
        }
        return found;
    }

    private Branch find(long id) {
        Branch found = branches.find(id);
        if (found == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_TRANSACTION, "no branch with id " + id + " is prepared");
        }
        return found;
    }

    private Release end(Branch branch, boolean commit, boolean byOperator) {
        branch.requireUndecided();
        Release release = new Release(null);
        if (commit) {
            commit(branch);
        } else {
            decisions.staging().abort(branch);
            branch.holds.values().forEach(holds -> release.add(holds, Release.Fate.FAILED));
        }
        decisions.ended(branch, commit, byOperator);
        return release;
    }

    private void commit(Branch branch) {
        branch.holds.forEach(settlements::accept);
        decisions.staging().commit(branch);
        branch.content
                .records()
                .forEach((id, records) -> decided(decisions.state().partition(id), records));
        for (byte[] run : branch.volatileRuns) {
            settlements.appendVolatile(run);
        }
    }

    /** A destination that a repair has left out has no partition. */
    private static void decided(Partition partition, int records) {
        if (partition != null) {
            partition.decided(records);
        }
    }

    /**
     * Forgets how an operator has ended a branch.
     *
     * @throws WireException {@link ErrorCode#NO_SUCH_TRANSACTION} if no operator has
     */
    void forget(Client client, Xid xid) {
        forget(find(nameOf(client, xid)));
    }

    void forget(long id) {
        forget(find(id));
    }

    private void forget(Branch branch) {
        if (branch.heuristic == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_TRANSACTION,
                    "branch " + branch.origin.name().xid() + " is prepared: it can't be forgotten");
        }
        decisions.forgotten(branch);
    }

    /** Returns a page of the branches of a client's user. */
    BrokerFrame list(Client client, int requestId, String after) {
        String user = client.producer.identity.user();
        List<Fields> rows = new ArrayList<>();
        String next = null;
        for (Branch each : branches.after(Overview.idAfter(after))) {
            if (Objects.equals(each.origin.name().user(), user)) {
                if (rows.size() == BrokerFrame.Managed.ROWS_MAX) {
                    break;
                }
                rows.add(
                        new Fields.Builder()
                                .put("xid", each.origin.name().xid().toString())
                                .build());
            }
            next = Long.toString(each.id);
        }
        boolean all = next == null || branches.after(Long.parseLong(next)).isEmpty();
        return new BrokerFrame.Managed(requestId, rows, all ? null : next);
    }

    /** Takes hold, after a start, of what prepared branches have accepted. */
    void recovered() {
        for (Branch branch : branches.after(0)) {
            if (branch.heuristic == null) {
                decisions.staging().restored(branch);
                Client keeper =
                        new Client(0, null, null, false, decisions.holdings().ofNobody(), 1);
                branch.content.accepted().forEach(each -> keep(branch, keeper, each));
            }
        }
    }

    private void keep(Branch branch, Client keeper, Branch.Accepted accepted) {
        Destination destination = decisions.state().destination(accepted.destination());
        Group group = destination == null ? null : destination.groups.get(accepted.group());
        if (group == null) {
            return;
        }
        Consumer holder = new Consumer(keeper, (int) branch.id, group, Selector.ALL, false);
        List<Hold> holds = new ArrayList<>();
        long[] ranges = accepted.ranges();
        for (int i = 0; i < ranges.length; i += 2) {
            for (long offset = ranges[i]; offset <= ranges[i + 1]; offset++) {
                Hold hold = group.position.keep(holder, offset, branch.origin.preparedMs());
                if (hold != null) {
                    holds.add(hold);
                }
            }
        }
        branch.holds.put(group.position, holds);
        holder.detach();
        group.leaves(holder);
    }
}
