// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.bridge.BridgeOptions;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** How a bridge works. */
final class BridgeArguments {
    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description =
                    "the folder where the bridge remembers what it has begun; the same for each run")
    private Path state;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "most messages a second, of all links together; 0 for no limit (0)")
    private long rate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "" + BridgeOptions.BATCH_MESSAGES,
            description = "most messages of one transaction (${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--until-empty",
            description =
                    "end when nothing is left, and close the link; without it the bridge carries"
                            + " what comes until it is stopped, and goes on when it is started again")
    private boolean untilEmpty;

    @Option(
            names = "--quiet-ms",
            paramLabel = "MS",
            defaultValue = "3000",
            description = "for how long nothing must have come to be empty (${DEFAULT-VALUE})")
    private long quietMs;

    @Option(
            names = "--patience-ms",
            paramLabel = "MS",
            defaultValue = "90000",
            description =
                    "how long a provider may hold what a run that was killed, or a lost"
                            + " connection, had in its hands; nothing is taken meanwhile"
                            + " (${DEFAULT-VALUE})")
    private long patienceMs;

    @Option(
            names = "--progress-s",
            paramLabel = "S",
            defaultValue = "10",
            description = "seconds between two lines of progress (${DEFAULT-VALUE})")
    private int progressS;

    @Option(
            names = "--chained",
            description = "carry on what another link has brought: there is no circle, you know it")
    private boolean chained;

    private BridgeArguments() {}

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if one is out of bounds
     */
    BridgeOptions options(String setAside) {
        check("--batch", batch, 1, 10_000);
        check("--rate", rate, 0, 1_000_000);
        check("--quiet-ms", quietMs, 100, 3_600_000);
        check("--patience-ms", patienceMs, 1000, 3_600_000);
        check("--progress-s", progressS, 1, 3600);
        // a transaction that is open for long holds messages back from everybody
        int most = rate == 0 ? batch : (int) Math.max(1, Math.min(batch, rate / 2));
        BridgeOptions.Times usual = BridgeOptions.Times.DEFAULT;
        return new BridgeOptions(
                state,
                most,
                untilEmpty,
                setAside,
                chained,
                new BridgeOptions.Times(quietMs, patienceMs, usual.lookMs(), usual.pauseMs()));
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + "=" + value + ", allowed are " + least + " to " + most);
        }
    }

    long rate() {
        return rate;
    }

    int progressS() {
        return progressS;
    }
}
