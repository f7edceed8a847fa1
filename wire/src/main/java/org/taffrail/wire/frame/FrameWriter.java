// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;

/**
 * Appends frames to a sink. Not thread-safe. {@link #send} writes the frame that carries messages
 * without an object for it.
 */
public final class FrameWriter
        implements ClientFrameVisitor, BrokerFrameVisitor, BranchFrame.Visitor {
    private final ByteSink sink;

    /**
     * Makes a writer.
     *
     * @param sink where the frames go
     */
    public FrameWriter(ByteSink sink) {
        this.sink = sink;
    }

    /**
     * Returns where the frames go.
     *
     * @return the sink
     */
    public ByteSink sink() {
        return sink;
    }

    /**
     * Appends a frame of a client.
     *
     * @param frame the frame
     */
    public void write(ClientFrame frame) {
        frame.accept(this);
    }

    /**
     * Appends a frame of a broker.
     *
     * @param frame the frame
     */
    public void write(BrokerFrame frame) {
        frame.accept(this);
    }

    @Override
    public void onHello(ClientFrame.Hello frame) {
        int at = begin(FrameLayout.HELLO);
        sink.putLong(frame.features());
        sink.putInt(frame.frameBytesMax());
        sink.putInt(frame.heartbeatMs());
        sink.putLong(frame.instanceHigh());
        sink.putLong(frame.instanceLow());
        sink.putInt(frame.epoch());
        sink.putText(frame.clientId());
        sink.putText(frame.mechanism());
        sink.putBlob(frame.response());
        sink.putText(frame.product());
        sink.putLong(frame.producerId());
        sink.putLong(frame.nextSequence());
        end(at);
    }

    @Override
    public void onAuthenticate(ClientFrame.Authenticate frame) {
        int at = begin(FrameLayout.AUTHENTICATE);
        sink.putBlob(frame.response());
        end(at);
    }

    @Override
    public void onResolve(ClientFrame.Resolve frame) {
        int at = begin(FrameLayout.RESOLVE);
        sink.putInt(frame.requestId());
        sink.putByte(frame.kind().ordinal());
        sink.putText(frame.name());
        end(at);
    }

    @Override
    public void onSend(ClientFrame.Send frame) {
        send(frame.transactionId(), frame.array(), frame.at(), frame.length());
    }

    /**
     * Appends {@link ClientFrame.Send}.
     *
     * @param transactionId 0 outside a transaction
     * @param array the bytes
     * @param at where the run begins
     * @param length the run's bytes
     */
    public void send(long transactionId, byte[] array, int at, int length) {
        int frame = beginSend(transactionId);
        sink.putBytes(array, at, length);
        endSend(frame);
    }

    /**
     * Begins {@link ClientFrame.Send}: the run is to be appended to the sink, and {@link #endSend}
     * called.
     *
     * @param transactionId 0 outside a transaction
     * @return where the frame begins
     */
    public int beginSend(long transactionId) {
        int frame = begin(FrameLayout.SEND);
        sink.putLong(transactionId);
        return frame;
    }

    /**
     * Ends what {@link #beginSend} has begun.
     *
     * @param frame where the frame begins
     */
    public void endSend(int frame) {
        end(frame);
    }

    @Override
    public void onAttach(ClientFrame.Attach frame) {
        int at = begin(FrameLayout.ATTACH);
        sink.putInt(frame.requestId());
        sink.putInt(frame.consumerId());
        sink.putByte(frame.source().ordinal());
        sink.putByte(frame.kind().ordinal());
        sink.putText(frame.destination());
        sink.putText(frame.subscription());
        sink.putText(frame.selector());
        sink.putBoolean(frame.noLocal());
        sink.putText(frame.start());
        sink.putBoolean(frame.exclusive());
        sink.putBoolean(frame.timed());
        end(at);
    }

    @Override
    public void onCredit(ClientFrame.Credit frame) {
        int at = begin(FrameLayout.CREDIT);
        sink.putInt(frame.consumerId());
        sink.putInt(frame.messages());
        sink.putInt(frame.bytes());
        sink.putBoolean(frame.reset());
        sink.putInt(frame.drainToken());
        end(at);
    }

    @Override
    public void onSettle(ClientFrame.Settle frame) {
        int at = begin(FrameLayout.SETTLE);
        sink.putInt(frame.requestId());
        sink.putLong(frame.transactionId());
        sink.putInt(frame.consumerId());
        sink.putByte(frame.verb().ordinal());
        sink.putLong(frame.partition());
        sink.putInt(frame.ranges().length / 2);
        for (long bound : frame.ranges()) {
            sink.putLong(bound);
        }
        end(at);
    }

    @Override
    public void onCommit(ClientFrame.Commit frame) {
        int at = begin(FrameLayout.COMMIT);
        sink.putInt(frame.requestId());
        sink.putLong(frame.transactionId());
        end(at);
    }

    @Override
    public void onAskOutcome(ClientFrame.AskOutcome frame) {
        int at = begin(FrameLayout.ASK_OUTCOME);
        sink.putInt(frame.requestId());
        sink.putLong(frame.transactionId());
        end(at);
    }

    @Override
    public void onBranch(BranchFrame frame) {
        frame.accept((BranchFrame.Visitor) this);
    }

    @Override
    public void onPrepare(BranchFrame.Prepare frame) {
        int at = begin(FrameLayout.PREPARE);
        sink.putInt(frame.requestId());
        sink.putLong(frame.transactionId());
        frame.xid().write(sink);
        end(at);
    }

    @Override
    public void onEndBranch(BranchFrame.EndBranch frame) {
        int at = begin(FrameLayout.END_BRANCH);
        sink.putInt(frame.requestId());
        frame.xid().write(sink);
        sink.putBoolean(frame.commit());
        end(at);
    }

    @Override
    public void onForgetBranch(BranchFrame.ForgetBranch frame) {
        int at = begin(FrameLayout.FORGET_BRANCH);
        sink.putInt(frame.requestId());
        frame.xid().write(sink);
        end(at);
    }

    @Override
    public void onListBranches(BranchFrame.ListBranches frame) {
        int at = begin(FrameLayout.LIST_BRANCHES);
        sink.putInt(frame.requestId());
        sink.putText(frame.after());
        end(at);
    }

    @Override
    public void onRollback(ClientFrame.Rollback frame) {
        int at = begin(FrameLayout.ROLLBACK);
        sink.putInt(frame.requestId());
        sink.putLong(frame.transactionId());
        end(at);
    }

    @Override
    public void onDetach(ClientFrame.Detach frame) {
        int at = begin(FrameLayout.DETACH);
        sink.putInt(frame.requestId());
        sink.putInt(frame.consumerId());
        end(at);
    }

    @Override
    public void onUnsubscribe(ClientFrame.Unsubscribe frame) {
        int at = begin(FrameLayout.UNSUBSCRIBE);
        sink.putInt(frame.requestId());
        sink.putText(frame.subscription());
        end(at);
    }

    @Override
    public void onCreateTemporary(ClientFrame.CreateTemporary frame) {
        int at = begin(FrameLayout.CREATE_TEMPORARY);
        sink.putInt(frame.requestId());
        sink.putByte(frame.kind().ordinal());
        sink.putText(frame.name());
        end(at);
    }

    @Override
    public void onDeleteTemporary(ClientFrame.DeleteTemporary frame) {
        int at = begin(FrameLayout.DELETE_TEMPORARY);
        sink.putInt(frame.requestId());
        sink.putText(frame.name());
        end(at);
    }

    @Override
    public void onManage(ClientFrame.Manage frame) {
        int at = begin(FrameLayout.MANAGE);
        sink.putInt(frame.requestId());
        sink.putInt(frame.operation());
        frame.fields().write(sink);
        end(at);
    }

    @Override
    public void onPing(ClientFrame.Ping frame) {
        end(begin(FrameLayout.PING));
    }

    @Override
    public void onGoodbye(ClientFrame.Goodbye frame) {
        end(begin(FrameLayout.GOODBYE));
    }

    @Override
    public void onWelcome(BrokerFrame.Welcome frame) {
        int at = begin(FrameLayout.WELCOME);
        sink.putInt(frame.version());
        sink.putLong(frame.features());
        sink.putInt(frame.frameBytesMax());
        sink.putInt(frame.messageBytesMax());
        sink.putInt(frame.heartbeatMs());
        sink.putLong(frame.producerId());
        sink.putInt(frame.windowMessages());
        sink.putInt(frame.windowBytes());
        sink.putLong(frame.serverTimeMs());
        sink.putInt(frame.incarnation());
        sink.putText(frame.product());
        sink.putByte(frame.recognition().ordinal());
        end(at);
    }

    @Override
    public void onChallenge(BrokerFrame.Challenge frame) {
        int at = begin(FrameLayout.CHALLENGE);
        sink.putBlob(frame.challenge());
        end(at);
    }

    @Override
    public void onDone(BrokerFrame.Done frame) {
        int at = begin(FrameLayout.DONE);
        sink.putInt(frame.requestId());
        end(at);
    }

    @Override
    public void onFailed(BrokerFrame.Failed frame) {
        int at = begin(FrameLayout.FAILED);
        sink.putInt(frame.requestId());
        sink.putByte(frame.code().number());
        sink.putText(frame.detail());
        end(at);
    }

    @Override
    public void onResolved(BrokerFrame.Resolved frame) {
        int at = begin(FrameLayout.RESOLVED);
        sink.putInt(frame.requestId());
        sink.putLong(frame.partition());
        sink.putByte(frame.kind().ordinal());
        sink.putText(frame.name());
        end(at);
    }

    @Override
    public void onConfirm(BrokerFrame.Confirm frame) {
        int at = begin(FrameLayout.CONFIRM);
        sink.putLong(frame.first());
        sink.putLong(frame.last());
        end(at);
    }

    @Override
    public void onRefuse(BrokerFrame.Refuse frame) {
        int at = begin(FrameLayout.REFUSE);
        sink.putLong(frame.first());
        sink.putLong(frame.last());
        sink.putByte(frame.code().number());
        sink.putText(frame.detail());
        end(at);
    }

    @Override
    public void onDeliver(BrokerFrame.Deliver frame) {
        int at = beginDeliver(frame);
        sink.putBytes(frame.array(), frame.at(), frame.length());
        end(at);
    }

    /**
     * Appends all of a frame but the record, which is to follow by itself.
     *
     * @param frame the frame
     */
    public void head(BrokerFrame.Deliver frame) {
        end(beginDeliver(frame), frame.length());
    }

    private int beginDeliver(BrokerFrame.Deliver frame) {
        int at = begin(FrameLayout.DELIVER);
        sink.putInt(frame.consumerId());
        sink.putLong(frame.partition());
        sink.putLong(frame.offset());
        sink.putShort(frame.count());
        boolean timed = frame.appendTimeMs() != 0;
        sink.putByte(
                (frame.redelivered() ? FrameLayout.REDELIVERED : 0)
                        | (timed ? FrameLayout.TIMED : 0));
        if (timed) {
            sink.putLong(frame.appendTimeMs());
        }
        return at;
    }

    @Override
    public void onDeliverPart(BrokerFrame.DeliverPart frame) {
        int at = beginDeliverPart(frame);
        sink.putBytes(frame.array(), frame.at(), frame.length());
        end(at);
    }

    /**
     * Appends all of a frame but its piece of the body, which is to follow by itself.
     *
     * @param frame the frame
     */
    public void head(BrokerFrame.DeliverPart frame) {
        end(beginDeliverPart(frame), frame.length());
    }

    private int beginDeliverPart(BrokerFrame.DeliverPart frame) {
        int at = begin(FrameLayout.DELIVER_PART);
        sink.putInt(frame.consumerId());
        sink.putLong(frame.partition());
        sink.putLong(frame.offset());
        sink.putInt(frame.index());
        return at;
    }

    @Override
    public void onDrained(BrokerFrame.Drained frame) {
        int at = begin(FrameLayout.DRAINED);
        sink.putInt(frame.consumerId());
        sink.putInt(frame.token());
        end(at);
    }

    @Override
    public void onConsumerClosed(BrokerFrame.ConsumerClosed frame) {
        int at = begin(FrameLayout.CONSUMER_CLOSED);
        sink.putInt(frame.consumerId());
        sink.putByte(frame.code().number());
        sink.putText(frame.detail());
        end(at);
    }

    @Override
    public void onManaged(BrokerFrame.Managed frame) {
        int at = begin(FrameLayout.MANAGED);
        sink.putInt(frame.requestId());
        sink.putInt(frame.rows().size());
        frame.rows().forEach(row -> row.write(sink));
        sink.putText(frame.next());
        end(at);
    }

    @Override
    public void onPong(BrokerFrame.Pong frame) {
        end(begin(FrameLayout.PONG));
    }

    @Override
    public void onClosing(BrokerFrame.Closing frame) {
        int at = begin(FrameLayout.CLOSING);
        sink.putByte(frame.code().number());
        sink.putText(frame.detail());
        end(at);
    }

    private int begin(int type) {
        int at = sink.length();
        sink.putInt(0);
        sink.putInt(type);
        return at;
    }

    private void end(int at) {
        end(at, 0);
    }

    private void end(int at, int more) {
        Bytes.putInt(sink.array(), at, sink.length() - at + more);
    }
}
