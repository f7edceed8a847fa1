// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.wire.WireException;

/**
 * The door: finds out who a client is, by one of the mechanisms of RFC 4422 (SASL). Called on the
 * broker's thread; must not block.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Begins an exchange.
     *
     * @param mechanism the mechanism that the client has chosen
     * @return takes the client's responses
     * @throws WireException {@link org.taffrail.wire.ErrorCode#UNSUPPORTED_MECHANISM}
     */
    Exchange begin(String mechanism);

    /** One client's authentication. */
    @FunctionalInterface
    interface Exchange {
        /**
         * Takes a response.
         *
         * @param response the mechanism's bytes; null where the client sent none
         * @return what follows
         * @throws WireException {@link org.taffrail.wire.ErrorCode#AUTHENTICATION_FAILED}
         */
        Step respond(byte[] response);
    }

    /** What follows a response. */
    sealed interface Step permits Admitted, Challenged {}

    /**
     * The client is let in.
     *
     * @param user its name, null for an anonymous one
     */
    record Admitted(String user) implements Step {}

    /**
     * The client is asked for more.
     *
     * @param challenge the mechanism's bytes
     */
    record Challenged(byte[] challenge) implements Step {}
}
