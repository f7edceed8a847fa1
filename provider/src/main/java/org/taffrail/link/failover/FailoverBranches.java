// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.Branches;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Xid;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/**
 * The branches of a link that goes on: prepared ones stay when a connection is lost, and what was
 * asked of them is asked again where the answer was lost.
 */
final class FailoverBranches implements Branches {
    private final Routes routes;
    private final Transactions transactions;
    private final LongFunction<CompletableFuture<Void>> rollback;

    /**
     * Makes it.
     *
     * @param rollback rolls a transaction back that is not prepared
     */
    FailoverBranches(
            Routes routes,
            Transactions transactions,
            LongFunction<CompletableFuture<Void>> rollback) {
        this.routes = routes;
        this.transactions = transactions;
        this.rollback = rollback;
    }

    /**
     * Prepares, where nothing of the transaction went with a connection. Who is asked again answers
     * as before; a broker that has forgotten who prepared can't, so that there the branch is rolled
     * back, should it be one.
     */
    @Override
    public CompletableFuture<Void> prepare(long transactionId, Xid xid) {
        if (transactions.isDoomed(transactionId)) {
            return rolledBack(rollback.apply(transactionId));
        }
        return routes.ask(
                route ->
                        transactions.isDoomed(transactionId)
                                ? rolledBack(rollback.apply(transactionId))
                                : route.link.branches().prepare(transactionId, xid),
                route ->
                        transactions.isOfAnotherProducer(transactionId)
                                ? rolledBack(rollback(route, xid))
                                : route.link.branches().prepare(transactionId, xid));
    }

    private static CompletableFuture<Void> rollback(Route route, Xid xid) {
        return Routes.unless(ErrorCode.NO_SUCH_TRANSACTION, route.link.branches().end(xid, false));
    }

    private static CompletableFuture<Void> rolledBack(CompletableFuture<Void> done) {
        return done.thenCompose(
                nothing -> CompletableFuture.failedFuture(Transactions.rolledBackFailure()));
    }

    @Override
    public CompletableFuture<Void> end(Xid xid, boolean commit) {
        return routes.askOnce(
                route -> route.link.branches().end(xid, commit), ErrorCode.NO_SUCH_TRANSACTION);
    }

    @Override
    public CompletableFuture<Void> forget(Xid xid) {
        return routes.askOnce(
                route -> route.link.branches().forget(xid), ErrorCode.NO_SUCH_TRANSACTION);
    }

    @Override
    public CompletableFuture<List<Xid>> list() {
        return routes.ask(route -> route.link.branches().list());
    }
}
