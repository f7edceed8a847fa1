// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How many checks of some kind ended how.
 *
 * @param passed how many passed
 * @param failed how many failed
 * @param unsupported how many the provider does not have what they need for
 * @param notRun how many were not run
 */
public record Tally(long passed, long failed, long unsupported, long notRun) {
    /**
     * Counts.
     *
     * @param run the run
     * @param which the results that count
     * @return how they ended
     */
    public static Tally of(RunRecord run, Predicate<Result> which) {
        List<Outcome> outcomes = run.results().stream().filter(which).map(Result::outcome).toList();
        return new Tally(
                count(outcomes, Outcome.PASSED),
                count(outcomes, Outcome.FAILED),
                count(outcomes, Outcome.UNSUPPORTED),
                count(outcomes, Outcome.NOT_RUN));
    }

    /**
     * Counts statements that are equally binding.
     *
     * @param run the run
     * @param strength how binding
     * @return how they ended
     */
    public static Tally of(RunRecord run, Strength strength) {
        return of(run, result -> result.subject().strength() == strength);
    }

    private static long count(List<Outcome> outcomes, Outcome which) {
        return outcomes.stream().filter(outcome -> outcome == which).count();
    }

    /**
     * Returns how many there are.
     *
     * @return the sum
     */
    public long all() {
        return passed + failed + unsupported + notRun;
    }

    /**
     * Returns the part that passed. It is never rounded up to all: 100 % means all.
     *
     * @return for example {@code 99.7 %}; a dash if there are none
     */
    public String percent() {
        if (all() == 0) {
            return "-";
        }
        if (passed == all()) {
            return "100 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(1000.0 * passed / all()) / 10);
    }
}
