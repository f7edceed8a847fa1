// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.PeerException;
import org.taffrail.compat.run.Limits;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How checks are run: the same for every provider of a call. */
final class RunOptions {
    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            description =
                    "checks whose section this is (6.1: all below it too), or whose id or chapter"
                            + " contains it; repeatable")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--strength",
            paramLabel = "STRENGTH",
            converter = StrengthConverter.class,
            description =
                    "the least binding statements that are checked: must, should, common-practice"
                            + " (common-practice: all)")
    private Strength strength = Strength.COMMON_PRACTICE;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "how many checks are made side by side (${DEFAULT-VALUE})")
    private int workers = 6;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = SpanConverter.class,
            description = "how long a check may take before it is given up (${DEFAULT-VALUE})")
    private Duration limit;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "20s",
            converter = SpanConverter.class,
            description = "how long something that must come may take (${DEFAULT-VALUE})")
    private Duration patience;

    @Option(
            names = "--quiet",
            paramLabel = "TIME",
            defaultValue = "150ms",
            converter = SpanConverter.class,
            description = "how long nothing must come where nothing may (${DEFAULT-VALUE})")
    private Duration quiet;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "folder for results, which may hold those of other providers: all are compared"
                            + " (compat-tests/target/results in a checkout, else compat-results)")
    private Path out;

    Selection selection() {
        return new Selection(only, strength);
    }

    Scene.Timing timing() {
        return new Scene.Timing(patience.toMillis(), quiet.toMillis());
    }

    Limits limits() {
        return new Limits(workers, limit.toMillis(), patience.toMillis());
    }

    /** Refuses what makes no sense. */
    void check() {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("--workers is " + workers + ", not 1 to 64");
        }
        if (patience.compareTo(limit) > 0) {
            throw new IllegalArgumentException(
                    "--patience is longer than --limit, so that no check could end of it");
        }
    }

    Path out() {
        if (out != null) {
            return out;
        }
        try {
            return Installation.here().results();
        } catch (PeerException e) {
            return Path.of("compat-results");
        }
    }

    /** The same options for another process. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (String pattern : only) {
            arguments.add("--only=" + pattern);
        }
        arguments.add("--strength=" + StrengthConverter.typed(strength));
        arguments.add("--workers=" + workers);
        arguments.add("--limit=" + limit.toMillis() + "ms");
        arguments.add("--patience=" + patience.toMillis() + "ms");
        arguments.add("--quiet=" + quiet.toMillis() + "ms");
        arguments.add("--out=" + out().toAbsolutePath());
        return arguments;
    }
}
