// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * Words for the ways in which a link ends.
 *
 * @param address the broker's, for messages
 */
record Losses(String address) {
    /** This side closed it. */
    static WireException closedHere() {
        return new WireException(ErrorCode.CONNECTION_LOST, "the link was closed");
    }

    /** The connection ended, and the broker had not said why. */
    WireException endedByBroker() {
        return new WireException(ErrorCode.CONNECTION_LOST, address + " ended the connection");
    }

    /** The connection ended, before it was open or later, and the broker had not said why. */
    WireException ended(boolean wasOpen) {
        return wasOpen ? endedByBroker() : endedUnopened();
    }

    private WireException endedUnopened() {
        boolean plain = address.startsWith("taffrail://");
        return new WireException(
                ErrorCode.CONNECTION_LOST,
                address
                        + " ended the connection before it was open"
                        + (plain ? "; if the broker has a certificate, write taffrails://" : ""));
    }

    /** The opening took too long. */
    WireException noAnswer(int waitedMs) {
        return new WireException(
                ErrorCode.TIMEOUT, address + " did not answer in " + waitedMs + " ms");
    }

    /** No byte came for too long. */
    WireException silence(int silenceMsMax) {
        return new WireException(
                ErrorCode.HEARTBEAT_TIMEOUT,
                address + " was silent for more than " + silenceMsMax + " ms");
    }

    /** The broker knows this client no more, or is another one. */
    WireException forgotten() {
        return new WireException(
                ErrorCode.PRODUCER_FORGOTTEN,
                address
                        + " does not know this client any more: what it had not answered before"
                        + " the connection was lost may have been done or not");
    }

    /** Makes what those hear who waited, or who call, when the link is lost. */
    WireException toCaller(Throwable cause) {
        if (cause instanceof WireException known && known.code() == ErrorCode.CONNECTION_LOST) {
            return known;
        }
        WireException lost =
                new WireException(
                        ErrorCode.CONNECTION_LOST,
                        address
                                + " is lost: "
                                + (cause instanceof WireException known ? known.code() + ", " : "")
                                + cause.getMessage());
        lost.initCause(cause);
        return lost;
    }
}
