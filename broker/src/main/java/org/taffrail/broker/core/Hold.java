// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** A message in the hands of one consumer. */
final class Hold {
    final Consumer consumer;
    final long offset;
    final int priority;
    final boolean persistent;

    /** The transaction that has accepted the message and not ended yet, or null. */
    Transaction transaction;

    Hold(Consumer consumer, long offset, int priority, boolean persistent) {
        this.consumer = consumer;
        this.offset = offset;
        this.priority = priority;
        this.persistent = persistent;
    }
}
