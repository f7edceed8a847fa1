// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of a day of the tide-table service.
 *
 * @param closed the requests that nobody was there for
 * @param odd the requests that have no answer
 * @param busy the ordinary ones
 * @param left how many messages are left on each queue in the end, where there are any
 * @param faults what went wrong in a thread, in words
 */
public record TideSummary(
        Closed closed, Odd odd, Busy busy, Map<String, Integer> left, List<String> faults) {
    /**
     * Requests sent while the service was closed, which expired.
     *
     * @param asked how many
     * @param answered how many were answered nevertheless
     * @param handedOut how many reached the service later
     */
    public record Closed(int asked, int answered, int handedOut) {}

    /**
     * Requests that have no answer, in the order: of a temporary queue's client, of the fixed
     * queue's.
     *
     * @param unknownPorts what was said to requests for a port without a table
     * @param poison what was said to requests that throw at whoever processes them
     * @param poisonDeliveries how often those were handed out
     * @param late what was said to requests that take longer than their sender's patience; null for
     *     nothing
     * @param lateReplies how many of them were replied to nevertheless
     */
    public record Odd(
            List<String> unknownPorts,
            List<String> poison,
            List<Integer> poisonDeliveries,
            List<String> late,
            int lateReplies) {}

    /**
     * The ordinary requests, in whose middle an instance is shut down.
     *
     * @param asked how many
     * @param right how many were answered rightly
     * @param twice how many were handed out more than once
     * @param answeredBy how many requests each instance has answered, of all kinds
     * @param afterShutdown how many the instance that was shut down answered after it had ended
     */
    public record Busy(
            int asked, int right, int twice, Map<String, Integer> answeredBy, int afterShutdown) {}

    /**
     * Says what is not as it should be.
     *
     * @return a sentence for each problem; empty if all is well
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(faults);
        check(problems, closed.answered() == 0, "a request to a closed service was answered");
        check(
                problems,
                closed.handedOut() == 0,
                closed.handedOut() + " expired requests reached the service");
        check(
                problems,
                odd.unknownPorts().stream()
                        .allMatch(said -> said != null && said.startsWith("there is no tide")),
                "an unknown port was not refused: " + odd.unknownPorts());
        check(
                problems,
                odd.poison().stream()
                        .allMatch(said -> said != null && said.endsWith("can't be processed")),
                "a poison request was not refused: " + odd.poison());
        check(
                problems,
                odd.poisonDeliveries().stream().allMatch(times -> times > 1),
                "a poison request was not tried again: " + odd.poisonDeliveries());
        check(
                problems,
                odd.late().stream().allMatch(said -> said == null) && odd.lateReplies() == 0,
                "who had lost patience was told "
                        + odd.late()
                        + ", and later by "
                        + odd.lateReplies()
                        + " replies");
        check(
                problems,
                busy.right() == busy.asked(),
                busy.right() + " of " + busy.asked() + " requests were answered rightly");
        check(problems, busy.twice() == 0, busy.twice() + " requests were handed out twice");
        check(problems, busy.afterShutdown() == 0, "an instance went on after it was shut down");
        check(problems, busy.answeredBy().size() > 1, "the instances did not share the work");
        check(problems, left.isEmpty(), "messages are left: " + left);
        return List.copyOf(problems);
    }

    private static void check(List<String> problems, boolean well, String otherwise) {
        if (!well) {
            problems.add(otherwise);
        }
    }
}
