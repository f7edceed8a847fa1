// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** The names of the mechanisms that this broker knows. */
final class Mechanisms {
    /** Nobody in particular (RFC 4505). */
    static final String ANONYMOUS = "ANONYMOUS";

    /** A user and a password (RFC 4616). */
    static final String PLAIN = "PLAIN";

    /** Who the client's certificate says (RFC 4422, appendix A). */
    static final String EXTERNAL = "EXTERNAL";

    private Mechanisms() {}

    static WireException unsupported(String mechanism, String offered) {
        return new WireException(
                ErrorCode.UNSUPPORTED_MECHANISM, "'" + mechanism + "'; offered: " + offered);
    }
}
