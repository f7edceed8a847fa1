// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one measurement in a JVM of its own: fresh for every repetition, with one provider on its
 * class path, and with the same options for all of them.
 */
public final class MeasuringProcess {
    /** The name of the file a measuring process writes its figures to. */
    public static final String OUTCOME_FILE = "outcome.properties";

    private static final String LOG_FILE = "run.log";
    private static final int LOG_LINES_SHOWN = 30;

    private final Installation installation;
    private final List<String> javaOptions;

    /**
     * What all measuring processes have in common.
     *
     * @param installation where the class path is found
     * @param javaOptions options of their JVM
     */
    public MeasuringProcess(Installation installation, List<String> javaOptions) {
        this.installation = installation;
        this.javaOptions = List.copyOf(javaOptions);
    }

    /**
     * Runs a measurement to its end.
     *
     * @param target the provider
     * @param mainClass what to run
     * @param arguments its arguments
     * @param folder where its output goes; exists
     * @param timeout when to give it up
     * @throws PeerException if it leaves no {@link #OUTCOME_FILE}, or does not end
     */
    public void run(
            Target target, String mainClass, List<String> arguments, Path folder, Duration timeout)
            throws PeerException {
        List<Path> classPath = new ArrayList<>(installation.measuringClassPath());
        classPath.addAll(target.classPath());
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(javaOptions);
        command.addAll(
                List.of(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        Installation.join(classPath)));
        command.add(mainClass);
        command.addAll(arguments);
        Path log = folder.resolve(LOG_FILE);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Thread hook = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(hook);
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().removeShutdownHook(hook);
            if (!ended) {
                process.destroyForcibly();
                throw new PeerException(
                        "The run against "
                                + target.name()
                                + " did not end in "
                                + timeout
                                + tail(log));
            }
            if (!Files.exists(folder.resolve(OUTCOME_FILE))) {
                throw new PeerException("The run against " + target.name() + " failed" + tail(log));
            }
        } catch (IOException e) {
            throw new PeerException("Cannot run against " + target.name() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("Interrupted", e);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return ", its output ends with:\n  "
                + String.join(
                        "\n  ",
                        lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }
}
