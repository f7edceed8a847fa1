// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is special about one kind of broker: how it is started, stopped and reached. */
interface Recipe {
    /**
     * What to run.
     *
     * @param setup how the broker is set up
     * @param data its folder
     * @param port where it served before, 0 at its first start
     * @return a command that prints one line with the address when it serves
     * @throws PeerException if it was not built
     */
    List<String> command(Broker.Setup setup, Path data, int port) throws PeerException;

    /**
     * What is said to the process by its environment.
     *
     * @param setup how the broker is set up
     * @return variables; where one is set already, this is added behind a blank
     */
    default Map<String, String> environment(Broker.Setup setup) {
        return Map.of();
    }

    /**
     * How a client finds it.
     *
     * @param address where it serves
     * @return the contents of a {@code jndi.properties}
     */
    String jndi(String address);

    /**
     * The client's libraries.
     *
     * @return jars and folders
     * @throws PeerException if it was not built
     */
    List<Path> classPath() throws PeerException;

    /**
     * How it was set up, in words.
     *
     * @param setup what was asked for
     * @param announcement the line it has printed
     * @return what a report says of it
     */
    String describe(Broker.Setup setup, String announcement);

    /**
     * Whether it stops at a signal, rather than when its standard input ends.
     *
     * @return false for programs of {@code peers/}
     */
    boolean stopsAtSignal();

    /**
     * Whether it comes back at the same address when it is started again.
     *
     * @return false where it chooses another
     */
    boolean keepsItsAddress();

    /**
     * The recipe of a kind.
     *
     * @param kind the kind
     * @param installation where it is found
     * @return its recipe
     */
    static Recipe of(Broker.Kind kind, Installation installation) {
        return switch (kind) {
            case TAFFRAIL -> new TaffrailRecipe(installation);
            case ARTEMIS -> new ArtemisRecipe(installation);
            case CLASSIC -> new ClassicRecipe(installation);
            case KAFKA -> new KafkaRecipe(installation);
        };
    }
}
