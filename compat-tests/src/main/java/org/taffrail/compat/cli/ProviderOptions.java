// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.peer.Peer;
import org.taffrail.compat.provider.JndiProvider;
import org.taffrail.compat.provider.ProviderException;
import org.taffrail.compat.provider.SettingKey;

import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Which provider is run against. */
final class ProviderOptions {
    /** What the launcher documents for providers it does not know. */
    private static final String CLASS_PATH_VARIABLE = "TAFFRAIL_CLASSPATH";

    @Option(
            names = "--jndi",
            paramLabel = "FILE",
            description = "jndi.properties of a provider whose server runs already")
    private Path jndi;

    @Option(
            names = "--start",
            paramLabel = "PROVIDER",
            converter = PeerConverter.class,
            description =
                    "start a provider for this call: taffrail, taffrail-embedded, artemis, classic;"
                            + " repeatable")
    private List<Peer> start = new ArrayList<>();

    @Option(
            names = {"--classpath", "-cp"},
            paramLabel = "PATH",
            description =
                    "jars of the provider of --jndi, as java -cp takes them; without it those in"
                            + " TAFFRAIL_CLASSPATH, or else those the kit was started with")
    private String classPath;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what the provider of --jndi is called in reports (its own name)")
    private String name;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "a user of the provider of --jndi, in place of compat.user in the file")
    private String user;

    @Option(
            names = "--password-stdin",
            description = "that user's password is the first line of standard input")
    private boolean passwordOnInput;

    @Option(names = "--here", hidden = true, description = "run in this JVM, whatever else is said")
    private boolean here;

    /** Refuses what makes no sense. */
    void check() {
        if ((jndi == null) == start.isEmpty()) {
            throw new IllegalArgumentException(
                    "Name a provider: --jndi FILE, or --start PROVIDER (but not both)");
        }
        if (passwordOnInput && user == null) {
            throw new IllegalArgumentException("--password-stdin needs --user");
        }
        if (!start.isEmpty() && (user != null || name != null || classPath != null)) {
            throw new IllegalArgumentException(
                    "--user, --name and --classpath belong to --jndi, not to --start");
        }
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("--name is empty");
        }
    }

    List<Peer> peers() {
        return start;
    }

    boolean here() {
        return here;
    }

    String name() {
        return name;
    }

    Path jndi() {
        return jndi;
    }

    /** Jars of the provider that the kit was not started with; null if there are none. */
    String otherClassPath() {
        String told = classPath != null ? classPath : System.getenv(CLASS_PATH_VARIABLE);
        return told == null || told.isBlank() ? null : told;
    }

    /** What the file says, with what the command line says instead. */
    Properties properties() throws ProviderException {
        Properties properties = JndiProvider.read(jndi);
        if (user != null) {
            properties.setProperty(SettingKey.USER.inFile(), user);
        }
        if (passwordOnInput) {
            properties.setProperty(SettingKey.PASSWORD.inFile(), passwordFromInput());
        }
        return properties;
    }

    private static String passwordFromInput() throws ProviderException {
        try {
            // not closed: standard input is not ours
            String line =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                            .readLine();
            if (line == null) {
                throw new ProviderException("--password-stdin, but standard input is empty");
            }
            return line;
        } catch (IOException e) {
            throw new ProviderException("cannot read the password: " + e, e);
        }
    }

    /** The same options for a process with the provider's class path. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--jndi=" + jndi.toAbsolutePath());
        if (name != null) {
            arguments.add("--name=" + name);
        }
        if (user != null) {
            arguments.add("--user=" + user);
        }
        if (passwordOnInput) {
            arguments.add("--password-stdin");
        }
        return arguments;
    }
}
