// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

/**
 * How busy the desk is and how patient.
 *
 * @param orders how many orders in all, {@value #ORDERS_MIN} to {@value #ORDERS_MAX}; the first 100
 *     are those placed overnight
 * @param ordersPerSecond how many are placed in a second by day, 1 to 100,000
 * @param clerks how many clerks compete for them, 1 to 64
 * @param waitMs how long to wait for any one thing before giving up, in milliseconds, at least 1
 */
public record DeskOptions(int orders, int ordersPerSecond, int clerks, long waitMs) {
    /** The least number of orders: those placed overnight and one more. */
    public static final int ORDERS_MIN = 101;

    /** The largest number of orders: the desk remembers each to account for it. */
    public static final int ORDERS_MAX = 1_000_000;

    /** The file once through, four clerks, half a minute's patience. */
    public static final DeskOptions DEFAULT = new DeskOptions(360, 500, 4, 30_000);

    /**
     * Options within their bounds.
     *
     * @param orders how many orders in all
     * @param ordersPerSecond how many are placed in a second by day
     * @param clerks how many clerks compete for them
     * @param waitMs how long to wait for any one thing, in milliseconds
     * @throws IllegalArgumentException if one is out of bounds; the message names it
     */
    public DeskOptions {
        check("orders", orders, ORDERS_MIN, ORDERS_MAX);
        check("ordersPerSecond", ordersPerSecond, 1, 100_000);
        check("clerks", clerks, 1, 64);
        check("waitMs", waitMs, 1, Integer.MAX_VALUE);
    }

    /**
     * The same with another number of orders.
     *
     * @param count how many orders in all
     * @return options that differ in this only
     * @throws IllegalArgumentException if the count is out of bounds
     */
    public DeskOptions withOrders(int count) {
        return new DeskOptions(count, ordersPerSecond, clerks, waitMs);
    }

    /**
     * The same at another pace.
     *
     * @param count how many orders are placed in a second by day
     * @return options that differ in this only
     * @throws IllegalArgumentException if the count is out of bounds
     */
    public DeskOptions withOrdersPerSecond(int count) {
        return new DeskOptions(orders, count, clerks, waitMs);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not in " + min + ".." + max);
        }
    }
}
