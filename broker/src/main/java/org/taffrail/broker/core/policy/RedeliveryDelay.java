// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

/**
 * How long a message waits after a failed delivery: after the first so long, after each further one
 * longer by a factor, up to a bound.
 *
 * @param firstMs after the first failed delivery, 0 for not at all
 * @param factorThousandths by how much the delay grows each time, in thousandths; 1000 for not
 * @param mostMs up to where it grows; it is never less than the first
 */
public record RedeliveryDelay(long firstMs, long factorThousandths, long mostMs) {
    /** What a factor of one is. */
    public static final long FACTOR_ONE = 1000;

    /**
     * Returns how long a message waits now.
     *
     * @param failures how many deliveries of it have failed, at least 1
     * @return in ms, at most the larger of the first delay and the bound
     */
    public long afterMs(int failures) {
        if (firstMs == 0 || factorThousandths == FACTOR_ONE) {
            return firstMs;
        }
        // the same on every machine, as StrictMath says; what is infinite is more than the bound
        double grown =
                firstMs * StrictMath.pow(factorThousandths / (double) FACTOR_ONE, failures - 1);
        return Math.round(Math.min(grown, Math.max(firstMs, mostMs)));
    }
}
