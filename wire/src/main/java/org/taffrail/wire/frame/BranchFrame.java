// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.Xid;

/**
 * What a client says of branches of global transactions (X/Open XA), where {@link FrameLayout#XA}
 * was agreed. Work is done in a transaction of the connection as ever; {@link Prepare} turns it
 * into a branch that is bound to no connection, and belongs to the connection's user.
 */
public sealed interface BranchFrame extends ClientFrame {
    /**
     * Calls the visitor's method for this frame.
     *
     * @param visitor who handles it
     */
    void accept(Visitor visitor);

    @Override
    default void accept(ClientFrameVisitor visitor) {
        visitor.onBranch(this);
    }

    /** Handles each frame about branches; a forgotten one does not compile. */
    interface Visitor {
        /**
         * Handles the wish to prepare.
         *
         * @param frame the frame
         */
        void onPrepare(Prepare frame);

        /**
         * Handles the end of a branch.
         *
         * @param frame the frame
         */
        void onEndBranch(EndBranch frame);

        /**
         * Handles that a branch may be forgotten.
         *
         * @param frame the frame
         */
        void onForgetBranch(ForgetBranch frame);

        /**
         * Handles the question for branches.
         *
         * @param frame the frame
         */
        void onListBranches(ListBranches frame);
    }

    /**
     * Prepares: the transaction ends, and what it has sent and accepted becomes a branch that
     * survives connection and broker, and can be committed or rolled back from any connection of
     * the user. {@link BrokerFrame.Done} follows after durability. Said again over another
     * connection of the same client, it is answered as it was. Refusals: {@link
     * org.taffrail.wire.ErrorCode#NO_SUCH_TRANSACTION}: nothing was done in the transaction, or it
     * was rolled back with its connection; {@link org.taffrail.wire.ErrorCode#TRANSACTION_DOOMED},
     * {@link org.taffrail.wire.ErrorCode#DUPLICATE_BRANCH} and {@link
     * org.taffrail.wire.ErrorCode#LIMIT_REACHED}: the transaction is rolled back.
     *
     * @param requestId comes back in the answer
     * @param transactionId the transaction
     * @param xid the branch's name, which the user has no other branch with
     */
    record Prepare(int requestId, long transactionId, Xid xid) implements BranchFrame {
        @Override
        public void accept(Visitor visitor) {
            visitor.onPrepare(this);
        }
    }

    /**
     * Ends a prepared branch as its transaction manager has decided; {@link BrokerFrame.Done}
     * follows after durability. Refusals: {@link org.taffrail.wire.ErrorCode#NO_SUCH_TRANSACTION}:
     * the user has no such branch, or it has ended as decided; {@link
     * org.taffrail.wire.ErrorCode#HEURISTIC_COMMIT} and {@link
     * org.taffrail.wire.ErrorCode#HEURISTIC_ROLLBACK}: an operator has ended it before, and it
     * waits to be forgotten.
     *
     * @param requestId comes back in the answer
     * @param xid the branch
     * @param commit false to roll back
     */
    record EndBranch(int requestId, Xid xid, boolean commit) implements BranchFrame {
        @Override
        public void accept(Visitor visitor) {
            visitor.onEndBranch(this);
        }
    }

    /**
     * Forgets how an operator has ended a branch; {@link BrokerFrame.Done} follows after
     * durability, {@link org.taffrail.wire.ErrorCode#NO_SUCH_TRANSACTION} if no operator has.
     *
     * @param requestId comes back in the answer
     * @param xid the branch
     */
    record ForgetBranch(int requestId, Xid xid) implements BranchFrame {
        @Override
        public void accept(Visitor visitor) {
            visitor.onForgetBranch(this);
        }
    }

    /**
     * Asks for the user's branches that are prepared, or were ended by an operator and are not
     * forgotten: a page of {@link BrokerFrame.Managed}, each row with {@code xid}, the text of
     * {@link Xid#toString}.
     *
     * @param requestId comes back in the answer
     * @param after where the page begins, as the answer before has said; null for the first
     */
    record ListBranches(int requestId, String after) implements BranchFrame {
        @Override
        public void accept(Visitor visitor) {
            visitor.onListBranches(this);
        }
    }
}
