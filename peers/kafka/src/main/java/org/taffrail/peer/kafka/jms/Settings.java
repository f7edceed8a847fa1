// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import java.util.Hashtable;

import javax.naming.ConfigurationException;
import javax.naming.Context;

/**
 * What a {@code jndi.properties} says of a Kafka node and its clients.
 *
 * @param servers {@code java.naming.provider.url}: host and port
 * @param partitions {@code kafka.partitions}: how many a new topic gets; a producer that finds all
 *     taken shares one
 * @param lingering {@code kafka.async.linger.destinations}: to destinations whose name begins so,
 *     asynchronous sends linger for {@value #LINGER_MS} ms, which is Kafka's default and gathers
 *     larger batches; to others they don't, which answers sooner
 */
record Settings(String servers, int partitions, String lingering) {
    /** For how long what is to be gathered waits for more, in milliseconds. */
    static final int LINGER_MS = 5;

    private static final String PARTITIONS = "kafka.partitions";
    private static final String LINGERING = "kafka.async.linger.destinations";

    static Settings of(Hashtable<?, ?> environment) throws ConfigurationException {
        Object servers = environment.get(Context.PROVIDER_URL);
        if (servers == null) {
            throw new ConfigurationException("There is no " + Context.PROVIDER_URL);
        }
        Object partitions = environment.get(PARTITIONS);
        Object lingering = environment.get(LINGERING);
        try {
            return new Settings(
                    servers.toString(),
                    partitions == null ? 1 : Integer.parseInt(partitions.toString()),
                    lingering == null ? "" : lingering.toString());
        } catch (NumberFormatException e) {
            throw new ConfigurationException(PARTITIONS + " is no number: " + partitions);
        }
    }

    int asyncLingerMs(String destination) {
        return !lingering.isEmpty() && destination.startsWith(lingering) ? LINGER_MS : 0;
    }
}
