// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.util.List;
import java.util.Locale;

/**
 * Apache Kafka, by {@code org.taffrail.peer.kafka.Main}; reached through its own client behind
 * those methods of Jakarta Messaging that the suite calls.
 */
final class KafkaRecipe extends PeerRecipe {
    /** So many producers have a partition each. */
    private static final int PARTITIONS = 8;

    /** Asynchronous sends of throughput runs may wait to be gathered; those of others may not. */
    private static final String LINGERING = "perf.throughput";

    KafkaRecipe(Installation installation) {
        super(installation, Broker.Kind.KAFKA);
    }

    /** As {@code kafka-server-start.sh} has them. */
    @Override
    List<String> javaOptions() {
        return List.of(
                "-Xms1G",
                "-Xmx1G",
                "-server",
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=20",
                "-XX:InitiatingHeapOccupancyPercent=35",
                "-XX:+ExplicitGCInvokesConcurrent",
                "-XX:MaxInlineLevel=15",
                "-Djava.awt.headless=true");
    }

    @Override
    String client() {
        return "client acks=all enable.idempotence=true, linger.ms=0, and 5 for asynchronous sends to "
                + LINGERING
                + " and transactions; "
                + PARTITIONS
                + " partitions, one for each producer";
    }

    @Override
    public String jndi(String address) {
        return String.format(
                Locale.ROOT,
                """
        java.naming.factory.initial=org.taffrail.peer.kafka.jms.KafkaContextFactory
        java.naming.provider.url=%s
        kafka.partitions=%d
        kafka.async.linger.destinations=%s
        """,
                address.substring(address.indexOf("//") + 2),
                PARTITIONS,
                LINGERING);
    }
}
