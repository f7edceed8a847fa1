// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.resource.ResourceException;

/** The way in which one message after the other comes into one endpoint. Used by one thread. */
interface Delivery {
    /**
     * Takes the message that waits, and delivers it; nothing if none does any more. What the bean
     * throws is the server's to log: the message comes again, or goes to the dead-letter queue.
     *
     * @throws JMSException if the message can't be taken or settled: it comes again, if not to this
     *     connection
     * @throws ResourceException if the server delivers nothing now
     */
    void deliver(MessageConsumer consumer) throws JMSException, ResourceException;

    /**
     * There is nothing to deliver just now: settles what was put off.
     *
     * @throws JMSException as {@link #deliver}
     */
    void idle() throws JMSException;

    /** Gives the endpoint back to the server. */
    void release();
}
