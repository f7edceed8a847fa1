// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.List;

/**
 * Which of a group's consumers gets everything, where one wants it: the first that has said so, as
 * long as it lives; then the next. What it holds when it ends comes first: until that is settled or
 * back, nobody gets anything, so that nothing overtakes it.
 */
final class Exclusivity {
    private Consumer sole;
    private Consumer ended;

    boolean serves(Consumer consumer) {
        return sole == null && ended == null || sole == consumer && ended == null;
    }

    /** Takes a new consumer; returns whether it gets everything from now on. */
    boolean added(Consumer consumer) {
        if (!consumer.exclusive || sole != null) {
            return false;
        }
        sole = consumer;
        return true;
    }

    /** Takes the end of a consumer; it may still hold messages. */
    void removed(Consumer consumer, List<Consumer> others) {
        if (consumer != sole) {
            return;
        }
        ended = consumer.heldCount() > 0 ? consumer : ended;
        sole = null;
        for (Consumer other : others) {
            if (other.exclusive) {
                sole = other;
                return;
            }
        }
    }

    /** Hears that a consumer which has ended holds nothing any more; returns whether it matters. */
    boolean freed(Consumer consumer) {
        if (consumer != ended) {
            return false;
        }
        ended = null;
        return true;
    }
}
