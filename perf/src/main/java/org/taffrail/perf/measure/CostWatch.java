// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.ClockWatch;
import org.taffrail.perf.machine.Cost;
import org.taffrail.perf.machine.Costs;
import org.taffrail.perf.machine.FileRecording;
import org.taffrail.perf.machine.JvmLink;
import org.taffrail.perf.machine.Meter;
import org.taffrail.perf.machine.Meters;
import org.taffrail.perf.machine.ProcessMemory;
import org.taffrail.perf.machine.Spans;
import org.taffrail.perf.machine.ThreadAllocation;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Measures what messages cost while the clock of a run is running: at the broker, where this
 * process was told how to look into it, and here.
 *
 * <p>Meters are read when a slice begins and when it ends. Writes and forces are noted by the
 * broker itself, with their times, and summed up in the end: both sides read the same machine's
 * clock.
 */
final class CostWatch implements ClockWatch, AutoCloseable {
    private static final String RECORDING_FILE = "files.jfr";

    @Option(names = "--broker-pid")
    private Long brokerPid;

    @Option(names = "--broker-jmx")
    private String brokerAddress;

    private final Meters meters = new Meters();
    private final Spans spans = new Spans();
    private JvmLink link;
    private FileRecording files;
    private boolean begun;
    private Instant startedAt;

    /** Connects to the broker and has it note its writes: before the run, as this takes a while. */
    CostWatch open() {
        if (brokerAddress != null) {
            try {
                link = JvmLink.open(brokerAddress);
                meters.add(
                        Cost.BROKER_ALLOCATED,
                        new Meter<>(link::allocation, ThreadAllocation::between));
                files = link.recordFiles();
            } catch (IOException | RuntimeException e) {
                // a management bean's proxy wraps what it can't declare
                meters.note("the broker's JVM can't be looked into: " + e);
            }
        }
        meters.add(
                Cost.CLIENT_ALLOCATED,
                new Meter<>(ThreadAllocation::here, ThreadAllocation::between));
        if (link != null) {
            // the innermost: reading the others uses the broker's processor time
            meters.add(Cost.BROKER_CPU, Meter.counting(link::cpuNs));
        }
        return this;
    }

    @Override
    public void started() {
        if (!begun && brokerPid != null) {
            begun = true;
            try {
                ProcessMemory.forgetPeak(brokerPid);
            } catch (IOException e) {
                meters.note("the broker's peak memory is that of its whole life: " + e);
            }
        }
        meters.begin();
        startedAt = Instant.now();
    }

    @Override
    public void stopped() {
        spans.add(startedAt, Instant.now());
        meters.end();
    }

    /**
     * Ends it.
     *
     * @param messages how many messages were measured
     * @param folder where the broker may put a file for a moment
     * @return what they cost
     */
    Costs finish(long messages, Path folder) {
        Map<Cost, Long> totals = meters.totals();
        if (brokerPid != null) {
            try {
                OptionalLong peak = ProcessMemory.peakResidentBytes(brokerPid);
                peak.ifPresent(bytes -> totals.put(Cost.BROKER_RESIDENT, bytes));
            } catch (IOException e) {
                meters.note("the broker's memory can't be read: " + e);
            }
        }
        if (files != null) {
            try {
                Path file = folder.resolve(RECORDING_FILE).toAbsolutePath();
                FileRecording.Totals written = files.finish(spans, file);
                totals.put(Cost.FORCES, written.forces());
                totals.put(Cost.FILE_WRITTEN, written.writtenBytes());
            } catch (IOException | RuntimeException e) {
                meters.note("the broker's writes and forces can't be counted: " + e);
            }
        }
        return Costs.of(totals, messages, meters.notes());
    }

    /** Lets go of the broker, also after a run that has failed. */
    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
        if (link != null) {
            link.close();
        }
    }
}
