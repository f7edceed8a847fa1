// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.Recorder;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Takes the times of a latency run: a recorder per {@link Series}, of which an interval is cut each
 * second and written to a {@code .hlog} file, and whose whole is written to a {@code .hgrm} file
 * each.
 *
 * <p>What was intended outside the measured span (the warm-up) is left out. Times are recorded by
 * any thread; intervals are cut by the thread of the run.
 */
final class LatencyRecorder implements Acknowledged, Receiver.Arrival, AutoCloseable {
    /** The longest time a histogram can tell; what took longer counts as this. */
    static final long TIME_NS_MAX = 3_600_000_000_000L;

    private static final int DIGITS = 3;
    private static final double NS_PER_US = 1_000.0;

    private final Map<Series, Recorder> recorders = new EnumMap<>(Series.class);
    private final Map<Series, Histogram> intervals = new EnumMap<>(Series.class);
    private final Map<Series, Histogram> totals = new EnumMap<>(Series.class);
    private final Path folder;
    private final HistogramLogWriter intervalLog;
    private final PrintStream intervalFile;
    private volatile long fromNs;
    private volatile long untilNs;

    LatencyRecorder(Path folder) throws IOException {
        this.folder = folder;
        for (Series series : Series.values()) {
            recorders.put(series, new Recorder(TIME_NS_MAX, DIGITS));
            totals.put(series, new Histogram(TIME_NS_MAX, DIGITS));
        }
        intervalFile = new PrintStream(folder.resolve("latency.hlog").toFile(), "UTF-8");
        intervalLog = new HistogramLogWriter(intervalFile);
        intervalLog.outputComment("[Taffrail perf: times in nanoseconds, a tag per series]");
        intervalLog.outputLogFormatVersion();
        intervalLog.outputStartTime(System.currentTimeMillis());
        intervalLog.outputLegend();
    }

    /** Says which intended times are measured; before, nothing is. */
    void measure(long measureFromNs, long measureUntilNs) {
        untilNs = measureUntilNs;
        fromNs = measureFromNs;
    }

    private boolean isMeasured(Stamp stamp) {
        return stamp.intendedNs() - fromNs >= 0 && stamp.intendedNs() - untilNs < 0;
    }

    @Override
    public void acknowledged(Stamp stamp, long calledNs, long ackNs) {
        if (isMeasured(stamp)) {
            long latencyNs = ackNs - stamp.intendedNs();
            record(Series.SEND_ACK, latencyNs);
            record(Series.SEND_ACK_LAG_OFF, latencyNs - stamp.lagNs());
            record(Series.SEND_SERVICE, ackNs - calledNs);
            record(Series.TIMER_LAG, stamp.lagNs());
        }
    }

    @Override
    public void arrived(Stamp stamp, long arrivedNs) {
        if (isMeasured(stamp)) {
            long latencyNs = arrivedNs - stamp.intendedNs();
            record(Series.END_TO_END, latencyNs);
            record(Series.END_TO_END_LAG_OFF, latencyNs - stamp.lagNs());
        }
    }

    private void record(Series series, long timeNs) {
        recorders.get(series).recordValue(Math.max(0, Math.min(timeNs, TIME_NS_MAX)));
    }

    /** Adds what was recorded since the last call to the totals and to the {@code .hlog} file. */
    void cutInterval() {
        for (Series series : Series.values()) {
            Histogram interval = recorders.get(series).getIntervalHistogram(intervals.get(series));
            intervals.put(series, interval);
            if (interval.getTotalCount() > 0) {
                interval.setTag(series.id());
                totals.get(series).add(interval);
                intervalLog.outputIntervalHistogram(interval);
            }
        }
    }

    /** Cuts the last interval and writes the {@code .hgrm} files, in microseconds. */
    Map<Series, Histogram> finish() throws IOException {
        cutInterval();
        for (Map.Entry<Series, Histogram> total : totals.entrySet()) {
            Path file = folder.resolve(total.getKey().id() + ".hgrm");
            try (PrintStream out = new PrintStream(file.toFile(), "UTF-8")) {
                total.getValue().outputPercentileDistribution(out, NS_PER_US);
            }
        }
        return totals;
    }

    @Override
    public void close() {
        intervalFile.close();
    }
}
