// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.ConnectionOptions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How a connection is made, and made again after a loss.
 *
 * @param initialDelayMs before the second round of attempts, 0 or more; the first comes at once
 * @param maxDelayMs between rounds at most, 1 or more
 * @param multiplier how much longer each delay is than the one before, 1 or more
 * @param roundsMax how many rounds there are after a loss; -1 for any number
 * @param startupRoundsMax how many rounds there are beyond the first one when the connection is
 *     made; -1 for any number
 * @param timeoutMs how long it is tried after a loss, 1 or more
 * @param startupTimeoutMs how long it is tried when the connection is made, 1 or more
 * @param randomOrder whether the list is gone through in a random order
 * @param sendTimeoutMs how long a send waits for a connection, 1 or more
 * @param closeTimeoutMs how long it is tried once the connection is being closed, 1 or more
 */
public record ReconnectPolicy(
        long initialDelayMs,
        long maxDelayMs,
        double multiplier,
        int roundsMax,
        int startupRoundsMax,
        long timeoutMs,
        long startupTimeoutMs,
        boolean randomOrder,
        long sendTimeoutMs,
        long closeTimeoutMs) {
    /**
     * Reads it from a connection's options.
     *
     * @param options the options
     * @return what they say
     */
    public static ReconnectPolicy of(ConnectionOptions options) {
        return new ReconnectPolicy(
                options.get(ConnectionOptions.INITIAL_RECONNECT_DELAY_MS),
                options.get(ConnectionOptions.MAX_RECONNECT_DELAY_MS),
                options.get(ConnectionOptions.RECONNECT_BACK_OFF_MULTIPLIER),
                options.get(ConnectionOptions.MAX_RECONNECT_ATTEMPTS),
                options.get(ConnectionOptions.STARTUP_MAX_RECONNECT_ATTEMPTS),
                options.get(ConnectionOptions.RECONNECT_TIMEOUT_MS),
                options.get(ConnectionOptions.STARTUP_TIMEOUT_MS),
                options.get(ConnectionOptions.RANDOMIZE),
                options.get(ConnectionOptions.SEND_TIMEOUT_MS),
                options.get(ConnectionOptions.CLOSE_TIMEOUT_MS));
    }

    Backoff backoff() {
        return new Backoff(initialDelayMs, maxDelayMs, multiplier, new Random());
    }

    /** Returns the brokers' indexes in the order in which they are tried. */
    List<Integer> order(int brokers) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < brokers; i++) {
            order.add(i);
        }
        if (randomOrder) {
            Collections.shuffle(order);
        }
        return order;
    }
}
