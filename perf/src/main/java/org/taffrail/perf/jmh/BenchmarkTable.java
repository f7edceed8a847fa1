// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of benchmarks as a page in Markdown: a row each, in the order they were run in. */
public final class BenchmarkTable {
    /** What JMH calls the bytes that an operation allocates. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private static final String UNKNOWN = "-";
    private static final double DIGITS_FROM = 100;
    private static final double ONE_DIGIT_FROM = 10;

    private BenchmarkTable() {}

    /**
     * Makes the page.
     *
     * @param results what JMH has found
     * @param command what was typed
     * @param facts what the machine is, in words
     * @return its lines
     */
    public static String of(Collection<RunResult> results, String command, List<String> facts) {
        StringBuilder page = new StringBuilder();
        page.append("# Benchmarks\n\n");
        page.append("Made by `").append(command).append("`, with ");
        page.append(String.join("; ", facts)).append(".\n\n");
        row(page, List.of("benchmark", "what it is", "score", "unit", "B/op", "forks"));
        row(page, List.of("---", "---", "---:", "---", "---:", "---:"));
        for (RunResult result : results) {
            row(page, cells(result));
        }
        page.append("\nThe score is the mean with JMH's error (99.9 %), by operation, and so are");
        page.append(" the bytes allocated.\n");
        return page.toString();
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static List<String> cells(RunResult result) {
        BenchmarkParams params = result.getParams();
        Result<?> primary = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        double error = primary.getScoreError();
        return List.of(
                name(params),
                words(params.getBenchmark()),
                figure(primary.getScore()) + (Double.isNaN(error) ? "" : " ± " + figure(error)),
                primary.getScoreUnit(),
                allocated == null
                        ? UNKNOWN
                        : String.format(Locale.ROOT, "%,.0f", allocated.getScore()),
                Integer.toString(params.getForks()));
    }

    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        int method = benchmark.lastIndexOf('.');
        String name = benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
        return params.getParamsKeys().isEmpty()
                ? name
                : params.getParamsKeys().stream()
                        .map(key -> key + "=" + params.getParam(key))
                        .collect(Collectors.joining(", ", name + " (", ")"));
    }

    private static String words(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        try {
            return Stream.of(Class.forName(benchmark.substring(0, method)).getMethods())
                    .filter(each -> each.getName().equals(benchmark.substring(method + 1)))
                    .filter(each -> each.isAnnotationPresent(InWords.class))
                    .map(BenchmarkTable::words)
                    .findFirst()
                    .orElse("");
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(benchmark + " is not here", e);
        }
    }

    private static String words(Method benchmark) {
        return benchmark.getAnnotation(InWords.class).value();
    }

    private static String figure(double value) {
        if (value >= DIGITS_FROM) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= ONE_DIGIT_FROM ? "%.1f" : "%.2f", value);
    }
}
