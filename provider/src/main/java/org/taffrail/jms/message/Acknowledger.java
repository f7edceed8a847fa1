// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;

/** Who acknowledges a received message: the session that it was delivered to. */
@FunctionalInterface
public interface Acknowledger {
    /**
     * Does what {@code Message.acknowledge()} asks for in the session's mode: nothing in a
     * transacted session or where acknowledgement is implicit.
     *
     * @param message the message on which the application called it
     * @throws JMSException if the broker refused
     * @throws jakarta.jms.IllegalStateException if the session is closed
     */
    void acknowledge(TaffrailMessage message) throws JMSException;
}
