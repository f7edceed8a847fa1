// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.wire.WireException;

import javax.security.auth.x500.X500Principal;

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
     * @param caller from where it comes
     * @return takes the client's responses
     * @throws WireException {@link org.taffrail.wire.ErrorCode#UNSUPPORTED_MECHANISM}, or {@link
     *     org.taffrail.wire.ErrorCode#AUTHENTICATION_FAILED} where the mechanism exists but is not
     *     allowed here
     */
    Exchange begin(String mechanism, Caller caller);

    /**
     * From where a client comes.
     *
     * @param peer names the client's end, for the log
     * @param certificate the subject of the certificate that it has shown and that is trusted; null
     *     where it has shown none
     */
    record Caller(String peer, X500Principal certificate) {
        /**
         * Returns one that has shown no certificate.
         *
         * @param peer names the client's end
         * @return the caller
         */
        public static Caller at(String peer) {
            return new Caller(peer, null);
        }
    }

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
     * @param identity who it is
     */
    record Admitted(Identity identity) implements Step {}

    /**
     * The client is asked for more.
     *
     * @param challenge the mechanism's bytes
     */
    record Challenged(byte[] challenge) implements Step {}

    /**
     * The client is sent away.
     *
     * @param user whose name it has given, where there is such a user; null for anything else,
     *     which may be a password in the wrong place, and is not for a log
     * @param reason what it is told, which must not help it to guess
     */
    record Refused(String user, WireException reason) implements Step {}
}
