// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.security.Authenticator;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameLayout;

/**
 * Which of the protocol's features a connection uses.
 *
 * @param bits feature bits, as {@link FrameLayout} has them
 */
record Features(long bits) {
    private static final long OFFERED =
            FrameLayout.MANAGEMENT | FrameLayout.RESUMPTION | FrameLayout.XA | FrameLayout.IMPORT;

    /** Nothing is agreed yet. */
    static final Features NONE = new Features(0);

    /**
     * Returns what a client would use of what is offered.
     *
     * @throws WireException {@link ErrorCode#NOT_PERMITTED} if it would import and may not
     */
    static Features agreed(ClientFrame.Hello hello, Authenticator.Admitted admitted) {
        if ((hello.features() & FrameLayout.IMPORT) != 0 && !admitted.mayImport()) {
            throw new WireException(
                    ErrorCode.NOT_PERMITTED,
                    (admitted.user() == null
                                    ? "a client without a user"
                                    : "user " + admitted.user())
                            + " may not import messages into this broker: see security.importers");
        }
        boolean hasRoom = hello.frameBytesMax() >= FrameLayout.MANAGED_BYTES_MAX;
        return new Features(hello.features() & (hasRoom ? OFFERED : OFFERED & ~FrameLayout.XA));
    }

    boolean has(long feature) {
        return (bits & feature) != 0;
    }
}
