// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.NearestName;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/** Who reads together: subscriptions, and the consumers of a queue. */
@Command(
        name = "group",
        description = "Looks at who reads together, and lets subscriptions begin anew.",
        subcommands = {
            GroupCommand.Listing.class,
            GroupCommand.Describe.class,
            GroupCommand.Holding.class,
            GroupCommand.Reset.class
        })
final class GroupCommand extends ManageCommand {
    GroupCommand(PasswordEntry entry) {
        super(entry);
    }

    static Table groups(List<Fields> rows) {
        return Table.of(
                rows,
                "id",
                "destination",
                "name",
                "clientId",
                "source",
                "depth",
                "held",
                "failed",
                "consumers",
                "firstUnsettled",
                "end");
    }

    private static Fields about(String kind, String name) {
        return new Fields.Builder().put("kind", kind).put("name", name).build();
    }

    /** Returns the groups of a topic, or of all topics. */
    private static List<Fields> subscriptions(RunningBroker broker, String topic) {
        if (topic != null) {
            broker.destination("topic", topic);
            return broker.all(ManageOperation.GROUPS, about("topic", topic));
        }
        List<Fields> groups = new ArrayList<>();
        for (Fields each : broker.all(ManageOperation.DESTINATIONS, about("topic", null))) {
            if (each.number("groups", 0) > 0) {
                groups.addAll(
                        broker.all(ManageOperation.GROUPS, about("topic", each.text("name"))));
            }
        }
        return groups;
    }

    /** Finds the one group of a name or an id. */
    private static Fields find(List<Fields> groups, String name) {
        List<Fields> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Fields each : groups) {
            String its = each.text("name");
            if (name.equals(its) || name.equals(Long.toString(each.number("id", 0)))) {
                found.add(each);
            }
            if (its != null) {
                names.add(its);
            }
        }
        if (found.isEmpty()) {
            throw new WireException(
                    ErrorCode.NO_SUCH_SUBSCRIPTION,
                    "there is no subscription \"" + name + '"' + NearestName.hint(name, names));
        }
        if (found.size() > 1) {
            throw new WireException(
                    ErrorCode.NO_SUCH_SUBSCRIPTION,
                    found.size()
                            + " subscriptions have the name \""
                            + name
                            + "\": say its id, as 'group list' shows it");
        }
        return found.get(0);
    }

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists subscriptions of all topics; --json makes one list of objects.")
    static final class Listing extends ManageAction {
        @Option(names = "--topic", paramLabel = "NAME", description = "Only those of a topic.")
        private String topic;

        @Option(
                names = "--queue",
                paramLabel = "NAME",
                description = "The one group of a queue instead.")
        private String queue;

        @Override
        int act(RunningBroker broker) {
            List<Fields> rows;
            if (queue != null) {
                broker.destination("queue", queue);
                rows = broker.all(ManageOperation.GROUPS, GroupCommand.about("queue", queue));
            } else {
                rows = subscriptions(broker, topic);
            }
            if (json()) {
                say(Json.list(rows).toString());
            } else {
                groups(rows).print(out());
            }
            return 0;
        }
    }

    /** What a command does with one subscription, which must be there. */
    abstract static class SubscriptionAction extends ManageAction {
        @Parameters(
                paramLabel = "NAME|ID",
                description = "The subscription's name, or its id in 'group list'.")
        private String name;

        @Option(names = "--topic", paramLabel = "NAME", description = "The topic it is of.")
        private String topic;

        @Override
        final int act(RunningBroker broker) {
            return act(broker, find(subscriptions(broker, topic), name));
        }

        /**
         * Does it; returns the status.
         *
         * @param group what the broker says of the subscription
         */
        abstract int act(RunningBroker broker, Fields group);

        final String name() {
            return name;
        }
    }

    /** Shows all about one. */
    @Command(name = "describe", description = "Shows a subscription and its consumers.")
    static final class Describe extends SubscriptionAction {
        @Override
        int act(RunningBroker broker, Fields group) {
            List<Fields> consumers =
                    broker.all(
                            ManageOperation.CONSUMERS,
                            new Fields.Builder()
                                    .put("kind", "topic")
                                    .put("name", group.text("destination"))
                                    .put("group", group.number("id", 0))
                                    .build());
            if (json()) {
                say(Json.of(group).put("consumerList", Json.list(consumers)).toString());
                return 0;
            }
            say(group);
            if (!consumers.isEmpty()) {
                say("");
                Held.consumers(consumers).print(out());
            }
            return 0;
        }
    }

    /** Shows who holds what. */
    @Command(
            name = "held",
            description = "Shows which messages the consumers of a subscription hold, since when.")
    static final class Holding extends SubscriptionAction {
        @Override
        int act(RunningBroker broker, Fields group) {
            say(new Held(broker, "topic", group.text("destination"), group.number("id", 0)));
            return 0;
        }
    }

    /** Lets one begin anew. */
    @Command(
            name = "reset",
            description =
                    "Lets a durable subscription that nobody is consuming from begin anew: what is"
                            + " before the start is not for it any more, what is behind comes (again).")
    static final class Reset extends SubscriptionAction {
        @Option(
                names = "--start",
                paramLabel = "START",
                required = true,
                description = StartText.ALLOWED)
        private String start;

        @Override
        void check() {
            StartText.check(start);
        }

        @Override
        int act(RunningBroker broker, Fields group) {
            broker.one(
                    ManageOperation.RESET,
                    new Fields.Builder()
                            .put("kind", "topic")
                            .put("name", group.text("destination"))
                            .put("group", group.number("id", 0))
                            .put("start", start)
                            .build());
            say(
                    json()
                            ? Json.object().put("reset", true).toString()
                            : "subscription " + name() + " begins with " + start);
            return 0;
        }
    }
}
