// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            QueueCommand.Browse.class,
            QueueCommand.Holding.class,
            SenderActions.Close.class,
            SenderActions.Open.class,
            AwaitEmpty.class,
            AwaitEmpty.Drain.class
        })
final class QueueCommand extends ManageCommand {
    QueueCommand(PasswordEntry entry) {
        super(entry);
    }

    /** Shows who holds what. */
    @Command(
            name = "held",
            description =
                    "Shows which messages the consumers of a queue hold, since when, and which"
                            + " delivery that is.")
    static final class Holding extends DestinationAction {
        @Override
        int act(RunningBroker broker, Fields row) {
            say(new Held(broker, "queue", name(), 0));
            return 0;
        }
    }

    /** Shows messages. */
    @Command(
            name = "browse",
            description =
                    "Shows messages that are ready, in the order of their delivery, and takes none;"
                            + " with --json an object a line.")
    static final class Browse extends DestinationAction {
        @Option(
                names = "--offset",
                paramLabel = "N",
                description = "Only messages from this offset on.",
                converter = NumberRange.Offset.class)
        private long offset;

        @Mixin private BrowseArguments browse;

        @Override
        int act(RunningBroker broker, Fields row) {
            broker.browse(
                    reading(null, browse.selector(), false),
                    browse.showing(this, delivery -> delivery.offset() >= offset));
            return 0;
        }
    }
}
