// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.machine.ProcessMemory;
import org.taffrail.perf.peer.Broker;
import org.taffrail.perf.peer.MeasuringProcess;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.scale.Figures;
import org.taffrail.perf.scale.ScaleRun;
import org.taffrail.perf.scale.ScenarioName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * Carries out a scenario of scale against one provider: the steps of the measuring processes, and,
 * where the broker was started by this call, what is between them: its memory, its folder, its
 * death and its next start.
 */
final class ScaleSteps {
    private static final double MIB = 1024.0 * 1024.0;

    private final Campaign campaign;
    private final Target target;
    private final Optional<Broker> broker;
    private final List<String> arguments;
    private final Duration timeout;

    ScaleSteps(
            Campaign campaign,
            Target target,
            Optional<Broker> broker,
            List<String> arguments,
            Duration timeout) {
        this.campaign = campaign;
        this.target = target;
        this.broker = broker;
        this.arguments = arguments;
        this.timeout = timeout;
    }

    void carryOut(ScenarioName scenario, long count, Path folder, Figures figures)
            throws PeerException, IOException {
        OptionalLong idleHeap = OptionalLong.empty();
        long idleDisk = 0;
        if (broker.isPresent()) {
            broker.get().startEmpty();
            idleHeap = ProcessMemory.heapBytes(broker.get().pid());
            idleDisk = broker.get().diskBytes();
        }
        figures.addAll(step(ScaleRun.Step.FILL, folder));
        if (broker.isPresent()) {
            look(broker.get(), "filled", figures);
            OptionalLong heap = ProcessMemory.heapBytes(broker.get().pid());
            if (count > 0 && heap.isPresent() && idleHeap.isPresent()) {
                long more = heap.getAsLong() - idleHeap.getAsLong();
                figures.add("heap bytes a message", (double) more / count);
            }
            if (count > 0) {
                long more = broker.get().diskBytes() - idleDisk;
                figures.add("disk bytes a message", (double) more / count);
            }
            if (scenario.deliversAtOnce() && broker.get().keepsItsAddress()) {
                figures.add("killed and started, to first delivery ms", first(folder));
                look(broker.get(), "started", figures);
            }
        }
        figures.addAll(step(ScaleRun.Step.MEASURE, folder));
        if (broker.isPresent()) {
            look(broker.get(), "measured", figures);
        }
    }

    private void look(Broker started, String when, Figures figures) throws IOException {
        ProcessMemory.residentBytes(started.pid())
                .ifPresent(bytes -> figures.add("resident, " + when + " MiB", bytes / MIB));
        ProcessMemory.heapBytes(started.pid())
                .ifPresent(bytes -> figures.add("live heap, " + when + " MiB", bytes / MIB));
        figures.add("disk, " + when + " MiB", started.diskBytes() / MIB);
    }

    private Properties step(ScaleRun.Step step, Path folder) throws PeerException, IOException {
        campaign.progress("  %s", step.toString().toLowerCase(Locale.ROOT));
        List<String> all = new ArrayList<>(arguments);
        all.add("--step=" + step);
        Files.deleteIfExists(folder.resolve(MeasuringProcess.OUTCOME_FILE));
        return campaign.run(target, folder, all, timeout);
    }

    /** Kills the broker, starts it, and returns the ms from there to the first delivery. */
    private double first(Path folder) throws PeerException, IOException {
        Broker killed = broker.orElseThrow();
        killed.kill();
        return FirstMessage.after(killed, folder, () -> step(ScaleRun.Step.FIRST, folder));
    }
}
