// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.ClientFrameVisitor;

import java.util.function.Supplier;

/** Where a client's frames go: each to who decides it, whose refusal becomes the answer. */
final class Requests {
    private final Decisions decisions;
    private final Sends sends;
    private final Releases releases;
    private final Settlements settlements;
    private final Attachments attachments;
    private final TwoPhaseCommit twoPhase;

    Requests(
            Decisions decisions,
            Releases releases,
            Settlements settlements,
            TwoPhaseCommit twoPhase,
            Attachments attachments) {
        this.decisions = decisions;
        this.sends = new Sends(decisions);
        this.releases = releases;
        this.settlements = settlements;
        this.twoPhase = twoPhase;
        this.attachments = attachments;
    }

    Sends sends() {
        return sends;
    }

    /**
     * Takes what a client wants.
     *
     * @throws WireException where the client broke the protocol
     */
    void decide(Client client, ClientFrame frame) {
        frame.accept(new Request(client));
    }

    /** One frame of one client. */
    private final class Request implements ClientFrameVisitor, BranchFrame.Visitor {
        private final Client client;

        Request(Client client) {
            this.client = client;
        }

        private void answer(int requestId, Runnable request) {
            WireException refusal = null;
            try {
                request.run();
            } catch (WireException e) {
                refusal = e;
            }
            answer(requestId, refusal);
        }

        private void answer(int requestId, WireException refusal) {
            if (requestId == 0) {
                return;
            }
            decisions.tell(
                    client,
                    refusal == null
                            ? new BrokerFrame.Done(requestId)
                            : new BrokerFrame.Failed(
                                    requestId, refusal.code(), refusal.getMessage()));
        }

        /** Answers when all is back that the request gives back. */
        private void answerWhenBack(int requestId, Supplier<Release> request) {
            Release release;
            try {
                release = request.get();
            } catch (WireException e) {
                answer(requestId, e);
                return;
            }
            release.whenDone(() -> answer(requestId, release.refusal()));
            releases.begin(client, release);
        }

        private void resolved(int requestId, Supplier<Destination> request) {
            Destination destination;
            try {
                destination = request.get();
            } catch (WireException e) {
                decisions.tell(client, new BrokerFrame.Failed(requestId, e.code(), e.getMessage()));
                return;
            }
            decisions.tell(
                    client,
                    new BrokerFrame.Resolved(
                            requestId,
                            destination.partition.id,
                            destination.kind,
                            destination.name));
        }

        /** A transaction that can't be begun ends the connection: nobody must think it whole. */
        private void admit(long transactionId) {
            client.checkTransaction(transactionId, decisions.limits().transactions().openMax());
        }

        @Override
        public void onSend(ClientFrame.Send frame) {
            admit(frame.transactionId());
            sends.send(client, frame, null);
        }

        @Override
        public void onResolve(ClientFrame.Resolve frame) {
            resolved(
                    frame.requestId(), () -> attachments.reach(client, frame.kind(), frame.name()));
        }

        @Override
        public void onAttach(ClientFrame.Attach frame) {
            answer(frame.requestId(), () -> attachments.attach(client, frame));
        }

        @Override
        public void onCredit(ClientFrame.Credit frame) {
            attachments.credit(client, frame);
        }

        @Override
        public void onSettle(ClientFrame.Settle frame) {
            admit(frame.transactionId());
            if (frame.verb() == ClientFrame.Verb.ACCEPT) {
                answer(frame.requestId(), () -> settlements.accept(client, frame));
            } else {
                answerWhenBack(frame.requestId(), () -> settlements.release(client, frame));
            }
        }

        @Override
        public void onCommit(ClientFrame.Commit frame) {
            answerWhenBack(
                    frame.requestId(), () -> settlements.commit(client, frame.transactionId()));
        }

        @Override
        public void onAskOutcome(ClientFrame.AskOutcome frame) {
            answer(
                    frame.requestId(),
                    () -> {
                        requireResumable();
                        client.producer.requireCommitted(frame.transactionId());
                    });
        }

        private void requireResumable() {
            if (!client.resumable) {
                throw new WireException(
                        ErrorCode.NOT_SUPPORTED, "a client that is not remembered has no outcomes");
            }
        }

        @Override
        public void onRollback(ClientFrame.Rollback frame) {
            answerWhenBack(
                    frame.requestId(), () -> settlements.rollback(client, frame.transactionId()));
        }

        @Override
        public void onDetach(ClientFrame.Detach frame) {
            answer(frame.requestId(), () -> attachments.detach(client, frame.consumerId()));
        }

        @Override
        public void onUnsubscribe(ClientFrame.Unsubscribe frame) {
            answer(frame.requestId(), () -> attachments.unsubscribe(client, frame.subscription()));
        }

        @Override
        public void onCreateTemporary(ClientFrame.CreateTemporary frame) {
            resolved(
                    frame.requestId(),
                    () -> attachments.createTemporary(client, frame.kind(), frame.name()));
        }

        @Override
        public void onDeleteTemporary(ClientFrame.DeleteTemporary frame) {
            answer(frame.requestId(), () -> attachments.deleteTemporary(client, frame.name()));
        }

        @Override
        public void onBranch(BranchFrame frame) {
            frame.accept((BranchFrame.Visitor) this);
        }

        @Override
        public void onPrepare(BranchFrame.Prepare frame) {
            answerWhenBack(
                    frame.requestId(),
                    () -> twoPhase.prepare(client, frame.transactionId(), frame.xid()));
        }

        @Override
        public void onEndBranch(BranchFrame.EndBranch frame) {
            answerWhenBack(
                    frame.requestId(), () -> twoPhase.end(client, frame.xid(), frame.commit()));
        }

        @Override
        public void onForgetBranch(BranchFrame.ForgetBranch frame) {
            answer(frame.requestId(), () -> twoPhase.forget(client, frame.xid()));
        }

        @Override
        public void onListBranches(BranchFrame.ListBranches frame) {
            BrokerFrame page;
            try {
                page = twoPhase.list(client, frame.requestId(), frame.after());
            } catch (WireException e) {
                answer(frame.requestId(), e);
                return;
            }
            decisions.tell(client, page);
        }

        @Override
        public void onHello(ClientFrame.Hello frame) {
            throw outOfTurn();
        }

        @Override
        public void onAuthenticate(ClientFrame.Authenticate frame) {
            throw outOfTurn();
        }

        @Override
        public void onManage(ClientFrame.Manage frame) {
            throw outOfTurn();
        }

        @Override
        public void onPing(ClientFrame.Ping frame) {
            throw outOfTurn();
        }

        @Override
        public void onGoodbye(ClientFrame.Goodbye frame) {
            throw outOfTurn();
        }

        private WireException outOfTurn() {
            return new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a frame that is not for the core");
        }
    }
}
