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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code migrate mirror}: sends copies to the other provider and takes nothing away. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copies messages from one provider to the other and takes nothing away.",
            "Of a queue what browsing it shows, again and again: a message that comes and goes",
            "between two looks is not seen. Of a topic all that is published."
        })
final class MirrorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private SideOptions sides;
    @Mixin private RouteOptions routes;
    @Mixin private BridgeArguments arguments;

    private MirrorCommand() {}

    @Override
    public Integer call() throws SideException, IOException, InterruptedException {
        List<Route> wanted;
        BridgeOptions options;
        try {
            wanted = routes.routes();
            options = arguments.options(null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Side from = sides.from();
        Side to = sides.to();
        return new BridgeRun(from, to, wanted, spec.commandLine().getOut())
                .run(true, options, new Throttle(arguments.rate()), arguments.progressS());
    }
}
