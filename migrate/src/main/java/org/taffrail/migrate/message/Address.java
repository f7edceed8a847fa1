// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;

/**
 * A queue or topic by its name, as both providers know it.
 *
 * @param kind queue or topic
 * @param name the physical name
 */
public record Address(Kind kind, String name) {
    /** What a destination is. */
    public enum Kind {
        /** A queue. */
        QUEUE,
        /** A topic. */
        TOPIC;

        /** Returns it as it is typed. */
        @Override
        public String toString() {
            return this == QUEUE ? "queue" : "topic";
        }
    }

    /**
     * Returns the address of a destination.
     *
     * @param destination of any provider
     * @return null for none, for a temporary one, and for one that does not say what it is: nobody
     *     else can reach those
     * @throws JMSException if its name can't be read
     */
    static Address of(Destination destination) throws JMSException {
        if (destination == null || isTemporary(destination)) {
            return null;
        }
        // some providers have one class for both: the name that is set tells
        if (destination instanceof Queue queue && queue.getQueueName() != null) {
            return new Address(Kind.QUEUE, queue.getQueueName());
        }
        if (destination instanceof Topic topic && topic.getTopicName() != null) {
            return new Address(Kind.TOPIC, topic.getTopicName());
        }
        return null;
    }

    private static boolean isTemporary(Destination destination) {
        return destination instanceof TemporaryQueue || destination instanceof TemporaryTopic;
    }

    /** Returns kind and name with a colon between them. */
    @Override
    public String toString() {
        return kind + ":" + name;
    }
}
