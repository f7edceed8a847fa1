// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/** What can be done with queues and topics alike. */
final class DestinationActions {
    private DestinationActions() {}

    /** Lists them. */
    @Command(
            name = "list",
            description = "Lists them with their counts; --json makes one list of objects.")
    static final class Listing extends ManageAction {
        @Parameters(
                paramLabel = "PATTERN",
                arity = "0..1",
                description =
                        "Only names that match: words with dots between them, * for one word, # for"
                                + " the rest.")
        private String pattern;

        @Override
        int act(RunningBroker broker) {
            Fields about = about(null).put("pattern", pattern).build();
            List<Fields> rows = broker.all(ManageOperation.DESTINATIONS, about);
            if (json()) {
                say(Json.list(rows).toString());
            } else if (kind().equals("queue")) {
                Table.of(
                                rows,
                                "name",
                                "depth",
                                "ready",
                                "held",
                                "waiting",
                                "failed",
                                "consumers",
                                "end")
                        .print(out());
            } else {
                Table.of(rows, "name", "groups", "depth", "held", "consumers", "firstNeeded", "end")
                        .print(out());
            }
            if (!json()) {
                sayClosed(rows);
            }
            return 0;
        }

        private void sayClosed(List<Fields> rows) {
            List<String> closed =
                    rows.stream()
                            .filter(row -> row.flag("closed"))
                            .map(row -> Table.plain(row.text("name")))
                            .toList();
            if (!closed.isEmpty()) {
                say("");
                say("closed to senders: " + String.join(", ", closed));
            }
        }
    }

    /** Shows all about one. */
    @Command(
            name = "describe",
            description = "Shows one with its policy, subscriptions and consumers.")
    static final class Describe extends DestinationAction {
        @Override
        int act(RunningBroker broker, Fields row) {
            boolean queue = kind().equals("queue");
            List<Fields> below =
                    broker.all(
                            queue ? ManageOperation.CONSUMERS : ManageOperation.GROUPS,
                            about().build());
            if (json()) {
                Json object = Json.of(row);
                say(
                        object.put(queue ? "consumerList" : "subscriptionList", Json.list(below))
                                .toString());
                return 0;
            }
            say(row);
            if (!below.isEmpty()) {
                say("");
                (queue ? Held.consumers(below) : GroupCommand.groups(below)).print(out());
            }
            return 0;
        }
    }

    /** Makes one. */
    @Command(
            name = "create",
            description = "Makes one, also where none is made on use; nothing if there is one.")
    static final class Create extends ManageAction {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name;

        @Override
        int act(RunningBroker broker) {
            Fields outcome = broker.one(ManageOperation.CREATE, about(name).build());
            boolean made = outcome.number("done", 0) > 0;
            if (json()) {
                say(Json.object().put("created", made).toString());
            } else {
                say(kind() + " " + name + (made ? " created" : " was there already"));
            }
            return 0;
        }
    }

    /** Deletes one. */
    @Command(
            name = "delete",
            description =
                    "Deletes one; not where it has consumers, subscriptions or messages, unless"
                            + " forced.")
    static final class Delete extends DestinationAction {
        @Option(
                names = "--force",
                description = "Deletes it with its messages and subscriptions, ends its consumers.")
        private boolean force;

        @Override
        int act(RunningBroker broker, Fields row) {
            broker.one(ManageOperation.DELETE, about().put("force", force).build());
            say(
                    json()
                            ? Json.object().put("deleted", true).toString()
                            : kind() + " " + name() + " deleted");
            return 0;
        }
    }

    /** Throws messages of a queue away. */
    @Command(
            name = "purge",
            description = "Throws messages away for good, but not what a consumer holds.")
    static final class Purge extends DestinationAction {
        @Mixin private FilterArguments filter;

        @Override
        int act(RunningBroker broker, Fields row) {
            Fields about = filter.addTo(about()).build();
            return treat(broker, ManageOperation.PURGE, about, "purged");
        }
    }

    /** Where messages are moved to. */
    static final class TargetArgument {
        @Option(
                names = "--to",
                paramLabel = "QUEUE",
                required = true,
                description = "The queue they are moved to.")
        private String to;

        @Option(names = "--create", description = "Makes that queue if there is none.")
        private boolean create;

        /** Makes sure that it is there, so that a typing error makes no queue. */
        String require(RunningBroker broker) {
            if (create) {
                Fields about = new Fields.Builder().put("kind", "queue").put("name", to).build();
                broker.one(ManageOperation.CREATE, about);
                return to;
            }
            try {
                broker.destination("queue", to);
            } catch (WireException e) {
                if (e.code() != ErrorCode.NO_SUCH_DESTINATION) {
                    throw e;
                }
                throw new WireException(e.code(), e.getMessage() + "; --create makes it");
            }
            return to;
        }
    }

    /** Moves messages of a queue. */
    @Command(
            name = "move",
            description =
                    "Moves messages to another queue, but not what a consumer holds; they keep their"
                            + " message id.")
    static final class Move extends DestinationAction {
        @Mixin private TargetArgument target;
        @Mixin private FilterArguments filter;

        @Override
        int act(RunningBroker broker, Fields row) {
            String to = target.require(broker);
            Fields about = filter.addTo(about().put("to", to)).build();
            return treat(broker, ManageOperation.MOVE, about, "moved to " + to);
        }
    }

    /** Sends what a log has once more. */
    @Command(
            name = "replay",
            description =
                    "Sends messages once more, consumed or not: copies with the same message ids, in"
                            + " the order of the log.")
    static final class Replay extends DestinationAction {
        @Option(
                names = "--start",
                paramLabel = "START",
                required = true,
                description = StartText.ALLOWED)
        private String start;

        @Mixin private TargetArgument target;
        @Mixin private FilterArguments filter;

        @Override
        void check() {
            StartText.check(start);
        }

        @Override
        int act(RunningBroker broker, Fields row) {
            String to = target.require(broker);
            Fields.Builder about = about().put("start", start).put("to", to);
            return treat(
                    broker,
                    ManageOperation.REPLAY,
                    filter.addTo(about).build(),
                    "replayed to " + to);
        }
    }

    /** Shows what comes. */
    @Command(
            name = "tail",
            description =
                    "Shows messages as they are sent, and takes none, until it is interrupted; with"
                            + " --json an object a line.")
    static final class Tail extends DestinationAction {
        @Option(
                names = "--start",
                paramLabel = "START",
                defaultValue = "latest",
                description = StartText.ALLOWED)
        private String start;

        @Option(
                names = "--selector",
                paramLabel = "SELECTOR",
                description = "Only messages that it selects.")
        private String selector;

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "Ends after so many messages.",
                converter = NumberRange.Limit.class)
        private Long limit;

        @Option(
                names = "--no-wait",
                description = "Ends where the log ends, and does not wait for more.")
        private boolean noWait;

        @Option(names = "--full", description = "Shows bodies to their end, however long.")
        private boolean full;

        @Override
        void check() {
            StartText.check(start);
        }

        @Override
        int act(RunningBroker broker, Fields row) {
            long[] shown = {0};
            broker.read(
                    reading(start, selector, !noWait),
                    delivery -> {
                        MessageLines lines = new MessageLines(delivery, full);
                        say(json() ? lines.json() : lines.text());
                        out().flush();
                        shown[0]++;
                        return limit == null || shown[0] < limit;
                    });
            return 0;
        }
    }
}
