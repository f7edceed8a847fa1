// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker in a process of its own, started as the launcher starts it. */
public final class BrokerProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("taffrail://127\\.0\\.0\\.1:(\\d+)");
    private static final int PATIENCE_S = 60;

    private final Process process;
    private final Path log;
    private final BufferedReader out;

    private BrokerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a process; what it logs goes to a file of its own in the folder. */
    public static BrokerProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /** Starts a process with variables in its environment. */
    public static BrokerProcess start(
            Path folder, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("-Xmx256m");
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "broker", ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(log.toFile());
        builder.environment().putAll(variables);
        return new BrokerProcess(builder.start(), log);
    }

    /** The next line on standard output; null at its end. */
    public String line() throws IOException {
        return out.readLine();
    }

    /** Waits for the line with the address and returns the port. */
    public int port() throws IOException {
        String line = line();
        Matcher matcher = PORT.matcher(line == null ? "" : line);
        if (!matcher.find()) {
            throw new IOException("the broker said " + line + " and logged " + log());
        }
        return Integer.parseInt(matcher.group(1));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running; logged " + log());
        }
        return process.exitValue();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
