// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.wire.WireException;

/**
 * The door: finds out who a client is, by one of the mechanisms of RFC 4422 (SASL). Called on the
 * broker's thread; must not block. What takes long is done elsewhere and answered later.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Begins an exchange.
     *
     * @param mechanism the mechanism that the client has chosen
     * @param peer names the client's end, for the log
     * @return takes the client's responses
     * @throws WireException {@link org.taffrail.wire.ErrorCode#UNSUPPORTED_MECHANISM}, or {@link
     *     org.taffrail.wire.ErrorCode#AUTHENTICATION_FAILED} where the mechanism exists but is not
     *     allowed here
     */
    Exchange begin(String mechanism, String peer);

    /** One client's authentication. */
    @FunctionalInterface
    interface Exchange {
        /**
         * Takes a response.
         *
         * @param response the mechanism's bytes, not changed later; null where the client sent none
         * @param nowMs the time, ms since 1970
         * @param reply hears what follows, once, on the broker's thread: before this returns, or
         *     later
         * @throws WireException {@link org.taffrail.wire.ErrorCode#AUTHENTICATION_FAILED}; the
         *     reply hears nothing then
         */
        void respond(byte[] response, long nowMs, Reply reply);

        /** Hears that the client has gone: its answer no longer matters. Twice is nothing. */
        default void abandon() {}
    }

    /** Hears what follows a response. */
    @FunctionalInterface
    interface Reply {
        /**
         * Takes the next step.
         *
         * @param step what follows
         * @param nowMs the time, ms since 1970
         */
        void next(Step step, long nowMs);
    }

    /** What follows a response. */
    sealed interface Step permits Admitted, Challenged, Refused {}

    /**
     * The client is let in.
     *
     * @param user its name, null for an anonymous one
     * @param mayManage whether it may look at the broker and change what is in it
     * @param mayImport whether it may send messages that keep what another broker gave them
     */
    record Admitted(String user, boolean mayManage, boolean mayImport) implements Step {}

    /**
     * The client is asked for more.
     *
     * @param challenge the mechanism's bytes
     */
    record Challenged(byte[] challenge) implements Step {}

    /**
     * The client is sent away.
     *
     * @param reason what it is told, which must not help it to guess
     */
    record Refused(WireException reason) implements Step {}
}
