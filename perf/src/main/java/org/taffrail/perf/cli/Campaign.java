// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.Verdict;
import org.taffrail.perf.machine.BarePath;
import org.taffrail.perf.machine.CpuTimes;
import org.taffrail.perf.machine.ForceTime;
import org.taffrail.perf.machine.Limits;
import org.taffrail.perf.peer.Broker;
import org.taffrail.perf.peer.Durability;
import org.taffrail.perf.peer.Installation;
import org.taffrail.perf.peer.MeasuringProcess;
import org.taffrail.perf.peer.PeerException;
import org.taffrail.perf.peer.Target;
import org.taffrail.perf.report.CampaignFile;
import org.taffrail.perf.report.CaseLimit;
import org.taffrail.perf.report.LatencyPage;
import org.taffrail.perf.report.ResultFolders;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What all suites have in common: the providers, the folder for the results, the report, and that
 * providers take turns, so that a change of the machine's mood meets them alike.
 */
final class Campaign implements AutoCloseable {
    /** Measures one provider once. */
    @FunctionalInterface
    interface Measurement {
        void measure(Target target, int targetIndex, Path folder) throws PeerException, IOException;
    }

    private static final DateTimeFormatter FOLDER_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final CommandSpec spec;
    private final TargetOptions options;
    private final Path out;
    private final MeasuringProcess process;
    private final List<Broker> brokers = new ArrayList<>();
    private final List<Target> targets;
    private final StringBuilder report = new StringBuilder();
    private final List<Path> runs = new ArrayList<>();
    private final List<String> machine = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Limits limits;
    private final BarePath bare;
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean verified = true;
    private int spoiled;

