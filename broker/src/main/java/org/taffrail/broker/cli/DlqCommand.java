// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/** What can be done with messages that could not be delivered, or have expired. */
@Command(
        name = "dlq",
        description = "Looks at dead letters and expired messages, and treats them.",
        subcommands = {
            DlqCommand.Listing.class,
            DlqCommand.Show.class,
            DlqCommand.Retry.class,
            DlqCommand.Discard.class
        })
final class DlqCommand extends ManageCommand {
    DlqCommand(PasswordEntry entry) {
        super(entry);
    }

    /** Lists the queues that hold some. */
    @Command(
            name = "list",
            description = "Lists dead-letter and expiry queues; --json makes one list of objects.")
    static final class Listing extends ManageAction {
        @Override
        int act(RunningBroker broker) {
            List<Fields> rows = new ArrayList<>();
            for (Fields each : broker.all(ManageOperation.DESTINATIONS, about(null).build())) {
                if (each.flag("deadLetters")) {
                    rows.add(each);
                }
            }
            if (json()) {
                say(Json.list(rows).toString());
            } else {
                Table.of(rows, "name", "depth", "ready", "held", "waiting", "consumers")
                        .print(out());
            }
            return 0;
        }
    }

    /** Demands that a queue may hold dead letters, so that no other is treated by mistake. */
    private static void require(RunningBroker broker, String queue) {
        if (!broker.destination("queue", queue).flag("deadLetters")) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION,
                    "queue \""
                            + queue
                            + "\" is no dead-letter or expiry queue; 'dlq list' shows which are");
        }
    }

    /** Shows why messages are there. */
    @Command(
            name = "show",
            description =
                    "Shows why, when, from where, and after how many deliveries messages came; with"
                            + " --json an object a line. Of one message all.")
    static final class Show extends ManageAction {
        @Mixin private MessageArgument one;

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "At most so many; ${DEFAULT-VALUE} if not said otherwise.",
                defaultValue = "100",
                converter = NumberRange.Limit.class)
        private long limit;

        @Option(names = "--full", description = "Shows the body to its end, however long.")
        private boolean full;

        @Override
        int act(RunningBroker broker) {
            broker.destination(kind(), one.queue);
            return one.message == null ? showAll(broker) : showOne(broker);
        }

        private int showAll(RunningBroker broker) {
            List<Fields> rows = new ArrayList<>();
            broker.browse(
                    one.queue,
                    null,
                    delivery -> {
                        MessageLines lines = new MessageLines(delivery, full);
                        if (json()) {
                            say(lines.json());
                        }
                        rows.add(lines.death());
                        return rows.size() < limit;
                    });
            if (!json()) {
                Table.of(rows, "offset", "messageId", "time", "reason", "count", "from")
                        .print(out());
            }
            return 0;
        }

        private int showOne(RunningBroker broker) {
            List<Link.Delivery> found = new ArrayList<>();
            broker.browse(
                    one.queue,
                    one.selector(),
                    delivery -> {
                        if (one.isIt(delivery)) {
                            found.add(delivery);
                        }
                        return found.isEmpty();
                    });
            if (found.isEmpty()) {
                complain("no message " + one.message + " is ready in " + one.queue);
                return Main.FAILED;
            }
            MessageLines lines = new MessageLines(found.get(0), full);
            say(json() ? lines.json() : lines.text());
            return 0;
        }
    }

    /** A queue, and one of its messages if that is said, by its offset or its id. */
    static final class MessageArgument {
        @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
        private String queue;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "MESSAGE",
                description = "One message, by its offset or id.")
        private String message;

        private boolean isOffset() {
            return !message.isEmpty()
                    && message.length() < 19
                    && message.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        /** Selects it, where it is named by its id; null where it is not. */
        String selector() {
            return isOffset() ? null : "JMSMessageID = '" + message.replace("'", "''") + "'";
        }

        /** Whether one of those that are selected is meant. */
        boolean isIt(Link.Delivery delivery) {
            return !isOffset() || delivery.offset() == Long.parseLong(message);
        }

        void addTo(Fields.Builder fields) {
            if (isOffset()) {
                fields.put("offset", Long.parseLong(message));
            } else {
                fields.put("selector", selector());
            }
        }
    }

    /** Which of the messages are meant; all only where that is said. */
    static final class MessageArguments {
        @Mixin private MessageArgument one;

        @Option(
                names = "--selector",
                paramLabel = "SELECTOR",
                description = "Messages that it selects.")
        private String selector;

        @Option(names = "--all", description = "All messages.")
        private boolean all;

        void check() {
            int given = (one.message == null ? 0 : 1) + (selector == null ? 0 : 1) + (all ? 1 : 0);
            if (given != 1) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        "say which messages: one by its offset or id, --selector, or --all");
            }
        }

        Fields.Builder fields() {
            Fields.Builder fields =
                    new Fields.Builder().put("kind", "queue").put("name", one.queue);
            if (one.message == null) {
                fields.put("selector", selector);
            } else {
                one.addTo(fields);
            }
            return fields;
        }
    }

    /** Sends messages back. */
    @Command(
            name = "retry",
            description =
                    "Sends messages back to where they came from, as they were before; what died in"
                            + " a subscription only with --to.")
    static final class Retry extends ManageAction {
        @Mixin private MessageArguments messages;

        @Option(
                names = "--to",
                paramLabel = "QUEUE",
                description = "A queue they are sent to instead.")
        private String to;

        @Override
        void check() {
            messages.check();
        }

        @Override
        int act(RunningBroker broker) {
            require(broker, messages.one.queue);
            if (to != null) {
                broker.destination("queue", to);
            }
            Fields about = messages.fields().put("to", to).build();
            return treat(
                    broker,
                    ManageOperation.RETRY,
                    about,
                    "sent " + (to == null ? "back" : "to " + to));
        }
    }

    /** Throws messages away. */
    @Command(name = "discard", description = "Throws messages away for good.")
    static final class Discard extends ManageAction {
        @Mixin private MessageArguments messages;

        @Override
        void check() {
            messages.check();
        }

        @Override
        int act(RunningBroker broker) {
            require(broker, messages.one.queue);
            return treat(broker, ManageOperation.PURGE, messages.fields().build(), "discarded");
        }
    }
}
