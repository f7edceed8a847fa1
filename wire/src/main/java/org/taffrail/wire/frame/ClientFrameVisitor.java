// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

/** Handles each frame of a client; a forgotten one does not compile. */
public interface ClientFrameVisitor {
    /**
     * Handles the opening.
     *
     * @param frame the frame
     */
    void onHello(ClientFrame.Hello frame);

    /**
     * Handles a step of the authentication.
     *
     * @param frame the frame
     */
    void onAuthenticate(ClientFrame.Authenticate frame);

    /**
     * Handles the question for a destination.
     *
     * @param frame the frame
     */
    void onResolve(ClientFrame.Resolve frame);

    /**
     * Handles a run of messages.
     *
     * @param frame the frame
     */
    void onSend(ClientFrame.Send frame);

    /**
     * Handles a new consumer.
     *
     * @param frame the frame
     */
    void onAttach(ClientFrame.Attach frame);

    /**
     * Handles credit for a consumer.
     *
     * @param frame the frame
     */
    void onCredit(ClientFrame.Credit frame);

    /**
     * Handles a settlement.
     *
     * @param frame the frame
     */
    void onSettle(ClientFrame.Settle frame);

    /**
     * Handles a commit.
     *
     * @param frame the frame
     */
    void onCommit(ClientFrame.Commit frame);

    /**
     * Handles the question for a commit's outcome.
     *
     * @param frame the frame
     */
    void onAskOutcome(ClientFrame.AskOutcome frame);

    /**
     * Handles a rollback.
     *
     * @param frame the frame
     */
    void onRollback(ClientFrame.Rollback frame);

    /**
     * Handles what is about a branch of a global transaction.
     *
     * @param frame the frame
     */
    void onBranch(BranchFrame frame);

    /**
     * Handles the end of a consumer.
     *
     * @param frame the frame
     */
    void onDetach(ClientFrame.Detach frame);

    /**
     * Handles the end of a subscription.
     *
     * @param frame the frame
     */
    void onUnsubscribe(ClientFrame.Unsubscribe frame);

    /**
     * Handles the wish for a temporary destination.
     *
     * @param frame the frame
     */
    void onCreateTemporary(ClientFrame.CreateTemporary frame);

    /**
     * Handles the end of a temporary destination.
     *
     * @param frame the frame
     */
    void onDeleteTemporary(ClientFrame.DeleteTemporary frame);

    /**
     * Handles a management request.
     *
     * @param frame the frame
     */
    void onManage(ClientFrame.Manage frame);

    /**
     * Handles a sign of life that wants an answer.
     *
     * @param frame the frame
     */
    void onPing(ClientFrame.Ping frame);

    /**
     * Handles the orderly end.
     *
     * @param frame the frame
     */
    void onGoodbye(ClientFrame.Goodbye frame);
}
