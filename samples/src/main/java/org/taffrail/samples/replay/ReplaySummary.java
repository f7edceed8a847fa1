// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of the warehouse's books.
 *
 * @param shelf how much there really is of each item
 * @param wrong what the books of the first day said
 * @param rebuilt what the books say that were made of the replay
 * @param counts how many messages went where
 * @param traced the returns that were looked for by offset and selector, and those that were found
 * @param faults what went wrong otherwise, in words
 */
public record ReplaySummary(
        Map<String, Integer> shelf,
        Map<String, Integer> wrong,
        Map<String, Integer> rebuilt,
        Counts counts,
        Traced traced,
        List<String> faults) {
    /**
     * How many messages went where.
     *
     * @param sent how many moves were sent on both days, with the count in the morning
     * @param live how many the live consumers got
     * @param liveTwice how many of them more than once
     * @param replayed how many the replay got
     * @param replayedTwice how many of them more than once
     * @param left how many were on the queue in the end
     */
    public record Counts(
            int sent, int live, int liveTwice, int replayed, int replayedTwice, int left) {}

    /**
     * Messages looked for.
     *
     * @param expected the names of the moves that should be found, in the order of their sending
     * @param found those that were, in the order of the log
     */
    public record Traced(List<String> expected, List<String> found) {}

    /**
     * Says what is not as it should be.
     *
     * @return a sentence for each problem; empty if all is well
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(faults);
        check(problems, !wrong.equals(shelf), "the books of the first day were right by chance");
        check(
                problems,
                rebuilt.equals(shelf),
                "the rebuilt books say " + rebuilt + ", but the shelf has " + shelf);
        check(
                problems,
                counts.live() == counts.sent() && counts.liveTwice() == 0,
                "of " + counts.sent() + " messages the live consumers got " + counts.live());
        check(
                problems,
                counts.replayed() == counts.sent() && counts.replayedTwice() == 0,
                "of " + counts.sent() + " messages the replay got " + counts.replayed());
        check(problems, counts.left() == 0, counts.left() + " messages are left on the queue");
        check(
                problems,
                !traced.expected().isEmpty() && traced.expected().equals(traced.found()),
                "found " + traced.found() + " instead of " + traced.expected());
        return List.copyOf(problems);
    }

    private static void check(List<String> problems, boolean well, String otherwise) {
        if (!well) {
            problems.add(otherwise);
        }
    }
}
