// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.Connection;

/** The methods of {@code ConnectionFactory}: there are no users, and nothing is connected yet. */
final class KafkaConnections {
    private final Settings settings;
    private final Topics topics;

    KafkaConnections(Settings settings) {
        this.settings = settings;
        this.topics = new Topics(settings);
    }

    Connection createConnection() {
        return Facade.of(Connection.class, new KafkaConnection(settings, topics));
    }
}
