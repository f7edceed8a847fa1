// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.perf.report.HistogramFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class LatencyRecorderTest {
    @TempDir Path folder;

    @Test
    void keepsTheSeriesApartAndLeavesOutTheWarmUp() throws IOException {
        try (LatencyRecorder recorder = new LatencyRecorder(folder)) {
            recorder.measure(1_000_000, 2_000_000);
            Stamp warmUp = new Stamp(0, 0, 999_999, 0);
            Stamp measured = new Stamp(0, 1, 1_000_000, 20_000);
            Stamp after = new Stamp(0, 2, 2_000_000, 0);
            for (Stamp stamp : new Stamp[] {warmUp, measured, after}) {
                recorder.acknowledged(
                        stamp, stamp.intendedNs() + 30_000, stamp.intendedNs() + 90_000);
                recorder.arrived(stamp, stamp.intendedNs() + 120_000);
                recorder.cutInterval();
            }
            recorder.finish();
        }

        Map<Series, Histogram> read = HistogramFiles.read(folder.resolve("latency.hlog"));
        Map<Series, Long> wantedUs =
                Map.of(
                        Series.SEND_ACK, 90L,
                        Series.SEND_ACK_LAG_OFF, 70L,
                        Series.SEND_SERVICE, 60L,
                        Series.END_TO_END, 120L,
                        Series.END_TO_END_LAG_OFF, 100L,
                        Series.TIMER_LAG, 20L);
        for (Series series : Series.values()) {
            Histogram histogram = read.get(series);
            assertEquals(1, histogram.getTotalCount(), series::title);
            assertEquals(
                    wantedUs.get(series),
                    Math.round(histogram.getMaxValue() / 1_000.0),
                    series::title);
            assertTrue(Files.size(folder.resolve(series.id() + ".hgrm")) > 0, series::title);
        }
    }
}
