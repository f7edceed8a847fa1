// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.taffrail.perf.load.Series;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Reads what a measuring process has recorded back into histograms. */
public final class HistogramFiles {
    private static final int DIGITS = 3;

    private HistogramFiles() {}

    /**
     * Sums up the intervals of a {@code .hlog} file.
     *
     * @param log the file
     * @return a histogram for every series, in nanoseconds; empty ones too
     * @throws IOException if the file can't be read, or holds something else
     */
    public static Map<Series, Histogram> read(Path log) throws IOException {
        Map<Series, Histogram> totals = new EnumMap<>(Series.class);
        for (Series series : Series.values()) {
            totals.put(series, new Histogram(DIGITS));
        }
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (EncodableHistogram interval = reader.nextIntervalHistogram();
                    interval != null;
                    interval = reader.nextIntervalHistogram()) {
                totals.get(seriesOf(interval.getTag(), log)).add((Histogram) interval);
            }
        } catch (FileNotFoundException e) {
            throw new IOException("There is no " + log, e);
        }
        return totals;
    }

    private static Series seriesOf(String tag, Path log) throws IOException {
        for (Series series : Series.values()) {
            if (series.id().equals(tag)) {
                return series;
            }
        }
        throw new IOException(log + " holds a series that is unknown here: " + tag);
    }
}
