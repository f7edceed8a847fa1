// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import java.time.Instant;
import java.util.List;

/**
 * One run of the kit against one provider.
 *
 * @param name what the provider is called in reports
 * @param facts what it says of itself
 * @param started when the run began
 * @param tookMs how long it took
 * @param results what became of each check, in the order of the catalogue
 * @param leftThreads names of threads that were still there after everything was closed
 */
public record RunRecord(
        String name,
        Facts facts,
        Instant started,
        long tookMs,
        List<Result> results,
        List<String> leftThreads) {
    /**
     * Keeps copies of the lists.
     *
     * @param name what the provider is called
     * @param facts what it says of itself
     * @param started when the run began
     * @param tookMs how long it took
     * @param results the results
     * @param leftThreads names of threads that are left
     */
    public RunRecord {
        results = List.copyOf(results);
        leftThreads = List.copyOf(leftThreads);
    }

    /**
     * Counts results.
     *
     * @param outcome which
     * @return how many ended so
     */
    public long count(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /**
     * Tells whether all binding statements that could be checked hold.
     *
     * @return true if so
     */
    public boolean holds() {
        return results.stream().noneMatch(Result::isBroken);
    }
}
