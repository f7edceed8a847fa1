// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
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

    @Spec private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder; without it everything is in memory.")
    private String data;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on; 0 for any free one.")
    private String port;

    @Option(
            names = "--durability",
            paramLabel = "force|page-cache",
            description =
                    "Whether acknowledged work survives the loss of power, or of the process.")
    private String durability;

    @Option(
            names = "--standby",
            description =
                    "Waits while another broker has the data folder, and takes over when that has"
                            + " ended.")
    private boolean standby;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with keys of the configuration.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any key of the configuration; counts more than the file.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() throws IOException, StoreException, InterruptedException {
        BrokerConfig config = BrokerConfig.defaults();
        if (file != null) {
            config = config.with(read(file));
        }
        config = config.with(typed());
        Broker broker = standby ? takeOver(config) : start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "taffrail-stop"));
        spec.commandLine().getOut().println(greeting(broker));
        spec.commandLine().getOut().flush();
        Throwable failure = broker.awaitEnd();
        if (failure != null) {
            spec.commandLine().getErr().println("taffrail broker: " + failure.getMessage());
            return Main.FAILED;
        }
        return 0;
    }

    private static Broker start(BrokerConfig config) throws IOException, StoreException {
        Broker broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        return broker;
    }

    /** Starts as soon as the folder is free: each attempt claims it, or is refused at once. */
    private Broker takeOver(BrokerConfig config)
            throws IOException, StoreException, InterruptedException {
        if (config.get(BrokerKeys.DATA) == null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--standby needs the folder to wait for: --data DIR");
        }
        boolean told = false;
        while (true) {
            try {
                return start(config);
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

    private static String greeting(Broker broker) {
        String folder = broker.config().get(BrokerKeys.DATA);
        return "taffrail broker serves "
                + broker.address()
                + (folder == null
                        ? " (in memory)"
                        : " (data "
                                + folder
                                + ", durability "
                                + broker.config().get(BrokerKeys.DURABILITY)
                                + ')');
    }

    private Map<String, String> typed() {
        Map<String, String> typed = new LinkedHashMap<>(settings);
        put(typed, BrokerKeys.DATA, data);
        put(typed, BrokerKeys.HOST, host);
        put(typed, BrokerKeys.PORT, port);
        put(typed, BrokerKeys.DURABILITY, durability);
        return typed;
    }

    private static void put(Map<String, String> typed, ConfigKey<?> key, String value) {
        if (value != null && typed.put(key.name(), value) != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    key + " is given twice: as --" + key + " and with --set");
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, "there is no file " + file);
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "can't read " + file + ": " + e.getMessage());
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.forEach((key, value) -> values.put(key.toString(), value.toString()));
        return values;
    }
}
