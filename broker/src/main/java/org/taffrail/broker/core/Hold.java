// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** A message in the hands of one consumer. */
final class Hold {
    final Consumer consumer;
    final long offset;
    final int priority;
    final boolean persistent;

    /** When the message expires, 0 for never: the sweep passes over what is held. */
    final long expirationMs;

    /** The transaction that has accepted the message and not ended yet, or null. */
    Transaction transaction;

    /** Whether the message waits for its record on its way to the dead-letter queue. */
    boolean dying;

    /** The consumer's holds before and after this one. */
    Hold previous;

    Hold next;

    Hold(Consumer consumer, long offset, int priority, boolean persistent, long expirationMs) {
        this.consumer = consumer;
        this.offset = offset;
        this.priority = priority;
        this.persistent = persistent;
        this.expirationMs = expirationMs;
    }

    Position position() {
        return consumer.group.position;
    }
}
