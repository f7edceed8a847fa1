// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queue or topic by its name, as both providers know it.
 *
 * @param kind queue or topic
 * @param name the physical name
 */
public record Address(Kind kind, String name) {
    /**
     * How the classes of IBM MQ say a queue's name: its queue manager, if said, and behind a
     * question mark what they set on a send ({@code queue://QM1/REPLIES?targetClient=1}).
     */
    private static final Pattern QUEUE_URI = Pattern.compile("queue://[^/?]*/([^?]+)(?:\\?.*)?");

    /** A topic's name has no queue manager, and may have slashes. */
    private static final Pattern TOPIC_URI = Pattern.compile("topic://([^?]+)(?:\\?.*)?");

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
        boolean both = destination instanceof Queue && destination instanceof Topic;
        // one class for both: RabbitMQ's says what it is, of others the name that is set tells
        if (destination instanceof Queue queue
                && queue.getQueueName() != null
                && (!both || says(destination, "isQueue", true))) {
            return new Address(Kind.QUEUE, plain(QUEUE_URI, queue.getQueueName()));
        }
        if (destination instanceof Topic topic && topic.getTopicName() != null) {
            return new Address(Kind.TOPIC, plain(TOPIC_URI, topic.getTopicName()));
        }
        return null;
    }

    private static String plain(Pattern uri, String name) {
        Matcher matcher = uri.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }

    private static boolean isTemporary(Destination destination) {
        boolean queue = destination instanceof TemporaryQueue;
        boolean topic = destination instanceof TemporaryTopic;
        return queue && topic ? says(destination, "isTemporary", true) : queue || topic;
    }

    /** Asks a class that is everything at once, by what a bean calls its properties. */
    private static boolean says(Destination destination, String property, boolean otherwise) {
        try {
            return destination.getClass().getMethod(property).invoke(destination)
                            instanceof Boolean said
                    ? said
                    : otherwise;
        } catch (ReflectiveOperationException e) {
            return otherwise;
        }
    }

    /** Returns kind and name with a colon between them. */
    @Override
    public String toString() {
        return kind + ":" + name;
    }
}
