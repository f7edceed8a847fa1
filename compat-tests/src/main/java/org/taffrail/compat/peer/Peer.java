// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import java.nio.file.Path;
import java.util.List;

/** A provider that the kit can start. */
public enum Peer {
    /** Taffrail's broker in a process of its own, reached over TCP. */
    TAFFRAIL("taffrail", "Taffrail"),
    /** Taffrail's broker in the JVM of the checks, on a folder. */
    TAFFRAIL_EMBEDDED("taffrail-embedded", "Taffrail embedded"),
    /** Apache ActiveMQ Artemis. */
    ARTEMIS("artemis", "ActiveMQ Artemis"),
    /** Apache ActiveMQ Classic. */
    CLASSIC("classic", "ActiveMQ Classic");

    private final String id;
    private final String title;

    Peer(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /**
     * Returns what its client needs on the class path, and nothing of another provider.
     *
     * @param installation where it is found
     * @return a class path
     */
    public String classPath(Installation installation) {
        return switch (this) {
            case TAFFRAIL -> installation.provider();
            case TAFFRAIL_EMBEDDED ->
                    Installation.join(List.of(installation.provider(), installation.broker()));
            case ARTEMIS -> installation.artemis();
            case CLASSIC -> installation.classic();
        };
    }

    /**
     * Prepares a server.
     *
     * @param installation where it is found
     * @param folder for its data and its log; what was there before is deleted
     * @return a server that was not started yet
     */
    public PeerServer server(Installation installation, Path folder) {
        return switch (this) {
            case TAFFRAIL -> new TaffrailServer(installation, folder);
            case TAFFRAIL_EMBEDDED -> new EmbeddedTaffrail(installation, folder);
            case ARTEMIS ->
                    new ActiveMqServer(ActiveMqServer.Product.ARTEMIS, installation, folder);
            case CLASSIC ->
                    new ActiveMqServer(ActiveMqServer.Product.CLASSIC, installation, folder);
        };
    }

    /**
     * Returns what it is called in reports.
     *
     * @return a name for people
     */
    public String title() {
        return title;
    }

    /**
     * Returns it as it is typed.
     *
     * @return lower case
     */
    @Override
    public String toString() {
        return id;
    }
}
