// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordView;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties by which a dead letter, or a message in an expiry queue, tells where it came from
 * and why it left. What a record says of itself may have been written by anybody: a property of
 * another type than ours counts as missing.
 */
final class Origins {
    private static final String NAME = "JMS_TAFFRAIL_ORIGIN";
    private static final String KIND = "JMS_TAFFRAIL_ORIGIN_KIND";
    private static final String SUBSCRIPTION = "JMS_TAFFRAIL_ORIGIN_SUBSCRIPTION";
    private static final String OFFSET = "JMS_TAFFRAIL_ORIGIN_OFFSET";
    private static final String EXPIRATION = "JMS_TAFFRAIL_ORIGIN_EXPIRATION";
    private static final String REASON = "JMS_TAFFRAIL_DEATH_REASON";
    private static final String COUNT = "JMS_TAFFRAIL_DEATH_COUNT";
    private static final String TIME = "JMS_TAFFRAIL_DEATH_TIME";

    private Origins() {}

    /** Tells of a message that leaves its group. */
    static Map<String, Object> of(
            Group group, long offset, RecordView record, Moves.Cause cause, long nowMs) {
        Map<String, Object> added = new LinkedHashMap<>();
        added.put(NAME, group.destination.name);
        added.put(KIND, group.destination.kind.isQueue() ? "queue" : "topic");
        if (group.name != null) {
            added.put(SUBSCRIPTION, group.name);
        }
        added.put(OFFSET, offset);
        if (record.expirationMs() != 0) {
            added.put(EXPIRATION, record.expirationMs());
        }
        added.put(REASON, cause.text());
        added.put(COUNT, cause.failures());
        added.put(TIME, nowMs);
        return added;
    }

    /** Returns the queue that a message came from; null where it came from elsewhere. */
    static String queue(Map<String, Object> properties) {
        return "queue".equals(properties.get(KIND)) ? name(properties) : null;
    }

    /** Returns the topic that a message came from; null where it came from elsewhere. */
    static String topic(Map<String, Object> properties) {
        return "topic".equals(properties.get(KIND)) ? name(properties) : null;
    }

    private static String name(Map<String, Object> properties) {
        return properties.get(NAME) instanceof String name ? name : null;
    }

    /** Returns when a message would have expired, 0 for never. */
    static long expirationMs(Map<String, Object> properties) {
        return properties.get(EXPIRATION) instanceof Long time ? time : 0;
    }

    /** Takes out all that tells of a death. */
    static void remove(Map<String, Object> properties) {
        for (String name :
                new String[] {NAME, KIND, SUBSCRIPTION, OFFSET, EXPIRATION, REASON, COUNT, TIME}) {
            properties.remove(name);
        }
    }
}
