// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The client's side of an authentication (RFC 4422): a first response and, for mechanisms with more
 * steps, an answer to each challenge. Used once, by one thread at a time.
 */
interface SaslMechanism {
    /** Returns the name that the broker knows it by. */
    String name();

    /** Returns what goes with the name. */
    byte[] firstResponse();

    /**
     * Returns the answer to a challenge.
     *
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} where none is due
     */
    default byte[] respond(byte[] challenge) {
        throw new WireException(
                ErrorCode.AUTHENTICATION_FAILED,
                "the broker challenges " + name() + ", which has no second step");
    }

    /** Chooses the mechanism: PLAIN for a user; for none EXTERNAL where that is wanted. */
    static SaslMechanism of(ConnectionOptions options) {
        String username = options.get(ConnectionOptions.USERNAME);
        if (username != null) {
            return new Plain(username, options.get(ConnectionOptions.PASSWORD));
        }
        return options.get(TlsOptions.CERTIFICATE_LOGIN) ? new External() : new Anonymous();
    }

    /** Whoever the connection's certificate says (RFC 4422, appendix A). */
    record External() implements SaslMechanism {
        @Override
        public String name() {
            return "EXTERNAL";
        }

        @Override
        public byte[] firstResponse() {
            return new byte[0];
        }
    }

    /** Nobody in particular (RFC 4505). */
    record Anonymous() implements SaslMechanism {
        @Override
        public String name() {
            return "ANONYMOUS";
        }

        @Override
        public byte[] firstResponse() {
            return new byte[0];
        }
    }

    /** A user and a password in the clear (RFC 4616). */
    final class Plain implements SaslMechanism {
        private final byte[] response;

        /**
         * Prepares the response.
         *
         * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} where the user or the
         *     password has a character that PLAIN can't carry
         */
        Plain(String username, String password) {
            String secret = password == null ? "" : password;
            if (username.indexOf('\0') >= 0 || secret.indexOf('\0') >= 0) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        "user and password must not have the character U+0000");
            }
            response = encode("\0" + username + "\0" + secret);
        }

        private static byte[] encode(String text) {
            try {
                ByteBuffer encoded =
                        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
                byte[] bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                return bytes;
            } catch (CharacterCodingException e) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        "user and password must not have half of a surrogate pair");
            }
        }

        @Override
        public String name() {
            return "PLAIN";
        }

        @Override
        public byte[] firstResponse() {
            return response.clone();
        }
    }
}
