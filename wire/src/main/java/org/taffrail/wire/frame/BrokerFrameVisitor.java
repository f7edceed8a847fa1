// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.frame;

/** Handles each frame of a broker; a forgotten one does not compile. */
public interface BrokerFrameVisitor {
    /**
     * Handles the end of the opening.
     *
     * @param frame the frame
     */
    void onWelcome(BrokerFrame.Welcome frame);

    /**
     * Handles a step of the authentication.
     *
     * @param frame the frame
     */
    void onChallenge(BrokerFrame.Challenge frame);

    /**
     * Handles a request's success.
     *
     * @param frame the frame
     */
    void onDone(BrokerFrame.Done frame);

    /**
     * Handles a request's failure.
     *
     * @param frame the frame
     */
    void onFailed(BrokerFrame.Failed frame);

    /**
     * Handles a destination's partition.
     *
     * @param frame the frame
     */
    void onResolved(BrokerFrame.Resolved frame);

    /**
     * Handles confirmed sends.
     *
     * @param frame the frame
     */
    void onConfirm(BrokerFrame.Confirm frame);

    /**
     * Handles refused sends.
     *
     * @param frame the frame
     */
    void onRefuse(BrokerFrame.Refuse frame);

    /**
     * Handles a delivery. The frame is valid only during the call.
     *
     * @param frame the frame
     */
    void onDeliver(BrokerFrame.Deliver frame);

    /**
     * Handles a part of a large message. The frame is valid only during the call.
     *
     * @param frame the frame
     */
    void onDeliverPart(BrokerFrame.DeliverPart frame);

    /**
     * Handles the end of a drain.
     *
     * @param frame the frame
     */
    void onDrained(BrokerFrame.Drained frame);

    /**
     * Handles the end of a consumer by the broker.
     *
     * @param frame the frame
     */
    void onConsumerClosed(BrokerFrame.ConsumerClosed frame);

    /**
     * Handles the answer to a management request.
     *
     * @param frame the frame
     */
    void onManaged(BrokerFrame.Managed frame);

    /**
     * Handles a sign of life.
     *
     * @param frame the frame
     */
    void onPong(BrokerFrame.Pong frame);

    /**
     * Handles the end of the connection by the broker.
     *
     * @param frame the frame
     */
    void onClosing(BrokerFrame.Closing frame);
}
