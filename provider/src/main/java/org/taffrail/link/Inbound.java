// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * Handles the frames of the broker once the link is open: finds who waits for each and calls them
 * outside the lock. Used by the receiver's thread alone.
 *
 * <p>Whatever answers nothing, or concerns nobody, is a {@link ErrorCode#PROTOCOL_VIOLATION} and
 * costs the link: to go on would be to leave somebody waiting, or a message held by nobody.
 */
final class Inbound implements BrokerFrame.Visitor {
    private final Lock lock;
    private final SendWindow window;
    private final Runnable roomMade;
    private final Requests requests;
    private final Consumers consumers;

    /**
     * Makes a handler.
     *
     * @param lock guards the rest
     * @param roomMade called under the lock when sends have left the window
     */
    Inbound(
            Lock lock,
            SendWindow window,
            Runnable roomMade,
            Requests requests,
            Consumers consumers) {
        this.lock = lock;
        this.window = window;
        this.roomMade = roomMade;
        this.requests = requests;
        this.consumers = consumers;
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
        Requests.Request<Void> request;
        lock.lock();
        try {
            request = requests.takeDone(frame.requestId());
        } finally {
            lock.unlock();
        }
        request.succeed(null);
    }

    @Override
    public void onFailed(BrokerFrame.Failed frame) {
        Requests.Request<?> request;
        lock.lock();
        try {
            request = requests.takeFailed(frame.requestId());
        } finally {
            lock.unlock();
        }
        request.fail(new WireException(frame.code(), detail(frame.code(), frame.detail())));
    }

    @Override
    public void onResolved(BrokerFrame.Resolved frame) {
        Requests.Request<Link.Target> request;
        lock.lock();
        try {
            request = requests.takeResolved(frame.requestId());
        } finally {
            lock.unlock();
        }
        request.succeed(new Link.Target(frame.partition(), frame.kind(), frame.name()));
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
        List<SendWindow.Outcome> finished;
        lock.lock();
        try {
            finished = window.answered(first, last, failure);
            if (!finished.isEmpty()) {
                roomMade.run();
            }
        } finally {
            lock.unlock();
        }
        finished.forEach(SendWindow.Outcome::tell);
    }

    @Override
    public void onDeliver(BrokerFrame.Deliver frame) {
        Link.ConsumerListener listener = consumers.get(frame.consumerId());
        if (frame.count() < 1) {
            throw new WireException(ErrorCode.PROTOCOL_VIOLATION, "a delivery that never was");
        }
        byte[] record = Arrays.copyOfRange(frame.array(), frame.at(), frame.at() + frame.length());
        listener.delivered(
                new Link.Delivery(
                        frame.consumerId(),
                        frame.partition(),
                        frame.offset(),
                        frame.count(),
                        frame.redelivered(),
                        record));
    }

    @Override
    public void onDrained(BrokerFrame.Drained frame) {
        Consumers.Drain drain;
        lock.lock();
        try {
            drain = consumers.takeDrain(frame.consumerId(), frame.token());
        } finally {
            lock.unlock();
        }
        drain.future().complete(null);
    }

    @Override
    public void onConsumerClosed(BrokerFrame.ConsumerClosed frame) {
        Link.ConsumerListener listener = consumers.get(frame.consumerId());
        List<Consumers.Drain> drains;
        lock.lock();
        try {
            drains = consumers.remove(frame.consumerId());
        } finally {
            lock.unlock();
        }
        WireException cause = new WireException(frame.code(), detail(frame.code(), frame.detail()));
        drains.forEach(drain -> drain.future().completeExceptionally(cause));
        listener.closed(cause);
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
