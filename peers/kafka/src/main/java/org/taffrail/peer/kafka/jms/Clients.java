// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes producers and consumers: Kafka's defaults, but for what is said here. Messages may be as
 * large as the node takes them.
 */
final class Clients {
    private static final int REQUEST_BYTES_MAX = 80 * 1024 * 1024;
    private static final int BUFFER_BYTES = 160 * 1024 * 1024;

    private Clients() {}

    static KafkaProducer<byte[], byte[]> producer(Settings settings, int lingerMs, String id) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", settings.servers());
        all.put("acks", "all");
        all.put("enable.idempotence", true);
        all.put("linger.ms", lingerMs);
        all.put("max.request.size", REQUEST_BYTES_MAX);
        all.put("buffer.memory", BUFFER_BYTES);
        if (id != null) {
            all.put("transactional.id", id);
        }
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * A consumer. It sees no message of a transaction that is not committed. Members of a group
     * learn soon that another one has come, and the partitions are dealt out to them in turn, so
     * that each has producers to hear of. A group without a position begins with the first message
     * if it is a queue's, and at the end if it is a subscriber's.
     */
    static KafkaConsumer<byte[], byte[]> consumer(Settings settings, Group group) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", settings.servers());
        all.put("group.id", group.id());
        all.put("enable.auto.commit", false);
        all.put("auto.offset.reset", group.shared() ? "earliest" : "latest");
        all.put("isolation.level", "read_committed");
        all.put("heartbeat.interval.ms", 300);
        all.put("session.timeout.ms", 10_000);
        all.put("partition.assignment.strategy", RoundRobinAssignor.class.getName());
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
