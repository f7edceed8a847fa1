// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.management;

import org.taffrail.broker.core.ConsumerStatus;
import org.taffrail.broker.core.DestinationStatus;
import org.taffrail.broker.core.Holders;
import org.taffrail.broker.core.Operation;
import org.taffrail.broker.core.Outcome;
import org.taffrail.broker.core.Overview;
import org.taffrail.broker.core.Page;
import org.taffrail.broker.core.Selection;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Scope;
import org.taffrail.broker.loop.Closures;
import org.taffrail.broker.loop.Loop;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Start;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.util.List;
import java.util.function.Function;

/**
 * Carries out management requests of those who may manage: what is asked is read at once, what is
 * to be changed is handed to the loop, but for connections, which are ended here. Owned by the
 * broker's thread.
 */
public final class Manager {
    private final Connections connections;
    private final Ending ending;

    /** Ends connections in order, as a client's own goodbye does. */
    @FunctionalInterface
    public interface Ending {
        /**
         * Ends a connection: its client hears all that is parked for it, and then why. What it
         * holds is given back, and what it has begun and not prepared is rolled back. Nothing where
         * there is none now.
         *
         * @param connection its number, be it that of the one who asks
         * @param why what the client is told
         * @param nowMs the time, ms since 1970
         */
        void end(long connection, WireException why, long nowMs);
    }

    /**
     * Makes one.
     *
     * @param connections tells who is connected
     * @param ending ends connections
     */
    public Manager(Connections connections, Ending ending) {
        this.connections = connections;
        this.ending = ending;
    }

    /**
     * Takes a request; each is answered once, also one that is refused. What it names was found
     * within the mandate; what it does not name is left out where the mandate does not cover it.
     *
     * @param loop the loop
     * @param connection whose request it is
     * @param frame the request
     * @param mandate what may be managed
     * @param nowMs the time, ms since 1970
     */
    public void handle(
            Loop loop, long connection, ClientFrame.Manage frame, Mandate mandate, long nowMs) {
        try {
            ManageOperation operation = ManageOperation.of(frame.operation());
            if (operation == null) {
                throw new WireException(
                        ErrorCode.NOT_SUPPORTED,
                        "management operation " + frame.operation() + " is not known here");
            }
            if (operation == ManageOperation.CLOSE || operation == ManageOperation.OPEN) {
                long changed = treatSenders(operation, loop, frame.fields());
                Outcome outcome = new Outcome(changed, 0, 0, null);
                loop.answer(connection, managed(frame, List.of(Rows.of(outcome)), null));
            } else if (operation == ManageOperation.END_CONNECTION) {
                end(loop, connection, frame, nowMs);
            } else if (operation.changes()) {
                Function<Outcome, BrokerFrame> answer =
                        outcome -> managed(frame, List.of(Rows.of(outcome)), null);
                Operation change = operation(operation, frame.fields(), mandate, nowMs);
                loop.manage(connection, frame.requestId(), change, answer, nowMs);
            } else if (operation == ManageOperation.BROKER) {
                Fields broker = Rows.of(loop.figures(), loop.incarnation());
                loop.answer(connection, managed(frame, List.of(broker), null));
            } else {
                loop.answer(connection, look(operation, loop, mandate, frame));
            }
        } catch (WireException e) {
            refuse(loop, connection, frame, e);
        }
    }

    /**
     * Refuses a request.
     *
     * @param loop the loop
     * @param connection whose request it is
     * @param frame the request
     * @param why the reason
     */
    public static void refuse(
            Loop loop, long connection, ClientFrame.Manage frame, WireException why) {
        loop.answer(
                connection,
                new BrokerFrame.Failed(frame.requestId(), why.code(), why.getMessage()));
    }

    private static BrokerFrame managed(ClientFrame.Manage frame, List<Fields> rows, String next) {
        return new BrokerFrame.Managed(frame.requestId(), rows, next);
    }

