// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be done with the queues of a running broker. */
@Command(
        name = "queue",
        description = "Looks at the queues of a running broker, and changes what is in them.",
        subcommands = {
            DestinationActions.Listing.class,
            DestinationActions.Describe.class,
            DestinationActions.Create.class,
            DestinationActions.Delete.class,
            DestinationActions.Purge.class,
            DestinationActions.Move.class,
            DestinationActions.Replay.class,
            DestinationActions.Tail.class,
            QueueCommand.Browse.class
        })
final class QueueCommand extends ManageCommand {
    QueueCommand(PasswordEntry entry) {
        super(entry);
    }

    /** Shows messages. */
    @Command(
            name = "browse",
            description =
                    "Shows messages that are ready, in the order of their delivery, and takes none;"
                            + " with --json an object a line.")
    static final class Browse extends ManageAction {
        private static final int LIMIT = 100;

        @Parameters(paramLabel = "NAME", description = "The queue.")
        private String name;

        @Option(
                names = "--selector",
                paramLabel = "SELECTOR",
                description = "Only messages that it selects.")
        private String selector;

        @Option(
                names = "--offset",
                paramLabel = "N",
                description = "Only messages from this offset on.")
        private long offset;

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "At most so many; ${DEFAULT-VALUE} if not said otherwise.",
                defaultValue = "" + LIMIT)
        private long limit;

        @Option(names = "--full", description = "Shows bodies to their end, however long.")
        private boolean full;

        @Override
        void check() {
            FilterArguments.checkLimit(limit);
        }

        @Override
        int act(RunningBroker broker) {
            broker.destination(kind(), name);
            long[] shown = {0};
            broker.browse(
                    name,
                    selector,
                    delivery -> {
                        if (delivery.offset() >= offset) {
                            MessageLines lines = new MessageLines(delivery, full);
                            if (json()) {
                                say(lines.json());
                            } else {
                                say(lines.text());
                            }
                            shown[0]++;
                        }
                        return shown[0] < limit;
                    });
            return 0;
        }
    }
}
