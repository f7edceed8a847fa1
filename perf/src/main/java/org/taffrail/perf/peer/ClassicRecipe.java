// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.util.List;
import java.util.Locale;

/** Apache ActiveMQ Classic, by {@code org.taffrail.peer.classic.Main}. */
final class ClassicRecipe extends PeerRecipe {
    /**
     * A force leaves out what changes nothing but times, as those of the other brokers do: the
     * journal's files are as long as they get.
     */
    private static final String DATA_ONLY =
            "-Dorg.apache.activemq.kahaDB.files.skipMetadataUpdate=true";

    ClassicRecipe(Installation installation) {
        super(installation, Broker.Kind.CLASSIC);
    }

    /** As its {@code bin/env} has them, and {@link #DATA_ONLY}. */
    @Override
    List<String> javaOptions() {
        return List.of("-Xms64M", "-Xmx1G", DATA_ONLY);
    }

    @Override
    String client() {
        return "client with its defaults";
    }

    @Override
    public String jndi(String address) {
        return String.format(
                Locale.ROOT,
                """
        java.naming.factory.initial=org.apache.activemq.jndi.ActiveMQInitialContextFactory
        java.naming.provider.url=%s
        """,
                address);
    }
}
