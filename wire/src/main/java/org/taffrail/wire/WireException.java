// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.util.Objects;

/**
 * Says that bytes from a peer or a file, or a request of a peer, are refused, and with which {@link
 * ErrorCode}.
 */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * Makes a refusal.
     *
     * @param code what is wrong
     * @param detail the values that matter, for a person to read
     */
    public WireException(ErrorCode code, String detail) {
        super(detail);
        this.code = Objects.requireNonNull(code);
    }

    /**
     * Returns the code.
     *
     * @return never null
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Makes the refusal of a malformed element.
     *
     * @param detail what is malformed
     * @return a {@link ErrorCode#MALFORMED} exception
     */
    public static WireException malformed(String detail) {
        return new WireException(ErrorCode.MALFORMED, detail);
    }
}
