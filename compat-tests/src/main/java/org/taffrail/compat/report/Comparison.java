// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.report;

import org.taffrail.compat.run.Outcome;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.taffrail.compat.run.Subject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs side by side: for each check what became of it with each provider. Runs need not have the
 * same checks.
 */
final class Comparison {
    private final List<RunRecord> runs;
    private final Map<String, List<Row>> chapters = new LinkedHashMap<>();

    /**
     * A check, and what became of it.
     *
     * @param subject the check
     * @param results one for each run, not run where it was not among its checks
     */
    record Row(Subject subject, List<Result> results) {
        boolean differs() {
            return results.stream().map(Result::outcome).distinct().count() > 1;
        }

        boolean fails() {
            return results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
        }
    }

    Comparison(List<RunRecord> runs) {
        this.runs = List.copyOf(runs);
        List<Map<String, Result>> byId = new ArrayList<>();
        for (RunRecord run : runs) {
            Map<String, Result> results = new HashMap<>();
            run.results().forEach(result -> results.put(result.subject().id(), result));
            byId.add(results);
        }
        for (Subject subject : subjects(runs)) {
            List<Result> results =
                    byId.stream()
                            .map(
                                    found ->
                                            found.getOrDefault(
                                                    subject.id(),
                                                    new Result(
                                                            subject, Outcome.NOT_RUN, "", "", 0)))
                            .toList();
            chapters.computeIfAbsent(subject.chapter(), title -> new ArrayList<>())
                    .add(new Row(subject, results));
        }
    }

    /** In the order of the run with most checks; what others have beside comes behind. */
    private static Iterable<Subject> subjects(List<RunRecord> runs) {
        List<RunRecord> largestFirst =
                runs.stream()
                        .sorted(
                                Comparator.comparingInt((RunRecord run) -> run.results().size())
                                        .reversed())
                        .toList();
        Map<String, Subject> subjects = new LinkedHashMap<>();
        for (RunRecord run : largestFirst) {
            for (Result result : run.results()) {
                subjects.putIfAbsent(result.subject().id(), result.subject());
            }
        }
        return subjects.values();
    }

    List<RunRecord> runs() {
        return runs;
    }

    Set<String> chapters() {
        return chapters.keySet();
    }

    List<Row> rows(String chapter) {
        return chapters.get(chapter);
    }

    int size() {
        return chapters.values().stream().collect(Collectors.summingInt(List::size));
    }
}
