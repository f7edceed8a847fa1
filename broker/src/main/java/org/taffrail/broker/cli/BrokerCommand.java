// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.LogKeys;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerExtension;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Runs a broker until it is told to stop: says in one line on standard output where it serves, logs
 * to standard error, and stops in order on SIGTERM and SIGINT.
 */
@Command(
        name = "broker",
        description = "Starts a broker. All keys of its configuration: docs/configuration.md.")
final class BrokerCommand implements Callable<Integer> {
    /** How often a standby looks whether the folder is free. */
    private static final long STANDBY_PERIOD_MS = 200;

    private final Map<String, String> environment;

    @Mixin private ConfigArguments configured;
    @Spec private CommandSpec spec;

    @Option(
            names = "--standby",
            description =
                    "Waits while another broker has the data folder, and takes over when that has"
                            + " ended.")
    private boolean standby;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    BrokerCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, StoreException, InterruptedException {
        BrokerConfig config = configured();
        if (config.get(LogKeys.FORMAT).equals(LogKeys.JSON)) {
            JsonLogs.use();
        }
        BrokerExtension extension = BrokerExtension.find(config);
        try {
            return run(config, extension);
        } finally {
            if (extension != null) {
                extension.close();
            }
        }
    }

    private int run(BrokerConfig config, BrokerExtension extension)
            throws IOException, StoreException, InterruptedException {
        Broker broker = standby ? takeOver(config, extension) : broker(config, extension);
        boolean opened = extension == null;
        try {
            if (extension != null) {
                extension.open(broker); // who asks for its health is answered while it recovers
                opened = true;
            }
        } finally {
            if (!opened) {
                broker.stop();
            }
        }
        if (!standby) {
            broker.start();
        }
        if (configured.file() != null) {
            broker.follow(configured.file(), this::configured);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "taffrail-stop"));
        spec.commandLine().getOut().println(greeting(broker, extension));
        spec.commandLine().getOut().flush();
        Throwable failure = broker.awaitEnd();
        if (failure != null) {
            spec.commandLine().getErr().println("taffrail broker: " + failure.getMessage());
            return Main.FAILED;
        }
        return 0;
    }

    private BrokerConfig configured() {
        return configured.sources(environment).config();
    }

    private static Broker broker(BrokerConfig config, BrokerExtension extension) {
        return new Broker(config, StoreFactory.of(config), extension);
    }

    /** Starts as soon as the folder is free: each attempt claims it, or is refused at once. */
    private Broker takeOver(BrokerConfig config, BrokerExtension extension)
            throws IOException, StoreException, InterruptedException {
        if (config.get(BrokerKeys.DATA) == null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--standby needs the folder to wait for: --data DIR");
        }
        boolean told = false;
        while (true) {
            try {
                Broker broker = broker(config, extension);
                broker.start();
                return broker;
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.HELD) {
                    throw e;
                }
                if (!told) {
                    told = true;
                    spec.commandLine()
                            .getOut()
                            .println("taffrail broker stands by: " + e.getMessage());
                    spec.commandLine().getOut().flush();
                }
            }
            Thread.sleep(STANDBY_PERIOD_MS);
        }
    }

    private static String greeting(Broker broker, BrokerExtension extension) {
        String looks = extension == null ? null : extension.address();
        String folder = broker.config().get(BrokerKeys.DATA);
        return "taffrail broker serves "
                + broker.address()
                + (folder == null
                        ? " (in memory)"
                        : " (data "
                                + folder
                                + ", durability "
                                + broker.config().get(BrokerKeys.DURABILITY)
                                + ')')
                + (looks == null ? "" : ", and " + looks);
    }
}