    /**
     * Measures the machine, and starts the brokers.
     *
     * @param spec the command
     * @param options which providers, and how they are measured
     * @param wish what it wants to know of the bare path
     */
    Campaign(CommandSpec spec, TargetOptions options, BareWish wish)
            throws PeerException, IOException {
        options.check(); // refused before anything is measured
        this.spec = spec;
        this.options = options;
        Installation installation = Installation.find();
        this.process = new MeasuringProcess(installation, options.javaOptions());
        this.out =
                options.out(
                        installation,
                        spec.name() + "-" + FOLDER_TIME.format(LocalDateTime.now(ZoneOffset.UTC)));
        Files.createDirectories(out);
        this.limits = Limits.measure();
        this.bare = wish.measure(options.durability());
        try {
            this.targets = options.targets(installation, brokers);
        } catch (PeerException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The broker of a provider, where this call has started it. */
    Optional<Broker> brokerOf(Target target) {
        return brokers.stream().filter(broker -> broker.target().equals(target)).findFirst();
    }

    /**
     * What this machine allows the brokers that this call has started; how durable others are is
     * not known.
     *
     * @param persistent whether messages are persistent
     */
    CaseLimit limit(boolean persistent) {
        return new CaseLimit(limits, bare, persistent && options.durability() == Durability.FORCE);
    }

    /** Whether {@link #limit} is that of a provider. */
    boolean isLimited(int targetIndex) {
        return brokerOf(targets.get(targetIndex)).isPresent();
    }

    List<String> names() {
        return targets.stream().map(Target::name).toList();
    }

    /**
     * Measures every provider so many times, in turns: A B, B A, A B.
     *
     * @param repetitions how many times
     * @param subfolder what to call the folder of this measurement, below the provider's
     * @param measurement what to do
     */
    void alternate(int repetitions, String subfolder, Measurement measurement)
            throws PeerException, IOException {
        alternate(repetitions, subfolder, provider -> true, measurement);
    }

    /**
     * Measures some providers so many times, in turns.
     *
     * @param repetitions how many times
     * @param subfolder what to call the folder of this measurement, below the provider's
     * @param which whether a provider, by its number, is measured
     * @param measurement what to do
     */
    void alternate(int repetitions, String subfolder, IntPredicate which, Measurement measurement)
            throws PeerException, IOException {
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (int turn = 0; turn < targets.size(); turn++) {
                int index = (turn + repetition) % targets.size();
                if (!which.test(index)) {
                    continue;
                }
                Target target = targets.get(index);
                Path folder =
                        out.resolve(target.name())
                                .resolve(subfolder)
                                .resolve("run-" + (repetition + 1));
                Files.createDirectories(folder);
                Files.deleteIfExists(folder.resolve(MeasuringProcess.OUTCOME_FILE));
                progress(
                        "%s: %s, run %d of %d",
                        target.name(), subfolder, repetition + 1, repetitions);
                measurement.measure(target, index, folder);
                runs.add(out.relativize(folder));
            }
        }
    }

    /**
     * Runs a measuring process.
     *
     * @param target the provider
     * @param folder where its files go
     * @param arguments the command and its arguments, but for the provider and the folder
     * @param timeout when to give it up
     * @return what it found
     */
    Properties run(Target target, Path folder, List<String> arguments, Duration timeout)
            throws PeerException, IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--jndi", target.jndi().toString()));
        all.addAll(List.of("--connection-factory", options.connectionFactory()));
        all.addAll(List.of("--out", folder.toString()));
        Optional<CpuTimes> before = CpuTimes.now();
        process.run(target, org.taffrail.perf.measure.Main.class.getName(), all, folder, timeout);
        before.ifPresent(this::judgeOtherLoad);
        Properties outcome = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve(MeasuringProcess.OUTCOME_FILE))) {
            outcome.load(in);
        }
        return outcome;
    }

    private void judgeOtherLoad(CpuTimes before) {
        double others = CpuTimes.now().map(now -> now.othersShareSince(before)).orElse(0.0);
        if (others > CpuTimes.OTHERS_SHARE_MAX) {
            spoiled++;
            progress(
                    "  WARNING: other processes used %.0f %% of this machine meanwhile",
                    others * 100);
        }
    }

    /** What the user typed of some options, to be passed on. */
    List<String> typed(Class<?> optionsOf) {
        return typed(spec, optionsOf);
    }

    /** What the user typed of some options, before there is a campaign. */
    static List<String> typed(CommandSpec spec, Class<?> optionsOf) {
        List<String> arguments = new ArrayList<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (option.userObject() instanceof Field field
                    && field.getDeclaringClass() == optionsOf) {
                if (option.arity().max() == 0) {
                    arguments.add(option.longestName());
                } else {
                    for (String value : option.originalStringValues()) {
                        arguments.add(option.longestName() + "=" + value);
                    }
                }
            }
        }
        return arguments;
    }

    /** Takes note of a verdict: one that is bad is printed at once and decides the exit code. */
    void judge(Verdict verdict) {
        progress("  %s", verdict.summary());
        if (!verdict.passed()) {
            verified = false;
            verdict.examples().forEach(example -> progress("  ! %s", example));
        }
    }

    void describeTargets() {
        for (Target target : targets) {
            say("%s: %s", target.name(), target.description());
        }
        say("each run in a JVM of its own: %s", String.join(" ", options.javaOptions()));
    }

    /** Adds to the report. */
    void say(String format, Object... arguments) {
        report.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** Tells whoever waits why figures may not be trusted, and notes it for the page. */
    void warn(String warning) {
        progress("  %s", warning);
        warnings.add(warning);
    }

    /** Tells whoever waits how far it is; no part of the report. */
    void progress(String format, Object... arguments) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(String.format(Locale.ROOT, format, arguments));
        err.flush();
    }

    /** Takes note of something that is missing and does not spoil the rest. */
    void note(String note) {
        if (notes.add(note)) {
            progress("  note: %s", note);
        }
    }

    /** Prints the report, and writes it beside the results. */
    int finish() throws IOException {
        machine.addAll(HostFacts.now());
        sayOfMachine(" at most", limits.lines());
        sayOfMachine("", bare.lines());
        String forces =
                String.format(
                        Locale.ROOT,
                        "4 KiB written and forced in %,.0f us before the runs, %,.0f us after",
                        limits.force().medianUs(),
                        ForceTime.measure().medianUs());
        sayOfMachine("", List.of(forces));
        notes.forEach(note -> say("note: %s", note));
        if (spoiled > 0) {
            sayWarning(
                    "WARNING: other processes took more than %.0f %% of this machine during %d runs;"
                            + " don't trust the figures",
                    CpuTimes.OTHERS_SHARE_MAX * 100, spoiled);
        }
        if (!verified) {
            sayWarning("FAILED: at least one run did not pass verification, see above");
        }
        say("files: %s", out);
        Files.writeString(out.resolve("report.txt"), report);
        PrintWriter console = spec.commandLine().getOut();
        console.print(report);
        console.flush();
        return verified ? ExitCode.OK : ExitCode.NOT_VERIFIED;
    }

    private void sayOfMachine(String how, List<String> facts) {
        for (String fact : facts) {
            say("this machine%s: %s", how, fact);
            machine.add((how.isEmpty() ? "" : how.trim() + ": ") + fact);
        }
    }

    private void sayWarning(String format, Object... arguments) {
        say(format, arguments);
        warnings.add(String.format(Locale.ROOT, format, arguments));
    }

    /**
     * Writes the page beside the report, from the files of the runs; after {@link #finish}.
     *
     * @param plan what was done, in a sentence
     */
    void writePage(String plan) throws IOException {
        List<String> words = new ArrayList<>(List.of("bin/taffrail", spec.root().name()));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        Map<String, String> setups = new LinkedHashMap<>();
        targets.forEach(target -> setups.put(target.name(), target.description()));
        new CampaignFile(ShellWords.join(words), plan, setups, machine, warnings, runs).write(out);
        Files.writeString(
                out.resolve(ReportCommand.PAGE), LatencyPage.of(ResultFolders.read(List.of(out))));
    }

    /** A wrong combination of options, as picocli reports it. */
    static ParameterException wrong(CommandSpec spec, IllegalArgumentException cause) {
        return new ParameterException(spec.commandLine(), cause.getMessage(), cause);
    }

    @Override
    public void close() {
        brokers.forEach(Broker::close);
    }
}
