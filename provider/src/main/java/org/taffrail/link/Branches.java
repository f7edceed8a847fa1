// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.Xid;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a link does with branches of global transactions (X/Open XA). Work is done in a transaction
 * of the link as ever, and ends with {@link Link#commit} or {@link Link#rollback} where it is not
 * prepared; {@link #prepare} turns it into a branch that is bound to no connection, and belongs to
 * the user.
 *
 * <p>As with all of a {@link Link}: any thread may call, and futures fail with {@link
 * org.taffrail.wire.WireException}. All of them fail with {@link
 * org.taffrail.wire.ErrorCode#NOT_SUPPORTED} where the broker knows no branches.
 */
public interface Branches {
    /**
     * Prepares a transaction, which ends by that.
     *
     * @param transactionId the transaction
     * @param xid the branch's name, which the user has no other branch with
     * @return when it is durable; fails with {@link
     *     org.taffrail.wire.ErrorCode#NO_SUCH_TRANSACTION} where the transaction was rolled back
     *     with its connection or nothing was done in it, and with {@link
     *     org.taffrail.wire.ErrorCode#TRANSACTION_DOOMED}, {@link
     *     org.taffrail.wire.ErrorCode#DUPLICATE_BRANCH} or {@link
     *     org.taffrail.wire.ErrorCode#LIMIT_REACHED} where it can't be prepared and is rolled back
     */
    CompletableFuture<Void> prepare(long transactionId, Xid xid);

    /**
     * Ends a prepared branch, whichever connection has prepared it.
     *
     * @param xid the branch
     * @param commit false to roll back
     * @return when it is durable; fails with {@link
     *     org.taffrail.wire.ErrorCode#NO_SUCH_TRANSACTION} where the user has no such branch, and
     *     with {@link org.taffrail.wire.ErrorCode#HEURISTIC_COMMIT} or {@link
     *     org.taffrail.wire.ErrorCode#HEURISTIC_ROLLBACK} where an operator has ended it
     */
    CompletableFuture<Void> end(Xid xid, boolean commit);

    /**
     * Forgets how an operator has ended a branch.
     *
     * @param xid the branch
     * @return when it is durable; fails with {@link
     *     org.taffrail.wire.ErrorCode#NO_SUCH_TRANSACTION} if no operator has
     */
    CompletableFuture<Void> forget(Xid xid);

    /**
     * Asks for the user's branches that are prepared, or were ended by an operator and are not
     * forgotten.
     *
     * @return all of them
     */
    CompletableFuture<List<Xid>> list();
}
