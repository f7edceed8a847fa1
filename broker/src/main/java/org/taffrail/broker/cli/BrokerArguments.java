// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

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

    RunningBroker connect(PasswordEntry entry) throws IOException {
        ConnectionUrl parsed = ConnectionUrl.parse(url);
        ConnectionOptions options = parsed.options();
        if (parsed.kind() == ConnectionUrl.Kind.FAILOVER) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "a command is for one broker: write --url taffrail://host:port");
        }
        if (parsed.kind() != ConnectionUrl.Kind.REMOTE) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "an embedded broker runs in its application; only that can reach it");
        }
        if (options.get(ConnectionOptions.PASSWORD) != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "a password in --url could be seen by everybody on this machine: set"
                            + " TAFFRAIL_PASSWORD, or use --password-stdin");
        }
        if (user != null) {
            options = options.with(ConnectionOptions.USERNAME.name(), user);
        }
        String who = options.get(ConnectionOptions.USERNAME);
        if (who != null) {
            String password = fromStdin ? entry.readLine() : entry.ask(who);
            options = options.with(ConnectionOptions.PASSWORD.name(), password);
        } else if (fromStdin) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "--password-stdin says no name: add --user");
        }
        return RunningBroker.connect(parsed.with(options));
    }
}
