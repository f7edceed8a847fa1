// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * A user's name and password as a client gave them: any text within the limits, whether there is
 * such a user or not. Prints neither.
 */
final class Credentials {
    /** Most bytes of what PLAIN carries: a name, a password, twice over if every character is 3. */
    static final int RESPONSE_BYTES_MAX = 8192;

    private final String user;
    private final String password;

    Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /**
     * Reads the response of PLAIN: {@code [authorization id] NUL name NUL password} (RFC 4616). An
     * authorization id is refused unless it is the name: nobody acts for somebody else here.
     *
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED}
     */
    static Credentials plain(byte[] response) {
        int first = indexOfNul(response, 0);
        int second = first < 0 ? -1 : indexOfNul(response, first + 1);
        if (second < 0
                || response.length > RESPONSE_BYTES_MAX
                || indexOfNul(response, second + 1) >= 0) {
            throw malformed();
        }
        try {
            String authorization = ByteSource.decodeUtf8(response, 0, first);
            String user = ByteSource.decodeUtf8(response, first + 1, second - first - 1);
            String password =
                    ByteSource.decodeUtf8(response, second + 1, response.length - second - 1);
            boolean forOneself = authorization.isEmpty() || authorization.equals(user);
            if (user.isEmpty()
                    || user.length() > Users.NAME_CHARS_MAX
                    || password.length() > PasswordHash.PASSWORD_CHARS_MAX
                    || !forOneself) {
                throw malformed();
            }
            return new Credentials(user, password);
        } catch (WireException e) {
            throw malformed();
        }
    }

    private static WireException malformed() {
        return new WireException(
                ErrorCode.AUTHENTICATION_FAILED, "the response of PLAIN is not well-formed");
    }

    private static int indexOfNul(byte[] bytes, int from) {
        for (int i = from; bytes != null && i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
