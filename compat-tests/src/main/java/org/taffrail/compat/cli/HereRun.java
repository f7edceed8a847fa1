// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.provider.JndiProvider;
import org.taffrail.compat.provider.ProviderException;
import org.taffrail.compat.provider.Restarts;
import org.taffrail.compat.report.JunitXml;
import org.taffrail.compat.report.TextSummary;
import org.taffrail.compat.run.Bounded;
import org.taffrail.compat.run.Facts;
import org.taffrail.compat.run.Result;
import org.taffrail.compat.run.RunRecord;
import org.taffrail.compat.run.Runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Runs checks in this JVM, against the provider that is on its class path. */
final class HereRun {
    private final RunOptions options;
    private final List<CheckCase> checks;
    private final PrintWriter out;
    private final boolean terminal;

    HereRun(RunOptions options, List<CheckCase> checks, PrintWriter out, boolean terminal) {
        this.options = options;
        this.checks = checks;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Runs the checks, tells of them, and leaves their results in a file.
     *
     * @param jndi how the provider is reached
     * @param restarts restarts its server, or null
     * @param wantedName what it is called in reports, null if it names itself
     * @return the exit code
     * @throws ProviderException if it can't be reached
     * @throws IOException if the results can't be written
     * @throws InterruptedException if the run is given up
     */
    int run(Properties jndi, Restarts restarts, String wantedName)
            throws ProviderException, IOException, InterruptedException {
        JndiProvider provider = within("looking up", () -> JndiProvider.open(jndi, restarts));
        Facts facts = within("connecting", () -> Facts.of(provider));
        String ownName = facts.provider().isBlank() ? "provider" : facts.provider();
        String name = wantedName != null ? wantedName : ownName;
        out.printf(
                Locale.ROOT,
                "%s: %s %s, declares Jakarta Messaging %s; %d checks, %d side by side%n",
                name,
                facts.provider(),
                facts.version(),
                facts.api(),
                checks.size(),
                options.limits().workers());
        if (provider.isClosedToStrangers()) {
            out.println("It lets nobody in without credentials: all connections carry them.");
        }
        out.flush();
        Runner runner =
                new Runner(
                        provider, options.timing(), options.limits(), new Progress(out, terminal));
        RunRecord run = runner.run(name, facts, checks);
        Path folder = Files.createDirectories(options.out());
        Path file = folder.resolve(fileName(name) + ".xml");
        JunitXml.write(run, file);
        out.print(TextSummary.of(run));
        out.println("Results: " + file);
        out.flush();
        return run.holds() ? ExitCode.OK : ExitCode.FAILED;
    }

    private interface Step<T> {
        T take() throws Exception; // whatever a provider throws
    }

    private <T> T within(String what, Step<T> step) throws ProviderException, InterruptedException {
        long limitMs = options.limits().answerMs();
        try {
            return Bounded.call("kit-" + what.replace(' ', '-'), limitMs, step::take);
        } catch (TimeoutException e) {
            throw new ProviderException(what + " has not ended after " + limitMs + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProviderException failure) {
                throw failure;
            }
            throw new ProviderException(
                    what + " failed: " + Result.reason(e.getCause()), e.getCause());
        }
    }

    /** A file name on every system, whatever the provider is called. */
    static String fileName(String name) {
        String safe =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        return safe.isEmpty() ? "provider" : safe;
    }
}
