// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.ConfigSources;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a broker is told on its command line; with a file and the environment below that. */
final class ConfigArguments {
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
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with keys of the configuration.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Any key of the configuration; counts more than the environment, which counts"
                            + " more than the file.")
    private List<String> settings = new ArrayList<>();

    /** Returns the file, or null. */
    Path file() {
        return file;
    }

    /** Reads the file and the environment; what is wrong with them is in the sources. */
    ConfigSources sources(Map<String, String> environment) {
        Map<String, String> typed = new LinkedHashMap<>();
        settings.forEach(setting -> put(typed, setting));
        put(typed, BrokerKeys.DATA, data);
        put(typed, BrokerKeys.HOST, host);
        put(typed, BrokerKeys.PORT, port);
        put(typed, BrokerKeys.DURABILITY, durability);
        ConfigSources sources = new ConfigSources();
        if (file != null) {
            sources.file(file);
        }
        return sources.environment(environment).commandLine(typed);
    }

    private static void put(Map<String, String> typed, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--set " + setting + ": write --set KEY=VALUE");
        }
        String key = setting.substring(0, equals);
        if (typed.put(key, setting.substring(equals + 1)) != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, key + " is given twice: each time with --set");
        }
    }

    private static void put(Map<String, String> typed, ConfigKey<?> key, String value) {
        if (value != null && typed.put(key.name(), value) != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    key + " is given twice: as --" + key + " and with --set");
        }
    }
}
