// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Recorder;

/** Counts messages before the application's listener gets them. */
final class CountingListener implements MessageListener {
    private final MessageListener listener;

    /** Null where each message says itself where it was sent to. */
    private final DestinationUse destination;

    private final Recorder recorder;

    CountingListener(MessageListener listener, DestinationUse destination, Recorder recorder) {
        this.listener = listener;
        this.destination = destination;
        this.recorder = recorder;
    }

    /** Returns the application's listener, also for one that is not wrapped. */
    static MessageListener unwrapped(MessageListener listener) {
        return listener instanceof CountingListener
                ? ((CountingListener) listener).listener
                : listener;
    }

    @Override
    public void onMessage(Message message) {
        try {
            DestinationUse from =
                    destination != null
                            ? destination
                            : recorder.destination(message.getJMSDestination());
            Received.count(message, from, recorder);
        } catch (JMSException | RuntimeException | LinkageError e) {
            recorder.failed(e);
        }
        listener.onMessage(message);
    }

    @Override
    public String toString() {
        return listener.toString();
    }
}
