// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrameVisitor;

/**
 * Handles the frames of the broker once the link is open: finds who waits for each and calls them
 * outside the lock. Used by the receiver's thread alone.
 *
 * <p>Whatever answers nothing, or concerns nobody, is a {@link ErrorCode#PROTOCOL_VIOLATION} and
 * costs the link: to go on would be to leave somebody waiting, or a message held by nobody.
 */
final class Inbound implements BrokerFrameVisitor {
    private final Waiters waiters;
    private final Runnable sendAgain;

    /**
     * Makes it.
     *
     * @param sendAgain sends what waits for room in the window to be sent again
     */
    Inbound(Waiters waiters, Runnable sendAgain) {
        this.waiters = waiters;
        this.sendAgain = sendAgain;
    }

    @Override
    public void onWelcome(BrokerFrame.Welcome frame) {
        throw notNow("Welcome");
    }

    @Override
    public void onChallenge(BrokerFrame.Challenge frame) {
        throw notNow("Challenge");
    }

    @Override
    public void onDone(BrokerFrame.Done frame) {
        waiters.take(() -> waiters.requests.takeDone(frame.requestId())).succeed(null);
    }

    @Override
    public void onFailed(BrokerFrame.Failed frame) {
        Requests.Request<?> request =
                waiters.take(() -> waiters.requests.takeFailed(frame.requestId()));
        request.fail(new WireException(frame.code(), detail(frame.code(), frame.detail())));
    }

    @Override
    public void onResolved(BrokerFrame.Resolved frame) {
        waiters.take(() -> waiters.requests.takeResolved(frame.requestId()))
                .succeed(new Link.Target(frame.partition(), frame.kind(), frame.name()));
    }

    @Override
    public void onConfirm(BrokerFrame.Confirm frame) {
        answered(frame.first(), frame.last(), null);
    }

    @Override
    public void onRefuse(BrokerFrame.Refuse frame) {
        answered(
                frame.first(),
                frame.last(),
                new WireException(frame.code(), detail(frame.code(), frame.detail())));
    }

    private void answered(long first, long last, WireException failure) {
        waiters.answered(first, last, failure).forEach(SendWindow.Outcome::tell);
        sendAgain.run();
    }

    @Override
    public void onDeliver(BrokerFrame.Deliver frame) {
        waiters.consumers.get(frame.consumerId()).deliver(frame);
    }

    @Override
    public void onDeliverPart(BrokerFrame.DeliverPart frame) {
        waiters.consumers.get(frame.consumerId()).deliverPart(frame);
    }

    @Override
    public void onDrained(BrokerFrame.Drained frame) {
        waiters.take(() -> waiters.consumers.takeDrain(frame.consumerId(), frame.token()))
                .future()
                .complete(null);
    }

    @Override
    public void onConsumerClosed(BrokerFrame.ConsumerClosed frame) {
        ConsumerInbound consumer = waiters.consumers.get(frame.consumerId());
        WireException cause = new WireException(frame.code(), detail(frame.code(), frame.detail()));
        // first: whoever finds the consumer gone knows why by then
        consumer.closed(cause);
        waiters.take(() -> waiters.consumers.end(frame.consumerId()))
                .forEach(drain -> drain.future().completeExceptionally(cause));
    }

    @Override
    public void onManaged(BrokerFrame.Managed frame) {
        waiters.take(() -> waiters.requests.takeManaged(frame.requestId())).succeed(frame);
    }

    @Override
    public void onPong(BrokerFrame.Pong frame) {
        // that something came is all it says, and that is noted for every byte
    }

    @Override
    public void onClosing(BrokerFrame.Closing frame) {
        throw new WireException(frame.code(), detail(frame.code(), frame.detail()));
    }

    /** Returns the broker's words, or where it has none what the code means. */
    static String detail(ErrorCode code, String detail) {
        return detail == null || detail.isEmpty() ? code.reason() : detail;
    }

    private static WireException notNow(String frame) {
        return new WireException(
                ErrorCode.PROTOCOL_VIOLATION, "a frame " + frame + " after the opening");
    }
}
