// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Option;

import java.io.IOException;

/** Which running broker a command is for, as whom it connects, and how it says what it found. */
final class BrokerArguments {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The broker; ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "taffrail://127.0.0.1:" + ConnectionUrl.DEFAULT_PORT)
    private String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "As whom; the password is TAFFRAIL_PASSWORD's, or asked for.")
    private String user;

    @Option(
            names = "--password-stdin",
            description = "Takes the password from the first line of standard input.")
    private boolean fromStdin;

    @Option(names = "--json", description = "Says it as JSON.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    boolean json() {
        return json;
    }

    /** Connects as a manager of one broker. */
    RunningBroker connect(PasswordEntry entry) throws IOException {
        if (ConnectionUrl.parse(url).kind() == ConnectionUrl.Kind.FAILOVER) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "a command is for one broker: write --url taffrail://host:port");
        }
        ConnectionUrl parsed = reachable();
        return RunningBroker.connect(parsed.with(as(entry, parsed.options())));
    }

    /**
     * Returns what makes connections as an application does, of one broker or of the first of
     * several that serves.
     */
    TaffrailConnectionFactory factory(PasswordEntry entry) throws IOException {
        ConnectionOptions options = as(entry, reachable().options());
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory(url);
        factory.setUser(options.get(ConnectionOptions.USERNAME));
        factory.setPassword(options.get(ConnectionOptions.PASSWORD));
        return factory;
    }

    private ConnectionUrl reachable() {
        ConnectionUrl parsed = ConnectionUrl.parse(url);
        if (parsed.kind() == ConnectionUrl.Kind.EMBEDDED) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "an embedded broker runs in its application; only that can reach it");
        }
        if (parsed.options().get(ConnectionOptions.PASSWORD) != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "a password in --url could be seen by everybody on this machine: set"
                            + " TAFFRAIL_PASSWORD, or use --password-stdin");
        }
        return parsed;
    }

    /** Returns the options with who connects, and the password. */
    private ConnectionOptions as(PasswordEntry entry, ConnectionOptions options)
            throws IOException {
        ConnectionOptions named =
                user == null ? options : options.with(ConnectionOptions.USERNAME.name(), user);
        String who = named.get(ConnectionOptions.USERNAME);
        if (who != null) {
            String password = fromStdin ? entry.readLine() : entry.ask(who);
            return named.with(ConnectionOptions.PASSWORD.name(), password);
        }
        if (fromStdin) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--password-stdin says no name: add --user");
        }
        return named;
    }
}
