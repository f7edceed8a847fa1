// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import java.util.UUID;

/**
 * The group that a consumer is in.
 *
 * @param id its name in Kafka
 * @param shared whether its members share the partitions of a topic; otherwise the consumer is
 *     alone in it and has them all
 * @param kept whether it has a position from the moment on when it is made, and keeps it when its
 *     consumer is gone
 */
record Group(String id, boolean shared, boolean kept) {
    static Group ofQueue(String name) {
        return new Group(name, true, true);
    }

    static Group ofSubscriber() {
        return new Group(UUID.randomUUID().toString(), false, false);
    }

    static Group ofDurable(String clientId, String subscription) {
        return new Group(clientId + "." + subscription, false, true);
    }
}
