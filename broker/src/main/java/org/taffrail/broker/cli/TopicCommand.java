// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be done with the topics of a running broker. */
@Command(
        name = "topic",
        description = "Looks at the topics of a running broker, and changes what is in them.",
        subcommands = {
            DestinationActions.Listing.class,
            DestinationActions.Describe.class,
            DestinationActions.Create.class,
            DestinationActions.Delete.class,
            TopicCommand.Purge.class,
            TopicCommand.Move.class,
            DestinationActions.Replay.class,
            DestinationActions.Tail.class,
            TopicCommand.Browse.class,
            SenderActions.Close.class,
            SenderActions.Open.class
        })
final class TopicCommand extends ManageCommand {
    TopicCommand(PasswordEntry entry) {
        super(entry);
    }

    @Override
    String kind() {
        return "topic";
    }

    /** Throws messages of subscriptions away. */
    @Command(
            name = "purge",
            description =
                    "Throws messages of one subscription, or of all, away for good, but not what a"
                            + " consumer holds.")
    static final class Purge extends DestinationAction {
        @Option(
                names = "--group",
                paramLabel = "ID",
                description = "Only this subscription, by its id in 'group list'.",
                converter = NumberRange.GroupId.class)
        private Long group;

        @Mixin private FilterArguments filter;

        @Override
        int act(RunningBroker broker, Fields row) {
            Fields.Builder about = about();
            if (group != null) {
                about.put("group", group);
            }
            return treat(broker, ManageOperation.PURGE, filter.addTo(about).build(), "purged");
        }
    }

    /** Shows what is kept. */
    @Command(
            name = "browse",
            description =
                    "Shows messages that the topic keeps, by its retention or for a subscription, the"
                            + " oldest first, and takes none; with --json an object a line.")
    static final class Browse extends DestinationAction {
        @Option(
                names = "--start",
                paramLabel = "START",
                defaultValue = "earliest",
                description = StartText.ALLOWED + " ${DEFAULT-VALUE} if not said otherwise.")
        private String start;

        @Mixin private BrowseArguments browse;

        @Override
        void check() {
            StartText.check(start);
        }

        @Override
        int act(RunningBroker broker, Fields row) {
            broker.browse(
                    reading(start, browse.selector(), false),
                    browse.showing(this, delivery -> true));
            return 0;
        }
    }

    /** Moves messages of a subscription to a queue. */
    @Command(
            name = "move",
            description =
                    "Moves messages of a subscription to a queue, but not what a consumer holds.")
    static final class Move extends DestinationAction {
        @Option(
                names = "--group",
                paramLabel = "ID",
                required = true,
                description = "The subscription, by its id in 'group list'.",
                converter = NumberRange.GroupId.class)
        private long group;

        @Mixin private DestinationActions.TargetArgument target;
        @Mixin private FilterArguments filter;

        @Override
        int act(RunningBroker broker, Fields row) {
            String to = target.require(broker);
            Fields about = filter.addTo(about().put("group", group).put("to", to)).build();
            return treat(broker, ManageOperation.MOVE, about, "moved to " + to);
        }
    }
}
