// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.ConfigSources;
import org.taffrail.broker.config.Mistake;
import org.taffrail.broker.config.Setting;
import org.taffrail.broker.server.ConfigTrial;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Looks at a broker's configuration as a start would read it, and starts nothing. */
@Command(
        name = "config",
        description = "Checks and shows a broker's configuration.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class})
final class ConfigCommand implements Runnable {
    private final Map<String, String> environment;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        throw new WireException(ErrorCode.INVALID_OPTION, "say what to do: check or show");
    }

    /** Says whether a broker would start with it. */
    @Command(
            name = "check",
            description =
                    "Says every mistake at once, each with its place; exit status 1 if there is"
                            + " one.")
    static final class Check implements Callable<Integer> {
        @ParentCommand private ConfigCommand parent;
        @Mixin private ConfigArguments configured;
        @Spec private CommandSpec spec;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this text.")
        private boolean help;

        @Option(
                names = "--keys-only",
                description =
                        "Leaves out the files, the folder and the address that are named: they may"
                                + " be on another machine.")
        private boolean keysOnly;

        @Option(names = "--json", description = "Says it as JSON.")
        private boolean json;

        @Override
        public Integer call() {
            ConfigSources sources = configured.sources(parent.environment);
            List<Mistake> mistakes = new ArrayList<>(sources.mistakes());
            if (!keysOnly) {
                for (String problem : new ConfigTrial(sources.asFarAsRight()).problems()) {
                    mistakes.add(new Mistake(null, problem));
                }
            }
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                List<Fields> rows = new ArrayList<>();
                for (Mistake mistake : mistakes) {
                    rows.add(
                            new Fields.Builder()
                                    .put("where", mistake.where())
                                    .put("what", mistake.what())
                                    .build());
                }
                out.println(Json.list(rows));
            } else {
                mistakes.forEach(mistake -> out.println(Table.plain(mistake.toString())));
                out.println(conclusion(mistakes.size(), sources.given().size()));
            }
            out.flush();
            return mistakes.isEmpty() ? 0 : Main.FAILED;
        }

        private static String conclusion(int mistakes, int given) {
            return mistakes == 0
                    ? "sound: " + given + (given == 1 ? " value is set" : " values are set")
                    : mistakes + (mistakes == 1 ? " mistake" : " mistakes");
        }
    }

    /** Says what holds, and why. */
    @Command(
            name = "show",
            description = "Shows the values that differ from the defaults, and where each is from.")
    static final class Show implements Callable<Integer> {
        @ParentCommand private ConfigCommand parent;
        @Mixin private ConfigArguments configured;
        @Spec private CommandSpec spec;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this text.")
        private boolean help;

        @Option(names = "--all", description = "Shows every key, also those with their default.")
        private boolean all;

        @Option(names = "--json", description = "Says it as JSON.")
        private boolean json;

        @Override
        public Integer call() {
            ConfigSources sources = configured.sources(parent.environment);
            List<Fields> rows = rows(sources.config(), sources.given());
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.list(rows));
            } else {
                Table.of(rows, "key", "value", "from").print(out);
            }
            out.flush();
            return 0;
        }

        private List<Fields> rows(BrokerConfig config, Map<String, Setting> given) {
            List<Fields> rows = new ArrayList<>();
            for (ConfigKey<?> key : BrokerKeys.ALL) {
                Setting setting = given.get(key.name());
                if (all || setting != null) {
                    rows.add(row(key.name(), key.show(config.get(key)), setting));
                }
            }
            config.policiesShown()
                    .forEach((name, value) -> rows.add(row(name, value, given.get(name))));
            return rows;
        }

        private static Fields row(String name, String value, Setting setting) {
            return new Fields.Builder()
                    .put("key", name)
                    .put("value", value)
                    .put("from", setting == null ? "default" : setting.where())
                    .build();
        }
    }
}
