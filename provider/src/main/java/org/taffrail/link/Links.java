// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.link.embedded.EmbeddedConnector;
import org.taffrail.link.failover.Brokers;
import org.taffrail.link.failover.FailoverLink;
import org.taffrail.link.failover.ReconnectPolicy;
import org.taffrail.link.remote.RemoteConnector;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import javax.net.ssl.SSLContext;

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
        return make(url, null, listener);
    }

    /**
     * Makes a link to a broker, with keys and trust that the application has given.
     *
     * @param url where the broker is, and the connection's options
     * @param tls what TLS is made with where the URL asks for it; null: as its options say
     * @param listener hears if the link is lost after it was opened
     * @return a link to be opened once
     * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED} if user or password have a
     *     character that can't be sent
     */
    public static Link make(ConnectionUrl url, SSLContext tls, Link.Listener listener) {
        return switch (url.kind()) {
            case REMOTE ->
                    new FrameLink(new RemoteConnector(url, tls), url.options(), true, listener);
            case EMBEDDED ->
                    new FrameLink(new EmbeddedConnector(url), url.options(), false, listener);
            case FAILOVER ->
                    new FailoverLink(
                            new BrokerList(url, tls), ReconnectPolicy.of(url.options()), listener);
        };
    }

    /**
     * Looks whether who will be connected to understands the options that the URL has for it:
     * nothing is connected, so that only a broker in this JVM can tell.
     *
     * @param url where the broker is, and all options
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if not
     */
    public static void check(ConnectionUrl url) {
        if (url.kind() == ConnectionUrl.Kind.EMBEDDED) {
            EmbeddedConnector.check(url);
        }
    }

    /**
     * Stops an embedded broker in order; its links hear of it as of any loss. Blocks until it has
     * stopped.
     *
     * @param url which broker
     * @return whether it ran
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED} if the URL's broker is not in this JVM,
     *     or its jar is missing
     */
    public static boolean stopEmbedded(ConnectionUrl url) {
        if (url.kind() != ConnectionUrl.Kind.EMBEDDED) {
            throw new WireException(
                    ErrorCode.NOT_SUPPORTED,
                    url.address() + " is no embedded broker: stop it where it runs");
        }
        return EmbeddedConnector.stop(url);
    }

    /** The brokers of a URL that names several, each with options of its own. */
    private record BrokerList(ConnectionUrl url, SSLContext tls) implements Brokers {
        @Override
        public int count() {
            return url.brokers().size();
        }

        @Override
        public FrameLink make(int index, Link.Listener listener, Continuity continuity) {
            ConnectionUrl broker = url.brokers().get(index);
            return new FrameLink(
                    new RemoteConnector(broker, tls), broker.options(), true, listener, continuity);
        }

        @Override
        public String address() {
            return url.address();
        }
    }
}
