// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.SecurityException;

/** What applications hear of what they may not do in a server, and of what its pool refuses. */
final class Refusals {
    private Refusals() {}

    /** A call that is not for applications in a server (Jakarta Messaging 3.1, 2.9 and 6.1). */
    static IllegalStateException notInAServer(String call) {
        return new IllegalStateException(
                call
                        + " is not for applications in a server: there a message-driven bean listens,"
                        + " and the server has the connections");
    }

    /** As {@link #notInAServer}, where nothing checked may be thrown. */
    static IllegalStateRuntimeException notInAServerUnchecked(String call) {
        return new IllegalStateRuntimeException(notInAServer(call).getMessage());
    }

    /** A call on something that is closed. */
    static IllegalStateException closed(String what) {
        return new IllegalStateException("the " + what + " is closed");
    }

    /** What the server's pool has thrown, as the application has to hear it. */
    static JMSException of(ResourceException failure) {
        JMSException made =
                failure instanceof SecurityException
                        ? new JMSSecurityException(failure.getMessage(), failure.getErrorCode())
                        : new JMSException(failure.getMessage(), failure.getErrorCode());
        Throwable cause = failure.getCause();
        while (cause instanceof ResourceException) {
            if (cause instanceof SecurityException) {
                made = new JMSSecurityException(cause.getMessage());
            }
            cause = cause.getCause();
        }
        if (cause instanceof JMSSecurityException security) {
            return security;
        }
        made.setLinkedException(failure);
        made.initCause(failure);
        return made;
    }
}
