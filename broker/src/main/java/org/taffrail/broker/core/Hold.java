// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** A message in the hands of one consumer. */
final class Hold {
    final Consumer consumer;
    final long offset;
    final byte priority;
    final boolean persistent;

    /** When the message expires, 0 for never: the sweep passes over what is held. */
    final long expirationMs;

    /** Since when, ms since 1970. */
    final long sinceMs;

    /**
     * Whether no settlement can name the message any more: a transaction has accepted it and not
     * ended yet, it is being given back, it is on its way to the dead-letter queue, or its last
     * part is still on its way to the consumer.
     */
    boolean bound;

    /** How many bytes the message has, with all its parts, once it was delivered. */
    int bytes;

    /** The consumer's free holds, which are not bound, before and after this one. */
    Hold previous;

    Hold next;

    /** What the consumer holds for longer, and for less long, bound or not. */
    Hold earlier;

    Hold later;

    /** Where it has a key, the lane in which it goes. */
    Lane lane;

    /** Makes one of a message of the consumer's group, which has been given to it. */
    Hold(Consumer consumer, long offset, int priority, long expirationMs, long sinceMs) {
        this.consumer = consumer;
        this.offset = offset;
        this.priority = (byte) priority;
        this.expirationMs = expirationMs;
        this.sinceMs = sinceMs;
        persistent = position().isPersistent(offset);
    }

    void bind() {
        consumer.bind(this);
    }

    Position position() {
        return consumer.group.position;
    }
}
