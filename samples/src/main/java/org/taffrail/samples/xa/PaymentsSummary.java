// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What became of the payments.
 *
 * @param sent the names of all payments
 * @param rows how often each is booked in the table; one that is not booked is not in it
 * @param receipts how many receipts there are for each
 * @param left what is left in the end
 * @param lives what became of the processes, in their order; the last was not to be killed
 */
public record PaymentsSummary(
        List<String> sent,
        Map<String, Integer> rows,
        Map<String, Integer> receipts,
        Left left,
        List<Life> lives) {
    /**
     * What should not be left.
     *
     * @param payments how many messages on the queue of payments
     * @param branches how many branches that are prepared and not ended, in queue and table
     */
    public record Left(int payments, int branches) {}

    /**
     * A process.
     *
     * @param recovered how many branches of its predecessor it found and ended; -1 if it did not
     *     get so far
     * @param booked how many payments it booked; -1 if it did not end by itself
     * @param killed whether it was killed where it should be
     */
    public record Life(int recovered, int booked, boolean killed) {}

    /**
     * Says what is not as it should be.
     *
     * @return a sentence for each problem; empty if all is well
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            Life life = lives.get(i);
            boolean last = i == lives.size() - 1;
            if (last ? life.booked() < 0 : !life.killed()) {
                problems.add("process " + (i + 1) + " ended otherwise: " + life);
            }
            // two resources were prepared when its predecessor was killed
            if (life.recovered() != (i == 0 ? 0 : 2)) {
                problems.add("process " + (i + 1) + " found " + life.recovered() + " branches");
            }
        }
        check(problems, "rows", rows);
        check(problems, "receipts", receipts);
        if (left.payments() != 0) {
            problems.add(left.payments() + " payments are left on the queue");
        }
        if (left.branches() != 0) {
            problems.add(left.branches() + " branches are left in doubt");
        }
        return List.copyOf(problems);
    }

    private void check(List<String> problems, String what, Map<String, Integer> times) {
        TreeSet<String> all = new TreeSet<>(sent);
        all.addAll(times.keySet());
        for (String payment : all) {
            int found = times.getOrDefault(payment, 0);
            if (found != 1 || !sent.contains(payment)) {
                problems.add(payment + " has " + found + " " + what);
            }
        }
    }
}
