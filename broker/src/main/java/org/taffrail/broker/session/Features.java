// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BranchFrame;
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

    /** Returns what a client would use of what is offered. */
    static Features agreed(ClientFrame.Hello hello) {
        boolean hasRoom = hello.frameBytesMax() >= FrameLayout.MANAGED_BYTES_MAX;
        return new Features(hello.features() & (hasRoom ? OFFERED : OFFERED & ~FrameLayout.XA));
    }

    /**
     * Demands that a frame belongs to what was agreed.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION}
     */
    void require(ClientFrame frame) {
        if (frame instanceof BranchFrame && !has(FrameLayout.XA)) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a branch, though XA was not agreed");
        }
        if (frame instanceof ClientFrame.Manage && !has(FrameLayout.MANAGEMENT)) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "a management request that was not agreed");
        }
    }

    boolean has(long feature) {
        return (bits & feature) != 0;
    }
}
