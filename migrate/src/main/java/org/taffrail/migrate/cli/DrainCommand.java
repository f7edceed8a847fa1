// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.bridge.BridgeOptions;
import org.taffrail.migrate.bridge.Route;
import org.taffrail.migrate.bridge.Throttle;
import org.taffrail.migrate.provider.Side;
import org.taffrail.migrate.provider.SideException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code migrate drain}: takes messages away from the one provider and sends them to the other. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Takes messages from one provider and sends them to the other, exactly once, also"
                        + " when any of the three is killed.")
final class DrainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SideOptions sides;
    @Mixin private RouteOptions routes;
    @Mixin private BridgeArguments arguments;

    @Option(
            names = "--set-aside",
            paramLabel = "QUEUE",
            description =
                    "move messages that can't be carried to this queue of their own provider;"
                            + " without it the link stops at the first")
    private String setAside;

    private DrainCommand() {}

    @Override
    public Integer call() throws SideException, IOException, InterruptedException {
        List<Route> wanted;
        BridgeOptions options;
        try {
            wanted = routes.routes();
            options = arguments.options(setAside);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Side from = sides.from();
        Side to = sides.to();
        return new BridgeRun(from, to, wanted, spec.commandLine().getOut())
                .run(false, options, new Throttle(arguments.rate()), arguments.progressS());
    }
}
