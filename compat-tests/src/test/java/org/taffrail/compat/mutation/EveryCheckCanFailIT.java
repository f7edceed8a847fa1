// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Scene;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Breaks, for each check, one method after the other of those that it calls, until it fails. A
 * check that no broken method makes fail can't fail at all, or needs a fault that is not in any one
 * method; those are listed, and the list is part of the repository.
 */
class EveryCheckCanFailIT {
    private static final Scene.Timing PATIENT = new Scene.Timing(20_000, 150);
    private static final Scene.Timing HASTY = new Scene.Timing(400, 40);
    private static final Path UNREACHED = Path.of("src/test/resources/unreached-checks.txt");
    private static final Path REPORT = Path.of("target/mutations.txt");

    private final TaffrailConnectionFactory provider =
            new TaffrailConnectionFactory("taffrail:embedded?name=mutation");
    private final Map<String, Integer> users = new ConcurrentHashMap<>();

    @Test
    void eachCheckFailsOnSomeBrokenProvider() throws IOException {
        Map<CheckCase, Set<String>> calls = new LinkedHashMap<>();
        List<String> unwrappable = new ArrayList<>();
        for (CheckCase check : CheckCase.of(Catalogue.CHAPTERS)) {
            if (!check.check().restarts()) {
                Set<String> called = ConcurrentHashMap.newKeySet();
                Throwable failure = new Trial(provider, PATIENT).run(check, tracing(called));
                if (failure == null) {
                    calls.put(check, called);
                } else {
                    unwrappable.add(check.id() + "\t" + failure);
                }
            }
        }
        calls.values().forEach(each -> each.forEach(name -> users.merge(name, 1, Integer::sum)));

        Map<String, String> killers = new TreeMap<>();
        Set<String> unreached = new LinkedHashSet<>();
        calls.forEach(
                (check, called) -> {
                    String killer = killer(check, called);
                    if (killer == null) {
                        unreached.add(check.id());
                    } else {
                        killers.put(check.id(), killer);
                    }
                });
        report(killers, unreached, unwrappable);

        assertEquals(
                String.join("\n", known()),
                String.join("\n", unreached.stream().sorted().toList()),
                "checks that no broken method makes fail; see " + UNREACHED);
    }

    private static Mutation tracing(Set<String> called) {
        return call -> {
            called.add(call.name());
            return call.proceed();
        };
    }

    /** Finds a broken method that makes a check fail; those that few checks call come first. */
    private String killer(CheckCase check, Set<String> called) {
        List<String> methods = new ArrayList<>(called);
        methods.sort((a, b) -> Integer.compare(users.get(a), users.get(b)));
        for (Damage damage : Damage.all()) {
            for (String method : methods) {
                boolean serves = method.startsWith("ConnectionFactory.");
                if (!serves && new Trial(provider, HASTY).run(check, damage.of(method)) != null) {
                    return method + " " + damage.words();
                }
            }
        }
        return null;
    }

    private static void report(
            Map<String, String> killers, Set<String> unreached, List<String> unwrappable)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(killers.size() + " checks fail on a broken provider:");
        killers.forEach((check, killer) -> lines.add("  " + check + "\t" + killer));
        lines.add(unreached.size() + " checks fail on none:");
        unreached.forEach(check -> lines.add("  " + check));
        lines.add(unwrappable.size() + " checks do not pass through a wrapper:");
        unwrappable.forEach(check -> lines.add("  " + check));
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, lines);
    }

    private static List<String> known() throws IOException {
        return Files.readAllLines(UNREACHED).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\s", 2)[0])
                .sorted()
                .toList();
    }
}
