// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The destinations that managers delete and make again. Those that had the same name are told apart
 * by their partitions, whose numbers never come again. Of one that a manager was told is deleted
 * nothing is ever heard by who asks later, not even its number.
 */
final class Instances {
    /** The name of a queue and of a topic. */
    static final String NAME = "d1";

    private final IntSupplier clock;

    /** When somebody was told that an instance is deleted, by its partition. */
    private final Map<String, Integer> deletedAt = new LinkedHashMap<>();

    /**
     * Makes it.
     *
     * @param clock counts what happens
     */
    Instances(IntSupplier clock) {
        this.clock = clock;
    }

    /** Whether a destination, or one of its groups, is among them. */
    static boolean isOne(String key) {
        return PolicyRules.name(key).equals(NAME);
    }

    /** The key of the one that has a partition; of any other destination its own. */
    static String key(String key, long partition) {
        return isOne(key) ? key + "@" + partition : key;
    }

    /** Somebody who has asked at some time has heard of one. */
    void heard(String destination, int askedAt) {
        int deleted = deletedAt.computeIfAbsent(destination, each -> Integer.MAX_VALUE);
        unless(
                askedAt < deleted,
                Invariant.DELETED_IS_GONE,
                destination + ", asked for at " + askedAt + ", deleted at " + deleted);
    }

    /** Those of a kind that somebody has heard of. */
    List<String> known(String key) {
        return deletedAt.keySet().stream().filter(each -> each.startsWith(key + "@")).toList();
    }

    /** A manager was told that they are deleted. */
    void deleted(List<String> destinations) {
        int now = clock.getAsInt();
        destinations.forEach(each -> deletedAt.merge(each, now, Math::min));
    }

    boolean isDeleted(String destination) {
        return deletedAt.getOrDefault(destination, Integer.MAX_VALUE) < Integer.MAX_VALUE;
    }
}
