// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

/** Receives the latencies of the orders placed by day. Called from several threads at once. */
public interface LatencySink {
    /** A sink for those who do not measure. */
    LatencySink NONE =
            new LatencySink() {
                @Override
                public void sent(long nanos) {}

                @Override
                public void received(long nanos) {}
            };

    /**
     * An order was sent.
     *
     * @param nanos how long the persistent {@code send} call took, in nanoseconds
     */
    void sent(long nanos);

    /**
     * A clerk received an order for the first time.
     *
     * @param nanos the time from just before {@code send} until {@code receive} returned, in
     *     nanoseconds
     */
    void received(long nanos);
}
