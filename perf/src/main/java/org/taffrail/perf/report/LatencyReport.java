// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.LatencyOutcome;
import org.taffrail.perf.load.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a latency report shows: campaigns, and their runs by rate and provider.
 *
 * @param campaigns where the runs come from, in the order they were named
 * @param providers the providers, in the order they are shown
 * @param levels the rates, from the lowest to the highest
 */
public record LatencyReport(
        List<CampaignFile> campaigns, List<Provider> providers, List<Level> levels) {
    /**
     * A provider of the report.
     *
     * @param name what it is called in it
     * @param product what it calls itself
     * @param setup how it was set up
     */
    public record Provider(String name, String product, String setup) {}

    /**
     * All that was measured at one rate.
     *
     * @param ratePerSecond the rate that was asked for
     * @param measured the runs, by provider; those that were not measured at this rate are left out
     */
    public record Level(long ratePerSecond, List<Measured> measured) {
        List<Measured> with(Series series) {
            return measured.stream().filter(each -> each.has(series)).toList();
        }
    }

    /**
     * The repetitions of one provider at one rate.
     *
     * @param provider the provider's number, from 0, in the report
     * @param name its name
     * @param runs its runs, at least one
     */
    public record Measured(int provider, String name, List<Run> runs) {
        boolean has(Series series) {
            return runs.stream().allMatch(run -> run.of(series).getTotalCount() > 0);
        }

        /**
         * The percentile of a series, over the repetitions.
         *
         * @param series the series
         * @param percentile the percentile
         * @return in microseconds
         */
        public Spread us(Series series, Percentile percentile) {
            return Spread.of(runs.stream().map(run -> percentile.us(run.of(series))).toList());
        }

        /**
         * The rate that was achieved, over the repetitions.
         *
         * @return messages per second
         */
        public Spread achieved() {
            return Spread.of(runs.stream().map(run -> run.outcome.achievedPerSecond()).toList());
        }

        /**
         * Whether the rate was missed as a rule.
         *
         * @return true if it was in more than half of the runs
         */
        public boolean missedRate() {
            return runs.stream().filter(run -> run.outcome.missedRate()).count() * 2 > runs.size();
        }
    }

    /**
     * One run.
     *
     * @param outcome its rate
     * @param histograms its times, in nanoseconds
     */
    public record Run(LatencyOutcome outcome, Map<Series, Histogram> histograms) {
        Histogram of(Series series) {
            return histograms.get(series);
        }
    }

    /**
     * Why figures may not be trusted, over all campaigns.
     *
     * @return a sentence each
     */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        campaigns.forEach(campaign -> warnings.addAll(campaign.warnings()));
        return warnings;
    }
}
