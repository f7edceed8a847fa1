// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All that is recorded in this JVM for one folder: counts, and where each thing was seen first.
 * Never a body and never the value of a property. Its memory is bounded: {@value #DESTINATIONS_MAX}
 * destinations, 1,000 details of each {@link Feature}, texts of {@value #DETAIL_CHARS_MAX}
 * characters; what is beyond is counted. Thread-safe, and without locks once a thing was seen.
 */
public final class Recorder {
    /** How many destinations are kept apart. */
    static final int DESTINATIONS_MAX = 2000;

    /** How long a detail may be; more is cut off. */
    static final int DETAIL_CHARS_MAX = 4000;

    private static final Logger LOG = Logger.getLogger(Recorder.class.getName());

    private static final Feature[] FEATURES = Feature.values();

    private final Uses[] uses = new Uses[FEATURES.length];
    private final ConcurrentMap<String, DestinationUse> queues = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, DestinationUse> topics = new ConcurrentHashMap<>();
    private final DestinationUse temporaryQueues =
            new DestinationUse(DestinationKind.TEMPORARY_QUEUE, "", "");
    private final DestinationUse temporaryTopics =
            new DestinationUse(DestinationKind.TEMPORARY_TOPIC, "", "");
    private final DestinationUse others = new DestinationUse(DestinationKind.QUEUE, "", "");
    private final LongAdder destinationsLost = new LongAdder();
    private final Gauge connections = new Gauge();
    private final Gauge sessions = new Gauge();
    private final Gauge consumers = new Gauge();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final Rates rates = new Rates();
    private final AtomicBoolean complained = new AtomicBoolean();

    /** Makes one that has recorded nothing. */
    public Recorder() {
        for (int i = 0; i < uses.length; i++) {
            uses[i] = new Uses();
        }
    }

    /**
     * Counts a use.
     *
     * @param feature what was used
     */
    public void used(Feature feature) {
        used(feature, "");
    }

    /**
     * Counts a use.
     *
     * @param feature what was used
     * @param detail how, as the feature's comment says; null counts as empty
     */
    public void used(Feature feature, String detail) {
        String bounded = detail == null ? "" : detail;
        if (bounded.length() > DETAIL_CHARS_MAX) {
            bounded = bounded.substring(0, DETAIL_CHARS_MAX);
        }
        uses[feature.ordinal()].add(bounded);
    }

    /**
     * Finds where uses of a destination are counted.
     *
     * @param destination any provider's; null counts with those that are too many
     * @return its counts, or those of all that are too many
     * @throws JMSException if the destination does not tell its name
     */
    public DestinationUse destination(Destination destination) throws JMSException {
        if (destination instanceof TemporaryQueue) {
            return temporaryQueues;
        }
        if (destination instanceof TemporaryTopic) {
            return temporaryTopics;
        }
        if (destination instanceof Queue && ((Queue) destination).getQueueName() != null) {
            return destination(DestinationKind.QUEUE, ((Queue) destination).getQueueName());
        }
        if (destination instanceof Topic && ((Topic) destination).getTopicName() != null) {
            return destination(DestinationKind.TOPIC, ((Topic) destination).getTopicName());
        }
        return others;
    }

    /**
     * Finds where uses of a queue or topic are counted.
     *
     * @param kind queue or topic
     * @param name as the application wrote it
     * @return its counts, or those of all that are too many
     */
    public DestinationUse destination(DestinationKind kind, String name) {
        if (name == null || name.length() > DETAIL_CHARS_MAX) {
            destinationsLost.increment();
            return others;
        }
        ConcurrentMap<String, DestinationUse> known =
                kind == DestinationKind.TOPIC ? topics : queues;
        DestinationUse use = known.get(name);
        if (use != null) {
            return use;
        }
        if (queues.size() + topics.size() >= DESTINATIONS_MAX) {
            destinationsLost.increment();
            return others;
        }
        return known.computeIfAbsent(
                name, each -> new DestinationUse(kind, each, Places.ofApplication()));
    }

    /** Counts a message that was sent, for the rates. */
    public void sent() {
        sent.increment();
    }

    /** Counts a message that was received, for the rates. */
    public void received() {
        received.increment();
    }

    /**
     * Returns how many connections there are.
     *
     * @return counted up and down by who makes and closes them
     */
    public Gauge connections() {
        return connections;
    }

    /**
     * Returns how many sessions there are.
     *
     * @return counted up and down by who makes and closes them
     */
    public Gauge sessions() {
        return sessions;
    }

    /**
     * Returns how many consumers there are.
     *
     * @return counted up and down by who makes and closes them
     */
    public Gauge consumers() {
        return consumers;
    }

    /**
     * Takes note that something could not be recorded. The first time it is logged.
     *
     * @param cause why
     */
    public void failed(Throwable cause) {
        used(Feature.NOT_RECORDED, cause.getClass().getName());
        if (complained.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "what the application does could not be recorded, which is counted from now"
                            + " on; the application is not affected",
                    cause);
        }
    }

    /** Once a second: looks how many messages there were. */
    void tick() {
        rates.tick(sent.sum(), received.sum());
    }

    Uses uses(Feature feature) {
        return uses[feature.ordinal()];
    }

    Collection<DestinationUse> queues() {
        return queues.values();
    }

    Collection<DestinationUse> topics() {
        return topics.values();
    }

    DestinationUse temporaryQueues() {
        return temporaryQueues;
    }

    DestinationUse temporaryTopics() {
        return temporaryTopics;
    }

    DestinationUse others() {
        return others;
    }

    long destinationsLost() {
        return destinationsLost.sum();
    }

    Rates rates() {
        return rates;
    }
}
