// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.checks.Catalogue;
import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Breaks, for each check, one method after the other of those that it calls, until it fails. What
 * no broken method makes fail, a {@link Rule} has to; checks that neither reaches can't fail, or
 * need a fault that nobody has thought of: they are listed in a file of the repository, each with
 * the reason. Writes what broke which check to {@code target/mutations.txt}.
 */
@EnabledIfSystemProperty(named = "taffrail.tests", matches = "full")
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class EveryCheckCanFailIT {
    private static final Scene.Timing PATIENT = new Scene.Timing(20_000, 100);
    private static final Scene.Timing HASTY = new Scene.Timing(500, 40);
    private static final Path UNREACHED = Path.of("src/test/resources/unreached-checks.txt");
    private static final Path REPORT = Path.of("target/mutations.txt");

    private final Map<String, Integer> users = new ConcurrentHashMap<>();

    /** Keeps its messages in a folder: what broken providers leave behind is much. */
    @TempDir private Path folder;

    private Trials trials;

    @BeforeEach
    void makeProvider() throws IOException {
        trials = new Trials("dir=" + folder.resolve("data").toUri().getRawPath(), folder);
    }

    /** The calls that a check makes of a provider that behaves, and those of them that throw. */
    private record Calls(Set<String> made, Set<String> threw) {
        Calls() {
            this(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
        }

        Object trace(Call call) throws Throwable {
            made.add(call.name());
            try {
                return call.proceed();
            } catch (Throwable e) {
                threw.add(call.name());
                throw e;
            }
        }
    }

    @Test
    void eachCheckFailsOnSomeBrokenProvider() throws IOException {
        Map<CheckCase, Calls> calls = new ConcurrentHashMap<>();
        Map<String, String> unwrappable = new ConcurrentHashMap<>();
        CheckCase.of(Catalogue.CHAPTERS).parallelStream()
                .forEach(
                        check -> {
                            Calls made = new Calls();
                            Throwable failure = sound(check, made::trace);
                            if (failure == null) {
                                calls.put(check, made);
                            } else {
                                unwrappable.put(check.id(), failure.toString());
                            }
                        });
        calls.values()
                .forEach(each -> each.made().forEach(name -> users.merge(name, 1, Integer::sum)));

        Map<String, String> killers = new ConcurrentHashMap<>();
        Set<String> unreached = ConcurrentHashMap.newKeySet();
        calls.entrySet().parallelStream()
                .forEach(
                        entry -> {
                            String id = entry.getKey().id();
                            String killer = killer(entry.getKey(), entry.getValue());
                            if (killer == null) {
                                unreached.add(id);
                            } else {
                                killers.put(id, killer);
                            }
                        });
        report(killers, unreached, unwrappable);

        unreached.addAll(unwrappable.keySet());
        RuleMutationTest.rules().map(Rule::checks).forEach(unreached::removeAll);
        assertEquals(
                String.join("\n", known()),
                String.join("\n", unreached.stream().sorted().toList()),
                "checks that no broken method and no rule makes fail; see " + UNREACHED);
    }

    /** Finds a broken method that makes a check fail; those that few checks call come first. */
    private String killer(CheckCase check, Calls calls) {
        for (Damage damage : Damage.all()) {
            Collection<String> candidates = damage.isOfExceptions() ? calls.threw() : calls.made();
            List<String> methods = new ArrayList<>(candidates);
            methods.sort((a, b) -> Integer.compare(users.get(a), users.get(b)));
            // with nothing to work on no check gets anywhere, which says nothing of what it checks
            methods.removeIf(method -> method.contains(".create") && !damage.isOfExceptions());
            for (String method : methods) {
                if (isCaught(check, damage.of(method))) {
                    return method + " " + damage.words();
                }
            }
        }
        return null;
    }

    /** Tries twice: on a busy machine a hasty check fails now and then for no other reason. */
    private boolean isCaught(CheckCase check, Mutation mutation) {
        return Trial.isCaught(trials.run(check, mutation, HASTY))
                && Trial.isCaught(trials.run(check, mutation, HASTY));
    }

    /** Tries a check on the sound provider, again if it fails, for the same reason. */
    private Throwable sound(CheckCase check, Mutation trace) {
        Throwable failure = trials.run(check, trace, PATIENT);
        return failure == null ? null : trials.run(check, trace, PATIENT);
    }

    private static void report(
            Map<String, String> killers, Set<String> unreached, Map<String, String> unwrappable)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(killers.size() + " checks fail on a provider with one broken method:");
        new TreeMap<>(killers).forEach((check, killer) -> lines.add("  " + check + "\t" + killer));
        lines.add(unreached.size() + " checks fail on none of these:");
        unreached.stream().sorted().forEach(check -> lines.add("  " + check));
        lines.add(unwrappable.size() + " checks do not pass through a wrapper:");
        new TreeMap<>(unwrappable).forEach((check, why) -> lines.add("  " + check + "\t" + why));
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
