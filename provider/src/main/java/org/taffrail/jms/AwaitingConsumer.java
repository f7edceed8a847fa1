// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;

/**
 * What every {@code MessageConsumer} of this provider is besides: one that waits for a message
 * without taking it. For those who begin a transaction with a message, such as application servers:
 * they wait outside of any, however long it lasts, and begin one when there is something to do.
 */
public interface AwaitingConsumer extends MessageConsumer {
    /**
     * Waits until a message is here, sent ahead to this consumer: a {@code receiveNoWait} that
     * follows takes it, unless it expires or the connection is lost in between. Needs no
     * transaction, also in a session for global transactions. Closing the consumer ends it.
     *
     * @param timeoutMs how long to wait, ms; 0 or less looks at what is here, without a wait
     * @return false if none came, or the consumer was closed meanwhile
     * @throws JMSException if the consumer is closed or has a listener, another thread receives
     *     from it, this thread is interrupted, or the connection is lost
     */
    boolean awaitMessage(long timeoutMs) throws JMSException;
}
