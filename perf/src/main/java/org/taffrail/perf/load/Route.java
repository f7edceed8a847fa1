// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The way of a run's messages from the producers to the consumers: which destinations there are,
 * where each message goes, and who is to have it.
 *
 * @param destination the destination; of {@link Way#MANY_QUEUES} the name that the queues' begin
 *     with
 * @param way how messages are spread
 * @param parts {@link Way#SELECTED}: how many selectors there are, one a consumer; {@link
 *     Way#MANY_QUEUES}: how many queues; otherwise 1
 */
public record Route(DestinationName destination, Way way, int parts) {
    /** How messages are spread. */
    public enum Way {
        /** One queue that the consumers share. */
        QUEUE,
        /** A topic of which every consumer has everything while it is there. */
        TOPIC,
        /** The same with durable subscriptions, which end with the run. */
        DURABLE,
        /** One queue whose consumers have disjoint selectors; every message is one consumer's. */
        SELECTED,
        /** Many queues, which producers send to in turns; each is one consumer's. */
        MANY_QUEUES
    }

    /** The property that selectors ask for. */
    static final String PART = "part";

    /**
     * Checks the bounds.
     *
     * @param destination see the record
     * @param way see the record
     * @param parts see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public Route {
        if (parts < 1) {
            throw new IllegalArgumentException("There is at least 1 part, not " + parts);
        }
        if (destination.topic() != (way == Way.TOPIC || way == Way.DURABLE)) {
            throw new IllegalArgumentException(way + " does not go to " + destination);
        }
    }

    /**
     * The plain way to one destination.
     *
     * @param destination a queue that consumers share, or a topic
     * @return the route
     */
    public static Route to(DestinationName destination) {
        return new Route(destination, destination.topic() ? Way.TOPIC : Way.QUEUE, 1);
    }

    /** Whether each consumer has a copy of every message. */
    boolean copies() {
        return destination.topic();
    }

    /** All destinations. */
    List<DestinationName> destinations() {
        return destinationsOf(0, 1);
    }

    /** Those that a consumer receives from. */
    List<DestinationName> destinationsOf(int consumer, int consumers) {
        if (way != Way.MANY_QUEUES) {
            return List.of(destination);
        }
        return IntStream.range(0, parts)
                .filter(queue -> queue % consumers == consumer)
                .mapToObj(queue -> new DestinationName(destination.name() + "." + queue, false))
                .toList();
    }

    /** Which of {@link #destinations} a message is sent to. */
    int destinationOf(Stamp stamp) {
        return way == Way.MANY_QUEUES ? partOf(stamp) : 0;
    }

    /** Which part a message belongs to: a producer's go to all of them in turns. */
    int partOf(Stamp stamp) {
        return (int) Math.floorMod(stamp.sequence() + stamp.producer(), (long) parts);
    }

    /** The selector of a consumer, null for none. */
    String selectorOf(int consumer) {
        return way == Way.SELECTED ? PART + " = " + consumer : null;
    }

    /** Whether a consumer should have a message, or might have it. */
    boolean leadsTo(int consumer, int consumers, Stamp stamp) {
        return switch (way) {
            case QUEUE, TOPIC, DURABLE -> true;
            case SELECTED -> partOf(stamp) == consumer;
            case MANY_QUEUES -> partOf(stamp) % consumers == consumer;
        };
    }

    /** Within how many sequences each producer's messages keep their order at a consumer. */
    int orders() {
        return way == Way.MANY_QUEUES ? parts : 1;
    }

    /** Which of these sequences a message belongs to. */
    int orderOf(Stamp stamp) {
        return destinationOf(stamp);
    }
}
