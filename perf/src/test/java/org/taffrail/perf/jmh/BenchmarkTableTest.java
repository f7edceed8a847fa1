// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class BenchmarkTableTest {
    private static final long OPERATIONS = 1_000;

    private static final List<Class<?>> BENCHMARKS =
            List.of(
                    CoreBenchmark.class,
                    FrameBenchmark.class,
                    JournalBenchmark.class,
                    MachineLimits.class,
                    MessageBenchmark.class,
                    RecordBenchmark.class,
                    SessionBenchmark.class);

    private static BenchmarkParams params(String benchmark, WorkloadParams values) {
        IterationParams warmup = iterations(IterationType.WARMUP);
        IterationParams measurement = iterations(IterationType.MEASUREMENT);
        return new BenchmarkParams(
                benchmark,
                "",
                false,
                1,
                new int[] {1},
                List.of("all"),
                3,
                0,
                warmup,
                measurement,
                Mode.AverageTime,
                values,
                TimeUnit.NANOSECONDS,
                1,
                "",
                List.of(),
                "17",
                "",
                "",
                "",
                TimeValue.NONE);
    }

    private static IterationParams iterations(IterationType type) {
        return new IterationParams(type, 2, TimeValue.seconds(1), 1);
    }

    /** A result of two iterations, with what each has allocated, or nothing of that. */
    private static RunResult result(BenchmarkParams params, double[] scoresNs, Double bytes) {
        List<IterationResult> iterations = new ArrayList<>();
        for (double scoreNs : scoresNs) {
            IterationResult iteration =
                    new IterationResult(
                            params, params.getMeasurement(), new IterationResultMetaData(1, 1));
            iteration.addResult(score(scoreNs));
            if (bytes != null) {
                iteration.addResult(
                        new ScalarResult(
                                "gc.alloc.rate.norm", bytes, "B/op", AggregationPolicy.AVG));
            }
            iterations.add(iteration);
        }
        return new RunResult(params, List.of(new BenchmarkResult(params, iterations)));
    }

    private static Result<?> score(double ns) {
        return new AverageTimeResult(
                ResultRole.PRIMARY,
                "a",
                OPERATIONS,
                (long) (ns * OPERATIONS),
                TimeUnit.NANOSECONDS);
    }

    @Test
    void showsScoresWithWhatTheyAreOfAndWhatWasAllocated() {
        WorkloadParams values = new WorkloadParams();
        values.put("bodyBytes", "100", 0);
        List<RunResult> results =
                List.of(
                        result(
                                params(RecordBenchmark.class.getName() + ".check", values),
                                new double[] {12.34, 12.34, 12.34},
                                1_080.4),
                        result(
                                params(
                                        CoreBenchmark.class.getName() + ".sendDeliverAccept",
                                        new WorkloadParams()),
                                new double[] {1_234.5},
                                null));

        String page = BenchmarkTable.of(results, "a command", List.of("2 processors", "Java 17"));

        List<String> lines = page.lines().toList();
        assertEquals("# Benchmarks", lines.get(0));
        assertEquals("Made by `a command`, with 2 processors; Java 17.", lines.get(2));
        assertEquals("| benchmark | what it is | score | unit | B/op | forks |", lines.get(4));
        assertEquals(
                "| RecordBenchmark.check (bodyBytes=100) | the broker checks a run with one"
                        + " message and two properties, checksum included | 12.3 ± 0.00 | ns/op | 1,080 | 3 |",
                lines.get(6));
        assertTrue(
                lines.get(7).startsWith("| CoreBenchmark.sendDeliverAccept | the loop"),
                lines.get(7));
        assertTrue(
                lines.get(7)
                        .endsWith(
                                " accepted; with those of a round in one turn of the loop,"
                                        + " or each in its own | 1,235 | ns/op | - | 3 |"),
                lines.get(7));
    }

    @Test
    void everyBenchmarkIsToldInWords() {
        List<Method> methods =
                BENCHMARKS.stream()
                        .flatMap(type -> Stream.of(type.getMethods()))
                        .filter(method -> method.isAnnotationPresent(Benchmark.class))
                        .toList();
        assertFalse(methods.isEmpty(), "JMH keeps its annotations");
        for (Method method : methods) {
            InWords words = method.getAnnotation(InWords.class);
            assertTrue(words != null && !words.value().contains("|"), method::toString);
        }
    }
}
