// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

/**
 * How busy the service is, and how patient its clients are.
 *
 * @param requests how many ordinary requests in all, {@value #REQUESTS_MIN} to {@value
 *     #REQUESTS_MAX}
 * @param instances how many instances of the service compete for them, 2 to 64
 * @param pilots how many clients have temporary queues, 1 to 64
 * @param offices how many clients share the fixed queue, 1 to 64
 * @param patienceMs how long a client waits for an ordinary answer, in milliseconds, at least 1
 */
public record TideOptions(int requests, int instances, int pilots, int offices, long patienceMs) {
    /** The least number of requests: a few for each client. */
    public static final int REQUESTS_MIN = 100;

    /** The largest number of requests. */
    public static final int REQUESTS_MAX = 10_000_000;

    /** Three instances, four pilots, two offices, and ten seconds' patience. */
    public static final TideOptions DEFAULT = new TideOptions(3_000, 3, 4, 2, 10_000);

    /**
     * Options within their bounds.
     *
     * @param requests how many ordinary requests in all
     * @param instances how many instances of the service compete for them
     * @param pilots how many clients have temporary queues
     * @param offices how many clients share the fixed queue
     * @param patienceMs how long a client waits for an ordinary answer, in milliseconds
     * @throws IllegalArgumentException if one is out of bounds; the message names it
     */
    public TideOptions {
        check("requests", requests, REQUESTS_MIN, REQUESTS_MAX);
        check("instances", instances, 2, 64);
        check("pilots", pilots, 1, 64);
        check("offices", offices, 1, 64);
        check("patienceMs", patienceMs, 1, Integer.MAX_VALUE);
    }

    /**
     * The same with another number of requests.
     *
     * @param count how many ordinary requests in all
     * @return options that differ in this only
     * @throws IllegalArgumentException if the count is out of bounds
     */
    public TideOptions withRequests(int count) {
        return new TideOptions(count, instances, pilots, offices, patienceMs);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not in " + min + ".." + max);
        }
    }
}
