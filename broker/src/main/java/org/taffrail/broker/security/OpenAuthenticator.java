// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.WireException;

import java.util.Set;

/**
 * The door of a broker that has no users: everybody is let in. Who gives a name (PLAIN, RFC 4616)
 * goes by that name, and the password is not looked at, as applications that were written for a
 * broker with its security switched off expect. Says so once in the log. Owned by the broker's
 * thread.
 */
public final class OpenAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAuthenticator.class);

    private boolean warned;

    /**
     * {@inheritDoc}
     *
     * @throws WireException {@link org.taffrail.wire.ErrorCode#UNSUPPORTED_MECHANISM}
     */
    @Override
    public Exchange begin(String mechanism, Caller caller) {
        switch (mechanism) {
            case Mechanisms.ANONYMOUS:
                return (response, nowMs, reply) -> reply.next(admitted(null), nowMs);
            case Mechanisms.PLAIN:
                return this::plain;
            default:
                throw Mechanisms.unsupported(
                        mechanism, Mechanisms.ANONYMOUS + " and " + Mechanisms.PLAIN);
        }
    }

    private Admitted admitted(String user) {
        return new Admitted(new Identity(user, Set.of()));
    }

    private void plain(byte[] response, long nowMs, Reply reply) {
        String user = Credentials.plain(response).user();
        if (!warned) {
            warned = true;
            LOG.warn("event=users_unchecked reason=\"no users are configured\"");
        }
        reply.next(admitted(user), nowMs);
    }
}
