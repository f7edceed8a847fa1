// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.provider.SettingKey;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The one user that a broker of Taffrail knows here, in a file made by {@code taffrail user}. */
final class TaffrailUsers {
    private static final int TOOL_SECONDS_MAX = 120;

    /** Few: the checks try many passwords at once, and what is secret here is in this file. */
    private static final String ITERATIONS = "10000";

    private TaffrailUsers() {}

    /**
     * Makes the file.
     *
     * @param installation where the tool is found
     * @param folder where the file comes to be
     * @return the file
     */
    static Path write(Installation installation, Path folder) {
        Path file = folder.resolve("users");
        List<String> command = new ArrayList<>(List.of(Installation.java()));
        command.addAll(PeerServer.SHORT_LIVED);
        command.addAll(List.of("-cp", installation.broker(), "org.taffrail.broker.cli.Main"));
        command.addAll(List.of("user", "add", PeerServer.USER, "--password-stdin"));
        command.addAll(List.of("--file", file.toString(), "--iterations", ITERATIONS));
        Path log = folder.resolve("users.log");
        try {
            Process tool =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            try (OutputStream input = tool.getOutputStream()) {
                input.write((PeerServer.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (!tool.waitFor(TOOL_SECONDS_MAX, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                tool.destroyForcibly();
                throw new PeerException("no file of users: " + ServerProcess.textOf(log));
            }
            return file;
        } catch (IOException e) {
            throw new PeerException("no file of users: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while the file of users was made", e);
        }
    }

    /** Tells the kit of the user. */
    static void describe(Properties jndi) {
        PeerServer.set(jndi, SettingKey.USER, PeerServer.USER);
        PeerServer.set(jndi, SettingKey.PASSWORD, PeerServer.PASSWORD);
    }
}
