// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

/**
 * Decides when to ask the broker for a sign of life and when its silence is too long. Knows no
 * clock and no thread: it is told the time.
 *
 * <p>A quarter of the shorter of both sides' limits without a byte in either direction brings a
 * ping, so that neither side gives up on the other while nothing is to be said.
 */
final class Heartbeat {
    /** What to do now. */
    enum Verdict {
        /** Nothing. */
        FINE,
        /** Ask for a sign of life. */
        PING,
        /** Give up. */
        LOST
    }

    private static final long NS_PER_MS = 1_000_000;

    private final long silenceNsMax;
    private final long pingNs;
    private long pingedNs;

    /**
     * Makes a heartbeat.
     *
     * @param ownMs after how much silence of the broker to give up; 0 never
     * @param brokerMs after how much silence the broker gives up; 0 never
     * @param nowNs the time
     */
    Heartbeat(int ownMs, int brokerMs, long nowNs) {
        silenceNsMax = ownMs * NS_PER_MS;
        int shorterMs =
                ownMs == 0 || brokerMs == 0 ? Math.max(ownMs, brokerMs) : Math.min(ownMs, brokerMs);
        pingNs = shorterMs * NS_PER_MS / 4;
        pingedNs = nowNs;
    }

    /** Returns how often to ask for the verdict, 0 for never. */
    long periodMs() {
        return pingNs == 0 ? 0 : Math.max(1, pingNs / 2 / NS_PER_MS);
    }

    /**
     * Returns what to do now.
     *
     * @param nowNs the time
     * @param sentNs when something was last sent
     * @param receivedNs when something was last received
     */
    Verdict verdict(long nowNs, long sentNs, long receivedNs) {
        if (silenceNsMax > 0 && nowNs - receivedNs > silenceNsMax) {
            return Verdict.LOST;
        }
        boolean idle = nowNs - sentNs >= pingNs || nowNs - receivedNs >= pingNs;
        if (idle && nowNs - pingedNs >= pingNs) {
            pingedNs = nowNs;
            return Verdict.PING;
        }
        return Verdict.FINE;
    }
}
