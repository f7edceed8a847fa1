// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/** Who is connected. */
@Command(
        name = "connection",
        description = "Looks at who is connected, and ends connections.",
        subcommands = {ConnectionCommand.Listing.class, ConnectionCommand.Closing.class})
final class ConnectionCommand extends ManageCommand {
    ConnectionCommand(PasswordEntry entry) {
        super(entry);
    }

    /** Lists them. */
    @Command(
            name = "list",
            description =
                    "Lists connections, this command's own among them, in the order in which they"
                            + " came; --json makes one list of objects.")
    static final class Listing extends ManageAction {
        @Option(
                names = "--of-user",
                paramLabel = "NAME",
                description = "Only those of a user; --user says as whom to ask.")
        private String of;

        @Override
        int act(RunningBroker broker) {
            List<Fields> rows =
                    broker.all(ManageOperation.CONNECTIONS, Fields.NONE).stream()
                            .filter(each -> of == null || of.equals(each.text("user")))
                            .toList();
            if (json()) {
                say(Json.list(rows).toString());
            } else {
                Table.of(
                                rows,
                                "id",
                                "user",
                                "clientId",
                                "peer",
                                "consumers",
                                "transactions",
                                "held",
                                "paused",
                                "product")
                        .print(out());
            }
            return 0;
        }
    }

    /** Ends one. */
    @Command(
            name = "close",
            description =
                    "Ends a connection: what it holds goes to others, what it has begun is rolled"
                            + " back, what is prepared stays. A client that fails over connects"
                            + " again.")
    static final class Closing extends ManageAction {
        @Parameters(
                paramLabel = "ID",
                description = "Its id in 'connection list'.",
                converter = NumberRange.ConnectionId.class)
        private long id;

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description = "What its client is told beside, at most 200 characters.")
        private String reason;

        @Override
        int act(RunningBroker broker) {
            Fields ended =
                    broker.one(
                            ManageOperation.END_CONNECTION,
                            new Fields.Builder().put("id", id).put("reason", reason).build());
            boolean done = ended.number("done", 0) > 0;
            if (json()) {
                say(Json.of(ended).toString());
            } else if (done) {
                say("connection " + id + " closed: " + who(ended));
            }
            if (!done) {
                complain("there is no connection " + id + ", or not any more");
                return Main.FAILED;
            }
            return 0;
        }

        private static String who(Fields ended) {
            String user = ended.text("user");
            return Table.plain(
                    (user == null ? "a client without a user" : "user " + user)
                            + " at "
                            + ended.text("peer"));
        }
    }
}
