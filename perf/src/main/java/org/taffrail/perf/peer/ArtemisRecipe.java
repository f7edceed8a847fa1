// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.util.List;
import java.util.Locale;

/** Apache ActiveMQ Artemis, by {@code org.taffrail.peer.artemis.Main}. */
final class ArtemisRecipe extends PeerRecipe {
    /** Without it, Artemis completes an asynchronous send before it is durable. */
    private static final String CONFIRMATION_WINDOW = "confirmationWindowSize=1048576";

    ArtemisRecipe(Installation installation) {
        super(installation, Broker.Kind.ARTEMIS);
    }

    /** As {@code artemis create} writes them into the profile of a broker. */
    @Override
    List<String> javaOptions() {
        return List.of("-XX:+UseParallelGC", "-Xms512M", "-Xmx2G", "-XX:AutoBoxCacheMax=20000");
    }

    @Override
    String client() {
        return "client " + CONFIRMATION_WINDOW;
    }

    @Override
    public String jndi(String address) {
        return String.format(
                Locale.ROOT,
                """
        java.naming.factory.initial=\
        org.apache.activemq.artemis.jndi.ActiveMQInitialContextFactory
        connectionFactory.ConnectionFactory=%s?%s
        """,
                address,
                CONFIRMATION_WINDOW);
    }
}
