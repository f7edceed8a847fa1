// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.perf.load.MessageShape;
import org.taffrail.perf.load.ThroughputCase;
import org.taffrail.perf.load.ThroughputPlan;
import org.taffrail.perf.machine.BareLoad;
import org.taffrail.perf.machine.BarePath;
import org.taffrail.perf.machine.ForceTime;
import org.taffrail.perf.machine.Limits;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A force takes 900 us here and a round trip 100 us: 1,000 a second of what waits for both. */
class CaseLimitTest {
    private static final Limits MACHINE = new Limits(new ForceTime(900, 1_000), 100, 120, 100, 5);

    private static final BarePath BARE =
            new BarePath(
                    true,
                    Map.of(
                            new BareLoad(8, 0), new BarePath.Figure(6_400, 0.25),
                            new BareLoad(4, 4), new BarePath.Figure(3_100, 0.4)));

    private static double limit(String text, boolean forced) {
        ThroughputCase work = ThroughputCase.parse(text);
        return new CaseLimit(MACHINE, BARE, forced)
                .perSecond(work, plan(work, new MessageShape(1_000, true)));
    }

    private static ThroughputPlan plan(ThroughputCase work, MessageShape shape) {
        return ThroughputPlan.of(
                work,
                "q",
                shape,
                50,
                new ThroughputPlan.Limits(Duration.ZERO, Duration.ofSeconds(1), 1 << 20));
    }

    @ParameterizedTest
    @CsvSource({
        "sync-send:1, 1000",
        "sync-send:8, 8000",
        "transacted:10x2, 20000",
        "xa:10x2, 10000",
        "async-send:1, 50000",
        "round-trip:4+4, 4000",
        "fan-out-durable:1x20, 1000",
        "fan-out:1x20, 200000",
        "drain:2-transacted, 200000",
        "drain:2-client, 2000000",
        "request-reply:8, 8000",
        "selector:10, 50000",
        "many-queues:100, 4000"
    })
    void waitsForForcesAndRoundTripsThatNobodyCanSpare(String text, double perSecond) {
        assertEquals(perSecond, limit(text, true), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "sync-send:1, 10000",
        "xa:1x1, 5000",
        "drain:1-transacted, 1000000",
        "request-reply:1, 5000"
    })
    void waitsForRoundTripsAloneWhereNothingIsForced(String text, double perSecond) {
        assertEquals(perSecond, limit(text, false), 1e-6);
    }

    @Test
    void noMoreIsWrittenThanTheDiskTakesNorCopiedThanTheMemoryDoes() {
        assertEquals(100e6 / 1e6, limit("sync-send:1000@1000000", true), 1e-6);
        assertEquals(5e9 / 1e6, limit("sync-send:1000@1000000", false), 1e-6);
        assertEquals(5e9 / 1e3, limit("drain:2", true), 1e-6, "it waits for nothing");
    }

    @Test
    void showsHowManyTimesTheLeastASendTook() {
        FloorTable table =
                new FloorTable(new CaseLimit(MACHINE, BARE, true).durableUs(), List.of("a", "b"));
        table.row(5_000, List.of(OptionalDouble.of(1_250), OptionalDouble.empty()));

        assertEquals(
                "p50 of send-ack, lag off: times the least, 1,000 us a b\n"
                        + "5,000 messages/s 1.25 -\n",
                table.toString().replaceAll(" +", " "));
    }

    @Test
    void showsSharesAndADashForBrokersOfWhichNothingIsKnown() {
        ShareTable table = new ShareTable(List.of("a", "b"));
        table.row(
                "x",
                2_000,
                OptionalDouble.empty(),
                List.of(OptionalDouble.of(500), OptionalDouble.empty()));

        List<String> lines = table.toString().lines().toList();

        assertTrue(lines.get(0).endsWith("limit       a  b"), lines.get(0));
        assertEquals("x 2,000 25.0 % -", lines.get(1).replaceAll(" +", " "));
    }

    @Test
    void showsSharesOfTheBarePathWhereItWasMeasured() {
        ShareTable table = new ShareTable(List.of("a"));
        List<OptionalDouble> figures = List.of(OptionalDouble.of(500));
        table.row("x", 2_000, OptionalDouble.of(1_000), figures);
        table.row("y", 4_000, OptionalDouble.empty(), figures);

        assertEquals(
                """
                share of what this machine allows, median of the runs limit a bare path a
                x 2,000 25.0 % 1,000 50.0 %
                y 4,000 12.5 %
                """,
                table.toString().replaceAll(" +", " "));
    }

    @ParameterizedTest
    @CsvSource({
        "sync-send:8, 6400",
        "round-trip:4+4-transacted, 3100",
        "sync-send:8@1KiB, 6400",
        "sync-send:1, ", // not measured
        "sync-send:8@100, ",
        "sync-send:65, ",
        "transacted:8, ",
        "many-queues:8, "
    })
    void theBarePathDoesWhatSomeCasesDo(String text, Double perSecond) {
        assertEquals(Optional.ofNullable(perSecond), barePerSecond(text, true));
    }

    @Test
    void whatIsNotPersistentHasNoBarePath() {
        assertEquals(Optional.empty(), barePerSecond("sync-send:8", false));
    }

    private static Optional<Double> barePerSecond(String text, boolean persistent) {
        ThroughputCase work = ThroughputCase.parse(text);
        ThroughputPlan plan = plan(work, new MessageShape(1_024, persistent));
        OptionalDouble bare = new CaseLimit(MACHINE, BARE, true).barePerSecond(work, plan);
        return bare.isPresent() ? Optional.of(bare.getAsDouble()) : Optional.empty();
    }
}
