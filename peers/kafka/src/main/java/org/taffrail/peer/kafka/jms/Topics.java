// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.JMSException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The topics of a node, as far as this process has used them, and its groups; any thread may ask.
 */
final class Topics {
    /** A topic that is there. */
    static final class Known {
        private final int partitions;
        private final AtomicInteger producers = new AtomicInteger();

        private Known(int partitions) {
            this.partitions = partitions;
        }

        int partitions() {
            return partitions;
        }

        /** The partition of one more producer: the next one, and the first again after the last. */
        int nextPartition() {
            return producers.getAndIncrement() % partitions;
        }
    }

    private final Settings settings;
    private final Map<String, Known> known = new HashMap<>();

    Topics(Settings settings) {
        this.settings = settings;
    }

    /**
     * Finds a topic, and makes it if it is missing.
     *
     * @param name its name
     * @return the topic
     * @throws JMSException if Kafka refuses
     */
    synchronized Known find(String name) throws JMSException {
        Known topic = known.get(name);
        if (topic == null) {
            topic = new Known(ensure(name));
            known.put(name, topic);
        }
        return topic;
    }

    /**
     * Deletes a group; nothing if there is none.
     *
     * @param group the group, which has no consumer any more
     * @throws JMSException if Kafka refuses
     */
    void forget(Group group) throws JMSException {
        try (Admin admin = admin()) {
            Failures.await(admin.deleteConsumerGroups(List.of(group.id())).all());
        } catch (JMSException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", settings.servers()));
    }

    private int ensure(String name) throws JMSException {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, settings.partitions(), (short) 1);
            CreateTopicsResult made = admin.createTopics(List.of(topic));
            try {
                return Failures.await(made.numPartitions(name));
            } catch (JMSException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return Failures.await(admin.describeTopics(List.of(name)).allTopicNames())
                    .get(name)
                    .partitions()
                    .size();
        }
    }
}
