// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Session;

/** How a session acknowledges what it consumes (Jakarta Messaging 6.2.10, 8.7). */
enum SessionMode {
    /** With a local transaction. */
    TRANSACTED(Session.SESSION_TRANSACTED),
    /** Message by message, by the provider. */
    AUTO(Session.AUTO_ACKNOWLEDGE),
    /** All that was consumed so far, by the application. */
    CLIENT(Session.CLIENT_ACKNOWLEDGE),
    /** Lazily, by the provider. */
    DUPS_OK(Session.DUPS_OK_ACKNOWLEDGE),
    /** With global transactions; to the application one that is transacted. */
    XA(Session.SESSION_TRANSACTED);

    private final int number;

    SessionMode(int number) {
        this.number = number;
    }

    /** Tells whether its work takes effect when a transaction is committed. */
    boolean isTransacted() {
        return number == Session.SESSION_TRANSACTED;
    }

    /** Returns the number that {@link Session} has for this mode. */
    int number() {
        return number;
    }

    /**
     * Returns the mode with this number that an application may ask for.
     *
     * @throws JMSException if {@link Session} has no mode with this number
     */
    static SessionMode of(int number) throws JMSException {
        for (SessionMode mode : values()) {
            if (mode.number == number) {
                return mode;
            }
        }
        throw new JMSException(number + " is not a session mode");
    }

    /**
     * Returns the mode that the two older arguments stand for; the second is ignored where the
     * first is true.
     */
    static SessionMode of(boolean transacted, int acknowledgeMode) throws JMSException {
        if (transacted) {
            return TRANSACTED;
        }
        if (acknowledgeMode == Session.SESSION_TRANSACTED) {
            throw new JMSException(
                    "a session that is not transacted needs an acknowledge mode, not "
                            + acknowledgeMode);
        }
        return of(acknowledgeMode);
    }
}
