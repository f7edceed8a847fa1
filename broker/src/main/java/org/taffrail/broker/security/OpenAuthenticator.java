// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * The door of a broker that has no users: everybody is let in. Who gives a name (PLAIN, RFC 4616)
 * goes by that name, and the password is not looked at, as applications that were written for a
 * broker with its security switched off expect. Says so once in the log. Owned by the broker's
 * thread.
 */
public final class OpenAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAuthenticator.class);

    private static final int NAME_BYTES_MAX = 1024;

    private boolean warned;

    /** Makes an open door. */
    public OpenAuthenticator() {}

    @Override
    public Exchange begin(String mechanism) {
        switch (mechanism) {
            case "ANONYMOUS":
                return response -> new Admitted(null);
            case "PLAIN":
                return response -> new Admitted(plainName(response));
            default:
                throw new WireException(
                        ErrorCode.UNSUPPORTED_MECHANISM,
                        "'" + mechanism + "'; offered are ANONYMOUS and PLAIN");
        }
    }

    /** Reads [authorization id] NUL name NUL password. */
    private String plainName(byte[] response) {
        int first = indexOfNul(response, 0);
        int second = first < 0 ? -1 : indexOfNul(response, first + 1);
        int length = second - first - 1;
        if (second < 0 || length < 1 || length > NAME_BYTES_MAX) {
            throw new WireException(
                    ErrorCode.AUTHENTICATION_FAILED, "the response of PLAIN is not well-formed");
        }
        if (!warned) {
            warned = true;
            LOG.warn("event=users_unchecked reason=\"no users are configured\"");
        }
        return ByteSource.decodeUtf8(response, first + 1, length);
    }

    private static int indexOfNul(byte[] bytes, int from) {
        for (int i = from; bytes != null && i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
