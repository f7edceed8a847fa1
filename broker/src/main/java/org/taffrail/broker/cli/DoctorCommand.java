// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.cli.doctor.Condition;
import org.taffrail.broker.cli.doctor.DataFolder;
import org.taffrail.broker.cli.doctor.Exposure;
import org.taffrail.broker.cli.doctor.Finding;
import org.taffrail.broker.cli.doctor.Finding.Weight;
import org.taffrail.broker.cli.doctor.Machine;
import org.taffrail.broker.cli.doctor.MachineProbe;
import org.taffrail.broker.cli.doctor.Sample;
import org.taffrail.broker.cli.doctor.Traffic;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigSources;
import org.taffrail.broker.config.Mistake;
import org.taffrail.broker.file.DiskSpace;
import org.taffrail.broker.server.ConfigTrial;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Looks at a running broker, and at the configuration, the folder and the machine of one, and says
 * in plain words what is wrong, the worst first.
 */
@Command(
        name = "doctor",
        description =
                "Says what is wrong with a broker, why it matters and what to do. Without options"
                        + " it looks at the broker that runs here; with --config, --data or --set"
                        + " at the configuration, the folder and this machine; with --url as well"
                        + " at both. Exit status 1 if something is wrong.")
final class DoctorCommand implements Callable<Integer> {
    private static final int SAMPLED_MAX = 1000;

    private static final List<String> LOCAL =
            List.of("--config", "--data", "--set", "--host", "--port", "--durability");

    private final PasswordEntry entry;
    private final Map<String, String> environment;

    @Mixin private BrokerArguments reached;
    @Mixin private ConfigArguments configured;
    @Spec private CommandSpec spec;

    @Option(
            names = "--apart",
            paramLabel = "DURATION",
            description =
                    "How long lies between the two looks at a running broker; ${DEFAULT-VALUE} if"
                            + " not said otherwise.",
            defaultValue = "2s",
            converter = NumberRange.Duration.class)
    private long apartMs;

    private final List<Finding> findings = new ArrayList<>();

    DoctorCommand(PasswordEntry entry, Map<String, String> environment) {
        this.entry = entry;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean local = LOCAL.stream().anyMatch(this::isGiven);
        if (local) {
            lookHere();
        }
        if (!local || isGiven("--url")) {
            lookAtRunning();
        }
        findings.sort(Comparator.comparing(Finding::weight));
        PrintWriter out = spec.commandLine().getOut();
        if (reached.json()) {
            out.println(Json.list(findings.stream().map(DoctorCommand::row).toList()));
        } else {
            print(out);
        }
        out.flush();
        return findings.stream().allMatch(each -> each.weight() == Weight.NOTE) ? 0 : Main.FAILED;
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private static Fields row(Finding finding) {
        return new Fields.Builder()
                .put("weight", finding.weight().name().toLowerCase(Locale.ROOT))
                .put("what", finding.what())
                .put("why", finding.why())
                .put("cure", finding.cure())
                .build();
    }

    private void print(PrintWriter out) {
        for (Finding finding : findings) {
            String weight = finding.weight().name().toLowerCase(Locale.ROOT);
            out.println(Table.plain(weight + ": " + finding.what()));
            out.println(Table.plain("    why: " + finding.why()));
            out.println(Table.plain("    do:  " + finding.cure()));
        }
        long wrong = findings.stream().filter(each -> each.weight() != Weight.NOTE).count();
        out.println(
                wrong == 0
                        ? "nothing is wrong"
                        : wrong + (wrong == 1 ? " thing is" : " things are") + " wrong");
    }

    private void lookHere() throws IOException {
        ConfigSources sources = configured.sources(environment);
        BrokerConfig config = sources.asFarAsRight();
        List<String> mistakes = new ArrayList<>();
        sources.mistakes().stream().map(Mistake::toString).forEach(mistakes::add);
        mistakes.addAll(new ConfigTrial(config).problems());
        for (String mistake : mistakes) {
            findings.add(
                    new Finding(
                            Weight.SEVERE,
                            mistake,
                            "a broker does not start with this",
                            "docs/configuration.md has all keys; taffrail config check looks"
                                    + " again"));
        }
        long nowMs = System.currentTimeMillis();
        String data = config.get(BrokerKeys.DATA);
        long process = 0;
        if (data != null && Files.isDirectory(Path.of(data))) {
            DataFolder folder = new DataFolder(Path.of(data));
            findings.addAll(folder.findings(nowMs));
            process = folder.process();
        }
        findings.addAll(new Exposure(config).findings(nowMs));
        Machine machine =
                new MachineProbe(config).look(process, environment.get("TAFFRAIL_JAVA_OPTS"));
        long reserve = config.get(BrokerKeys.RESERVE_BYTES);
        findings.addAll(
                machine.findings(
                        config,
                        reserve == 0 ? DiskSpace.automaticReserve(machine.totalBytes()) : reserve));
    }

    private void lookAtRunning() throws IOException, InterruptedException {
        try (RunningBroker broker = reached.connect(entry)) {
            long apartClocksMs = broker.clockAheadMs();
            Fields broadly = asAWhole(broker);
            Sample before = sample(broker);
            Thread.sleep(apartMs);
            Sample after = sample(broker);
            if (broadly != null) {
                findings.addAll(new Condition(broadly, asAWhole(broker)).findings());
            }
            long nowMs = System.currentTimeMillis();
            findings.addAll(
                    new Traffic(before, after, apartMs).findings(nowMs + apartClocksMs, nowMs));
        }
    }

    /** Returns null where the broker is of a version that does not tell. */
    private static Fields asAWhole(RunningBroker broker) {
        try {
            return broker.one(ManageOperation.BROKER, Fields.NONE);
        } catch (WireException e) {
            if (e.code() == ErrorCode.NOT_SUPPORTED) {
                return null;
            }
            throw e;
        }
    }

    private static Sample sample(RunningBroker broker) {
        Fields all = new Fields.Builder().build();
        List<Fields> destinations = new ArrayList<>();
        List<Fields> groups = new ArrayList<>();
        Map<String, List<Fields>> consumers = new LinkedHashMap<>();
        int asked = 0;
        for (String kind : List.of("queue", "topic")) {
            Fields ofKind = new Fields.Builder().put("kind", kind).build();
            for (Fields row : broker.all(ManageOperation.DESTINATIONS, ofKind)) {
                destinations.add(row);
                boolean queue = kind.equals("queue");
                boolean interesting =
                        queue ? row.number("held", 0) > 0 : row.number("groups", 0) > 0;
                if (interesting && !row.flag("temporary") && asked++ < SAMPLED_MAX) {
                    String name = row.text("name");
                    if (queue) {
                        consumers.put(name, about(broker, ManageOperation.CONSUMERS, kind, name));
                    } else {
                        groups.addAll(about(broker, ManageOperation.GROUPS, kind, name));
                    }
                }
            }
        }
        return new Sample(
                destinations, groups, consumers, broker.all(ManageOperation.BRANCHES, all));
    }

    private static List<Fields> about(
            RunningBroker broker, ManageOperation operation, String kind, String name) {
        try {
            return broker.all(
                    operation, new Fields.Builder().put("kind", kind).put("name", name).build());
        } catch (WireException e) {
            if (e.code() == ErrorCode.NO_SUCH_DESTINATION) {
                return List.of(); // it was deleted meanwhile
            }
            throw e;
        }
    }
}
