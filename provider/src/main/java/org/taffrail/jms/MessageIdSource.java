// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The message ids of one connection: the high half is random for the connection, never zero, the
 * low half counts. Thread-safe.
 */
final class MessageIdSource {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long high = RANDOM.nextLong() | 1L;
    private final AtomicLong low = new AtomicLong();

    long high() {
        return high;
    }

    /** Returns the low half for the next message. */
    long nextLow() {
        return low.incrementAndGet();
    }
}
