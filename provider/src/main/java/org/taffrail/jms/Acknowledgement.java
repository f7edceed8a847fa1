// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;

import java.util.concurrent.CompletableFuture;

/**
 * How a session settles what its consumers hand to the application: one class per {@link
 * SessionMode}. The methods are called without the session's lock, from the thread that uses the
 * session, unless it says otherwise.
 */
interface Acknowledgement {
    /**
     * Demands that the session may receive now.
     *
     * @throws JMSException if it must not
     */
    default void checkMayReceive() throws JMSException {
        // most may at any time
    }

    /**
     * Demands that the session may have message listeners.
     *
     * @throws IllegalStateException if it must not
     */
    default void checkMayListen() throws IllegalStateException {
        // most may
    }

    /**
     * A {@code receive} is about to return a message.
     *
     * @throws JMSException if a confirmation that was asked for failed
     */
    void received(Held held) throws JMSException;

    /**
     * A listener is about to be called with a message.
     *
     * @throws JMSException if it must not be
     */
    void delivering(Held held) throws JMSException;

    /**
     * A listener has returned.
     *
     * @throws JMSException if a confirmation that was asked for failed
     */
    void delivered(Held held) throws JMSException;

    /**
     * A listener has thrown.
     *
     * @throws JMSException if the message could not be given back
     */
    void failed(ConsumerCore consumer, Held held) throws JMSException;

    /** Nothing waits for the application just now. Called under the session's lock. */
    void idle();

    /**
     * {@code Message.acknowledge} or {@code JMSContext.acknowledge} was called.
     *
     * @throws JMSException if the broker does not confirm it
     */
    void acknowledge() throws JMSException;

    /**
     * {@code Session.recover} was called.
     *
     * @throws JMSException if the broker does not confirm it
     */
    void recover() throws JMSException;

    /**
     * The connection was interrupted: what the broker was not told of comes again. Called under the
     * session's lock.
     */
    void interrupted(Throwable cause);

    /**
     * The session is being closed. Called under the session's lock; its gates are shut.
     *
     * @return when what the application has not acknowledged is given back
     */
    CompletableFuture<Void> close();

    /**
     * Tells what becomes of a message whose body the application asked for as a wrong type: true if
     * it counts as not received, false if as consumed (Javadoc of {@code JMSConsumer.receiveBody}).
     */
    boolean keepsUnreadable();
}
