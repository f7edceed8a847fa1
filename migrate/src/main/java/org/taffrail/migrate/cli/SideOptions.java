// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.cli;

import org.taffrail.migrate.provider.Side;
import org.taffrail.migrate.provider.SideException;

import picocli.CommandLine.Option;

/** Which two providers. */
final class SideOptions {
    /** Passwords are never arguments, because everybody on the machine can list those. */
    private static final String FROM_PASSWORD = "TAFFRAIL_FROM_PASSWORD";

    private static final String TO_PASSWORD = "TAFFRAIL_TO_PASSWORD";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "URL|FILE",
            description = "the provider that messages come from")
    private String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URL|FILE",
            description = "the provider that they go to")
    private String to;

    @Option(
            names = "--from-user",
            paramLabel = "NAME",
            description = "who takes them; the password from " + FROM_PASSWORD)
    private String fromUser;

    @Option(
            names = "--to-user",
            paramLabel = "NAME",
            description = "who sends them; the password from " + TO_PASSWORD)
    private String toUser;

    @Option(
            names = "--new-ids",
            description =
                    "send as any application does: with new message ids, times and user, also to a"
                            + " Taffrail broker (whose security.importers would permit to keep"
                            + " them)")
    private boolean newIds;

    private SideOptions() {}

    Side from() throws SideException {
        return Side.open(from, fromUser, System.getenv(FROM_PASSWORD), false);
    }

    Side to() throws SideException {
        return Side.open(to, toUser, System.getenv(TO_PASSWORD), !newIds);
    }
}
