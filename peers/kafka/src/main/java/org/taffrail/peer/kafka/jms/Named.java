// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

/**
 * The methods of {@code Queue} and {@code Topic}: both are a topic of Kafka.
 *
 * @param name the topic's name
 * @param topic whether each consumer has all messages
 */
record Named(String name, boolean topic) {
    String getQueueName() {
        return name;
    }

    String getTopicName() {
        return name;
    }
}
