// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.link.embedded.EmbeddedConnector;
import org.taffrail.link.remote.RemoteConnector;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/** Makes links: the one class that knows which kinds there are. */
public final class Links {
    private Links() {}

    /**
     * Makes a link to a broker. Nothing is connected before {@link Link#open()}.
     *
     * @param url where the broker is, and the connection's options
     * @param listener hears if the link is lost after it was opened
     * @return a link to be opened once
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} if user or password have a
     *     character that can't be sent
     */
    public static Link make(ConnectionUrl url, Link.Listener listener) {
        boolean remote = url.kind() == ConnectionUrl.Kind.REMOTE;
        Connector connector = remote ? new RemoteConnector(url) : new EmbeddedConnector(url);
        return new FrameLink(connector, url.options(), remote, listener);
    }
}
