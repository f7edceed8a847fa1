// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.HashMap;
import java.util.Map;

/** Who shares messages: a queue's consumers or a subscription's. */
final class Group {
    final String key;
    final String colour;
    final Map<Long, Copy> copies = new HashMap<>();
    final Map<String, Copy> byLetter = new HashMap<>();

    /** Whether it is not known any more what is in it: someone wanted to end it. */
    boolean vague;

    /** Whether someone was told that it exists. */
    boolean exists;

    /** How often someone has wanted to make it: it may exist. */
    int asks;

    Group(String key, String colour) {
        this.key = key;
        this.colour = colour;
    }

    boolean isFor(Letter letter) {
        return isWhereSent(letter) && (colour == null || colour.equals(letter.colour));
    }

    /** Whether a message was sent to its destination. */
    boolean isWhereSent(Letter letter) {
        return key.equals(letter.destination) || key.startsWith(letter.destination + "/");
    }
}
