// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.Random;

/**
 * What a sender sets.
 *
 * @param key its message group, or null
 * @param fillBytes by how much the body is longer than it must be
 */
record Traits(
        boolean persistent,
        int priority,
        long expiresAtMs,
        long notBeforeMs,
        String colour,
        String key,
        int fillBytes) {
    private static final String[] KEYS = {null, null, "A", "B"};

    /** Leaves priority, expiry, delay and key to chance: most messages have none. */
    static Traits of(Random random, boolean persistent, long nowMs, String colour) {
        return new Traits(
                persistent,
                random.nextInt(5) == 0 ? random.nextInt(10) : 4,
                random.nextInt(8) == 0 ? nowMs + 1 + random.nextInt(500) : 0,
                random.nextInt(8) == 0 ? nowMs + 1 + random.nextInt(200) : 0,
                colour,
                KEYS[random.nextInt(KEYS.length)],
                0);
    }

    /** The same of a message whose body is longer. */
    Traits filled(int bytes) {
        return new Traits(persistent, priority, expiresAtMs, notBeforeMs, colour, key, bytes);
    }

    /** What messages of one sender have in common that are delivered in the order of sends. */
    String order() {
        return (persistent ? " persistent " : " not persistent ") + priority + " key " + key;
    }
}
