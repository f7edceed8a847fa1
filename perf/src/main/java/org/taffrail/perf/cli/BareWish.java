// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.LatencyPlan;
import org.taffrail.perf.load.MessageShape;
import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.machine.BareLoad;
import org.taffrail.perf.machine.BarePath;
import org.taffrail.perf.measure.ThroughputOptions;
import org.taffrail.perf.peer.Durability;
import org.taffrail.perf.report.CaseLimit;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a campaign wants to know of the bare path.
 *
 * @param loads the loads that its runs have a counterpart in
 * @param duration for how long each is measured
 */
record BareWish(Set<BareLoad> loads, Duration duration) {
    /** Nothing. */
    static final BareWish NONE = new BareWish(Set.of(), Duration.ZERO);

    /** What {@code perf limits} shows. */
    static final BareWish ALL =
            new BareWish(
                    new LinkedHashSet<>(
                            List.of(new BareLoad(1, 0), new BareLoad(8, 0), new BareLoad(4, 4))),
                    Duration.ofSeconds(2));

    /** A short run does not wait long for what it is compared with. */
    private static final int PARTS_OF_RUN = 5;

    /** The wish of throughput runs: what their cases are compared with. */
    static BareWish of(List<ThroughputCase> cases, ThroughputOptions options) {
        Set<BareLoad> loads = new LinkedHashSet<>();
        for (ThroughputCase work : cases) {
            CaseLimit.bareLoad(work, options.plan(work)).ifPresent(loads::add);
        }
        return new BareWish(loads, within(options.plan(cases.get(0)).limits().duration()));
    }

    /** The wish of latency runs: what one message after another takes. */
    static BareWish of(LatencyPlan plan) {
        MessageShape shape = plan.sending().shape();
        boolean alike = shape.persistent() && shape.sizeBytes() == BareLoad.MESSAGE_BYTES;
        return new BareWish(
                alike ? Set.of(new BareLoad(1, 0)) : Set.of(), within(plan.pace().duration()));
    }

    private static Duration within(Duration run) {
        Duration part = run.dividedBy(PARTS_OF_RUN);
        return part.compareTo(ALL.duration) < 0 ? part : ALL.duration;
    }

    BarePath measure(Durability durability) throws IOException {
        return BarePath.measure(durability == Durability.FORCE, loads, duration);
    }
}
