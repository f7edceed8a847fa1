// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.Schedule;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * The rates of a latency campaign, one after another: a list of them, for all providers; or a sweep
 * that doubles the rate, and leaves out a provider once it has missed a rate or a bound.
 */
final class RateSteps {
    private static final double US_PER_NS = 1e-3;

    private final List<Long> listed;
    private final long first;
    private final double p99UsMax;
    private final BitSet leftOut = new BitSet();
    private final int providers;
    private int step;

    private RateSteps(List<Long> listed, long first, double p99UsMax, int providers) {
        this.listed = listed;
        this.first = first;
        this.p99UsMax = p99UsMax;
        this.providers = providers;
    }

    /**
     * A list.
     *
     * @param rates the rates, in messages per second
     * @param providers how many providers there are
     * @return the first of them is the next
     */
    static RateSteps of(List<Long> rates, int providers) {
        return new RateSteps(List.copyOf(rates), 0, Double.POSITIVE_INFINITY, providers);
    }

    /**
     * A sweep.
     *
     * @param first its first rate, in messages per second
     * @param p99Max the bound of p99
     * @param providers how many providers there are
     * @return the first rate is the next
     */
    static RateSteps doubling(long first, Duration p99Max, int providers) {
        return new RateSteps(List.of(), first, p99Max.toNanos() * US_PER_NS, providers);
    }

    /**
     * Goes on to the next rate.
     *
     * @return the rate, or nothing after the last of the list, when all providers are left out, or
     *     when there is no higher rate
     */
    OptionalLong next() {
        if (!listed.isEmpty()) {
            return step < listed.size()
                    ? OptionalLong.of(listed.get(step++))
                    : OptionalLong.empty();
        }
        long rate = first << step;
        step++;
        return leftOut.cardinality() == providers || rate > Schedule.RATE_MAX
                ? OptionalLong.empty()
                : OptionalLong.of(rate);
    }

    /**
     * Whether a provider is measured at the present rate.
     *
     * @param provider its number, from 0
     * @return false once it is left out
     */
    boolean takes(int provider) {
        return !leftOut.get(provider);
    }

    /**
     * Takes note of what a provider did at the present rate.
     *
     * @param provider its number, from 0
     * @param missedRate whether it missed the rate
     * @param p99Us its p99, in microseconds
     */
    void measured(int provider, boolean missedRate, double p99Us) {
        if (listed.isEmpty() && (missedRate || p99Us > p99UsMax)) {
            leftOut.set(provider);
        }
    }
}
