// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

/**
 * The busiest second and the busiest minute, of messages sent and received. Called once a second,
 * by one thread; read by the same.
 */
final class Rates {
    private static final int SECONDS = 60;

    private final long[] sentAt = new long[SECONDS];
    private final long[] receivedAt = new long[SECONDS];
    private long ticks;
    private long lastSent;
    private long lastReceived;
    private long sentSecondMax;
    private long receivedSecondMax;
    private long sentMinuteMax;
    private long receivedMinuteMax;

    synchronized void tick(long sent, long received) {
        sentSecondMax = Math.max(sentSecondMax, sent - lastSent);
        receivedSecondMax = Math.max(receivedSecondMax, received - lastReceived);
        int slot = (int) (ticks % SECONDS);
        // what the slot holds was written a minute ago, or is the zero that all began with
        sentMinuteMax = Math.max(sentMinuteMax, sent - sentAt[slot]);
        receivedMinuteMax = Math.max(receivedMinuteMax, received - receivedAt[slot]);
        sentAt[slot] = sent;
        receivedAt[slot] = received;
        lastSent = sent;
        lastReceived = received;
        ticks++;
    }

    synchronized long sentSecondMax() {
        return sentSecondMax;
    }

    synchronized long receivedSecondMax() {
        return receivedSecondMax;
    }

    synchronized long sentMinuteMax() {
        return sentMinuteMax;
    }

    synchronized long receivedMinuteMax() {
        return receivedMinuteMax;
    }
}
