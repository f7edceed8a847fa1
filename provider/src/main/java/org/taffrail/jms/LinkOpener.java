// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Link;

/** Makes the link that a URL asks for. */
@FunctionalInterface
interface LinkOpener {
    /**
     * Makes a link, which the caller opens.
     *
     * @param url where to, and as whom
     * @param listener hears of the link's loss
     * @throws org.taffrail.wire.WireException if there can't be one
     */
    Link make(ConnectionUrl url, Link.Listener listener);
}
