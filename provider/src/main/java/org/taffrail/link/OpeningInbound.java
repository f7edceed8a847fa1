// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrameVisitor;

import java.util.function.Consumer;

/**
 * Handles the frames of the broker during the opening, when only a few are allowed. Used by the
 * receiver's thread alone.
 */
final class OpeningInbound implements BrokerFrameVisitor {
    private final Consumer<BrokerFrame.Welcome> welcomed;
    private final Consumer<BrokerFrame.Challenge> challenged;

    OpeningInbound(
            Consumer<BrokerFrame.Welcome> welcomed, Consumer<BrokerFrame.Challenge> challenged) {
        this.welcomed = welcomed;
        this.challenged = challenged;
    }

    @Override
    public void onWelcome(BrokerFrame.Welcome frame) {
        welcomed.accept(frame);
    }

    @Override
    public void onChallenge(BrokerFrame.Challenge frame) {
        challenged.accept(frame);
    }

    @Override
    public void onFailed(BrokerFrame.Failed frame) {
        throw new WireException(frame.code(), Inbound.detail(frame.code(), frame.detail()));
    }

    @Override
    public void onClosing(BrokerFrame.Closing frame) {
        throw new WireException(frame.code(), Inbound.detail(frame.code(), frame.detail()));
    }

    @Override
    public void onDeliverPart(BrokerFrame.DeliverPart frame) {
        throw notYet("DeliverPart");
    }

    @Override
    public void onDone(BrokerFrame.Done frame) {
        throw notYet("Done");
    }

    @Override
    public void onResolved(BrokerFrame.Resolved frame) {
        throw notYet("Resolved");
    }

    @Override
    public void onConfirm(BrokerFrame.Confirm frame) {
        throw notYet("Confirm");
    }

    @Override
    public void onRefuse(BrokerFrame.Refuse frame) {
        throw notYet("Refuse");
    }

    @Override
    public void onDeliver(BrokerFrame.Deliver frame) {
        throw notYet("Deliver");
    }

    @Override
    public void onDrained(BrokerFrame.Drained frame) {
        throw notYet("Drained");
    }

    @Override
    public void onConsumerClosed(BrokerFrame.ConsumerClosed frame) {
        throw notYet("ConsumerClosed");
    }

    @Override
    public void onManaged(BrokerFrame.Managed frame) {
        throw notYet("Managed");
    }

    @Override
    public void onPong(BrokerFrame.Pong frame) {
        throw notYet("Pong");
    }

    private static WireException notYet(String frame) {
        return new WireException(
                ErrorCode.PROTOCOL_VIOLATION, "a frame " + frame + " during the opening");
    }
}