    /**
     * Ends a connection that was let in, and says who it was. The answer is parked first: so it
     * comes before the end where a manager ends its own connection.
     */
    private void end(Loop loop, long connection, ClientFrame.Manage frame, long nowMs) {
        long id = id(frame.fields());
        String reason = frame.fields().text("reason");
        if (reason != null && reason.length() > Rows.TEXT_CHARS_MAX) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "a reason of "
                            + reason.length()
                            + " characters, allowed are "
                            + Rows.TEXT_CHARS_MAX);
        }
        Connections.Connected found = connections.connected(id);
        loop.answer(connection, managed(frame, List.of(Rows.ended(found)), null));
        String why = reason == null || reason.isBlank() ? "" : ": " + reason;
        ending.end(
                id,
                new WireException(
                        ErrorCode.CONNECTION_LOST, "a manager has ended the connection" + why),
                nowMs);
    }

    /** Closes to senders what a name or a pattern says, or opens it; returns what has changed. */
    private static long treatSenders(ManageOperation operation, Loop loop, Fields fields) {
        DestinationKind kind = kind(fields);
        String name = fields.text("name");
        DestinationPattern pattern = name == null ? pattern(fields) : named(kind, name);
        Closures closures = loop.closures();
        if (operation == ManageOperation.OPEN) {
            return pattern == null
                    ? closures.openAll(kind)
                    : closures.open(of(kind, pattern)) ? 1 : 0;
        }
        if (pattern == null) {
            throw missing("name");
        }
        if (name != null) {
            loop.core().overview().destination(kind, name); // or the name is mistyped
        }
        return closures.close(of(kind, pattern)) ? 1 : 0;
    }

    private static DestinationPattern of(DestinationKind kind, DestinationPattern pattern) {
        return new DestinationPattern(Scope.of(kind), pattern.words());
    }

    private static DestinationPattern named(DestinationKind kind, String name) {
        DestinationPattern found = pattern(name);
        if (!found.isName()) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    (kind.isQueue() ? "queue '" : "topic '")
                            + name
                            + "' can't be closed by its name alone, which is a pattern as well");
        }
        return found;
    }

    private BrokerFrame look(
            ManageOperation operation, Loop loop, Mandate mandate, ClientFrame.Manage frame) {
        Overview overview = loop.core().overview();
        Function<DestinationStatus, Fields> row = each -> Rows.of(each, loop.closures());
        Fields fields = frame.fields();
        String after = fields.text("after");
        int rowsMax = rowsMax(fields);
        if (operation == ManageOperation.BRANCHES) {
            return page(frame, overview.branches(after, rowsMax), Rows::of);
        }
        if (operation == ManageOperation.CONNECTIONS) {
            return page(frame, connections.page(after, rowsMax), Rows::of);
        }
        DestinationKind kind = kind(fields);
        String name = fields.text("name");
        switch (operation) {
            case DESTINATIONS:
                return name == null
                        ? page(
                                frame,
                                covered(
                                        overview.destinations(
                                                kind, pattern(fields), after, rowsMax),
                                        mandate),
                                row)
                        : managed(
                                frame, List.of(row.apply(overview.destination(kind, name))), null);
            case GROUPS:
                return page(frame, overview.groups(kind, required(name), after, rowsMax), Rows::of);
            case CONSUMERS:
                return page(
                        frame,
                        overview.holders().consumers(place(kind, name, fields), after, rowsMax),
                        this::row);
            case HELD:
                return page(
                        frame,
                        overview.holders()
                                .held(place(kind, name, fields), holder(fields), after, rowsMax),
                        Rows::of);
            default:
                throw new IllegalArgumentException(operation + " does not look");
        }
    }

    private static Holders.Place place(DestinationKind kind, String name, Fields fields) {
        return new Holders.Place(kind, required(name), fields.number("group", 0));
    }

    private static Holders.Holder holder(Fields fields) {
        long consumer = fields.number("consumer", -1);
        if (consumer != (int) consumer || consumer < 0) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "the field consumer is " + consumer + ", not a consumer's number");
        }
        return new Holders.Holder(fields.number("connection", 0), (int) consumer);
    }

    private Fields row(ConsumerStatus consumer) {
        return Rows.of(consumer, connections.find(consumer.connection()));
    }

    private static <T> BrokerFrame page(
            ClientFrame.Manage frame, Page<T> page, Function<T, Fields> row) {
        return managed(frame, page.rows().stream().map(row).toList(), page.next());
    }

    private static Page<DestinationStatus> covered(Page<DestinationStatus> page, Mandate mandate) {
        return new Page<>(
                page.rows().stream().filter(row -> mandate.covers(row.kind(), row.name())).toList(),
                page.next());
    }

    private static Operation operation(
            ManageOperation operation, Fields fields, Mandate mandate, long nowMs) {
        if (operation == ManageOperation.END_BRANCH) {
            return new Operation.EndBranch(id(fields), fields.flag("commit"));
        }
        if (operation == ManageOperation.FORGET_BRANCH) {
            return new Operation.ForgetBranch(id(fields));
        }
        DestinationKind kind = kind(fields);
        String name = required(fields.text("name"));
        String target = fields.text("to");
        switch (operation) {
            case CREATE:
                return new Operation.Create(kind, name);
            case DELETE:
                return new Operation.Delete(kind, name, fields.flag("force"));
            case PURGE:
                return new Operation.Purge(selection(kind, name, fields));
            case MOVE:
                if (target == null) {
                    throw missing("to");
                }
                return new Operation.Move(selection(kind, name, fields), target);
            case RETRY:
                return new Operation.Retry(
                        selection(kind, name, fields),
                        target,
                        origin -> mandate.covers(DestinationKind.QUEUE, origin));
            case RESET:
                return new Operation.Reset(name, fields.number("group", 0), start(fields, nowMs));
            case REPLAY:
                if (target == null) {
                    throw missing("to");
                }
                Selection.Filter filter = selection(kind, name, fields).filter();
                return new Operation.Replay(kind, name, start(fields, nowMs), filter, target);
            default:
                throw new IllegalArgumentException(operation + " changes nothing");
        }
    }

    private static long id(Fields fields) {
        long id = fields.number("id", 0);
        if (id == 0) {
            throw missing("id");
        }
        return id;
    }

    private static Selection selection(DestinationKind kind, String name, Fields fields) {
        Selector selector;
        try {
            selector = Selector.parse(fields.text("selector"));
        } catch (SelectorSyntaxException e) {
            throw new WireException(ErrorCode.INVALID_SELECTOR, e.getMessage());
        }
        long messages = positive("messages", fields.number("messages", Long.MAX_VALUE));
        long offset = fields.number("offset", Selection.Filter.ANY);
        if (offset < Selection.Filter.ANY) {
            throw new WireException(ErrorCode.INVALID_OPTION, "offset " + offset);
        }
        return new Selection(
                kind,
                name,
                fields.number("group", 0),
                new Selection.Filter(offset, selector, messages));
    }

    private static Start start(Fields fields, long nowMs) {
        String start = fields.text("start");
        if (start == null) {
            throw missing("start");
        }
        return Start.of(start, nowMs);
    }

    private static DestinationKind kind(Fields fields) {
        String kind = fields.text("kind");
        if ("queue".equals(kind)) {
            return DestinationKind.QUEUE;
        }
        if ("topic".equals(kind)) {
            return DestinationKind.TOPIC;
        }
        throw new WireException(
                ErrorCode.INVALID_OPTION, "the field kind is " + kind + ", not queue or topic");
    }

    private static DestinationPattern pattern(Fields fields) {
        String pattern = fields.text("pattern");
        return pattern == null ? null : pattern(pattern);
    }

    private static DestinationPattern pattern(String pattern) {
        try {
            return DestinationPattern.of(Scope.ANY, pattern);
        } catch (IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "pattern '" + pattern + "': " + e.getMessage());
        }
    }

    private static int rowsMax(Fields fields) {
        long rows = positive("rows", fields.number("rows", Rows.A_PAGE_MAX));
        return (int) Math.min(rows, Rows.A_PAGE_MAX);
    }

    private static long positive(String field, long value) {
        if (value < 1) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "the field " + field + " is " + value + ", not 1 up");
        }
        return value;
    }

    private static String required(String name) {
        if (name == null) {
            throw missing("name");
        }
        return name;
    }

    private static WireException missing(String field) {
        return new WireException(ErrorCode.INVALID_OPTION, "the field " + field + " is missing");
    }
}
