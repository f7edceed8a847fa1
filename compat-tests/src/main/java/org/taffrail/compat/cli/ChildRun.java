// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.Main;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.PeerException;
import org.taffrail.compat.peer.PeerServer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs checks in a JVM of their own: on its class path are the provider's jars, then the kit, and
 * nothing else. What it prints is passed on as it comes.
 */
final class ChildRun {
    private static final String MEMORY = "-Xmx1g";
    private static final String LOG_LEVEL = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error";

    private static final String LOG_FILE = "-Dorg.slf4j.simpleLogger.logFile=";

    private final PrintWriter out;
    private final Path folder;

    /**
     * Prepares runs.
     *
     * @param out where their output goes
     * @param folder for what the providers' clients log through SLF4J
     */
    ChildRun(PrintWriter out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /**
     * Runs the kit.
     *
     * @param log the name of the file for what the provider's client logs
     * @param providerClassPath the provider's jars
     * @param arguments the kit's arguments
     * @return its exit code
     * @throws IOException if the folder can't be made
     * @throws PeerException if it can't be started
     * @throws InterruptedException if the run is given up; the JVM is ended then
     */
    int run(String log, String providerClassPath, List<String> arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>();
        command.add(Installation.java());
        command.addAll(PeerServer.SHORT_LIVED);
        command.addAll(List.of(MEMORY, LOG_LEVEL, LOG_FILE + folder.resolve(log), "-cp"));
        command.add(Installation.join(List.of(providerClassPath, Installation.kit())));
        command.add(Main.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.INHERIT)
                        .redirectErrorStream(true);
        builder.environment().remove("TAFFRAIL_CLASSPATH");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PeerException("no JVM can be started: " + e, e);
        }
        Thread hook = new Thread(process::destroy, "kit-end-child");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            passOn(process);
            return process.waitFor();
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void passOn(Process process) {
        char[] buffer = new char[4096];
        try (Reader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            out.println("The output of the run ended early: " + e);
        }
    }
}
