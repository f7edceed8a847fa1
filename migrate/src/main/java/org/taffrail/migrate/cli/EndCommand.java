// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import jakarta.jms.JMSException;

import org.taffrail.migrate.bridge.LedgerException;
import org.taffrail.migrate.bridge.Link;
import org.taffrail.migrate.bridge.Route;
import org.taffrail.migrate.provider.Side;
import org.taffrail.migrate.provider.SideException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code migrate end}: closes links that are not to go on. */
@Command(
        name = "end",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Closes links that are not to go on: removes their ledgers, and of topics the"
                        + " subscriptions with what waits in them.")
final class EndCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SideOptions sides;
    @Mixin private RouteOptions routes;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "the folder of the bridge; no run of it may be under way")
    private Path state;

    private EndCommand() {}

    @Override
    public Integer call() throws SideException, IOException {
        List<Route> wanted;
        try {
            wanted = routes.routes();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Side from = sides.from();
        Side to = sides.to();
        PrintWriter out = spec.commandLine().getOut();
        int exitCode = ExitCode.OK;
        for (Route route : wanted) {
            try {
                out.println(route + ": " + Link.end(route, from, to, state));
            } catch (JMSException | LedgerException e) {
                out.println(route + ": FAILED: " + e.getMessage());
                exitCode = ExitCode.FAILED;
            }
        }
        return exitCode;
    }
}
