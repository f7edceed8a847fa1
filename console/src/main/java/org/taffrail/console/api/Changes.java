// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;
import org.taffrail.wire.record.DestinationKind;

import java.util.Set;

/** Changes what is in the broker, by the same operations as the commands. */
final class Changes {
    private static final Set<String> DESTINATION = Set.of("kind", "name");
    private static final Set<String> DELETED = Set.of("kind", "name", "force");
    private static final Set<String> SELECTED =
            Set.of(
                    "kind",
                    "name",
                    "group",
                    "selector",
                    "offset",
                    "messageId",
                    "limit",
                    "all",
                    "to");
    private static final Set<String> REPLAYED =
            Set.of("kind", "name", "start", "selector", "limit", "to");
    private static final Set<String> RESET = Set.of("name", "group", "start");
    private static final Set<String> DISCONNECTED = Set.of("id", "reason");

    private Changes() {}

    static Json create(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, DESTINATION);
        return done(visit, ManageOperation.CREATE, about(arguments));
    }

    static Json delete(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, DELETED);
        return done(
                visit,
                ManageOperation.DELETE,
                about(arguments).put("force", arguments.flag("force")));
    }

    static Json close(Visit visit, Request request) throws InterruptedException {
        return done(visit, ManageOperation.CLOSE, about(Arguments.of(request, DESTINATION)));
    }

    static Json open(Visit visit, Request request) throws InterruptedException {
        return done(visit, ManageOperation.OPEN, about(Arguments.of(request, DESTINATION)));
    }

    static Json purge(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, SELECTED);
        return done(visit, ManageOperation.PURGE, selected(arguments));
    }

    static Json move(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, SELECTED);
        return done(
                visit,
                ManageOperation.MOVE,
                selected(arguments).put("to", target(visit, arguments)));
    }

    static Json retry(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, SELECTED);
        String to = arguments.has("to") ? target(visit, arguments) : null;
        return done(visit, ManageOperation.RETRY, selected(arguments).put("to", to));
    }

    static Json replay(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, REPLAYED);
        Fields.Builder fields =
                about(arguments)
                        .put("start", arguments.required("start"))
                        .put("selector", arguments.text("selector"))
                        .put("to", target(visit, arguments));
        return done(visit, ManageOperation.REPLAY, limited(arguments, fields));
    }

    static Json reset(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, RESET);
        Fields.Builder fields =
                new Fields.Builder()
                        .put("kind", "topic")
                        .put("name", arguments.required("name"))
                        .put("group", arguments.number("group", 0, 1, Long.MAX_VALUE))
                        .put("start", arguments.required("start"));
        return done(visit, ManageOperation.RESET, fields);
    }

    /** Ends a connection; the answer comes also where it is the one of this request. */
    static Json disconnect(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, DISCONNECTED);
        if (!arguments.has("id")) {
            throw new Refusal(Refusal.BAD_REQUEST, "'id' is missing");
        }
        Fields.Builder fields =
                new Fields.Builder()
                        .put("id", arguments.number("id", 0, 1, Long.MAX_VALUE))
                        .put("reason", arguments.text("reason"));
        return done(visit, ManageOperation.END_CONNECTION, fields);
    }

    private static Json done(Visit visit, ManageOperation operation, Fields.Builder fields)
            throws InterruptedException {
        return Json.of(visit.one(operation, fields.build()));
    }

    /** Returns a queue that is there: a typing error must not make one. */
    private static String target(Visit visit, Arguments arguments) throws InterruptedException {
        String to = arguments.required("to");
        Lookups.requireDestination(visit, DestinationKind.QUEUE, to);
        return to;
    }

    static Fields.Builder about(Arguments arguments) {
        return new Fields.Builder()
                .put("kind", arguments.kind())
                .put("name", arguments.required("name"));
    }

    /** Which messages are meant must be said: all of them, too. */
    private static Fields.Builder selected(Arguments arguments) {
        int said = 0;
        for (String how : new String[] {"selector", "offset", "messageId", "limit", "all"}) {
            said += arguments.has(how) ? 1 : 0;
        }
        if (said == 0 || arguments.has("all") && (said > 1 || !arguments.flag("all"))) {
            throw new Refusal(
                    Refusal.BAD_REQUEST,
                    "say which messages: 'offset', 'messageId', 'selector', 'limit', or 'all': true"
                            + " alone");
        }
        if (arguments.has("messageId") && arguments.has("selector")) {
            throw new Refusal(Refusal.BAD_REQUEST, "either 'messageId' or 'selector'");
        }
        Fields.Builder fields = about(arguments);
        String id = arguments.text("messageId");
        fields.put("selector", id == null ? arguments.text("selector") : Messages.ofId(id));
        if (arguments.has("group")) {
            fields.put("group", arguments.number("group", 0, 0, Long.MAX_VALUE));
        }
        if (arguments.has("offset")) {
            fields.put("offset", arguments.number("offset", 0, 0, Long.MAX_VALUE));
        }
        return limited(arguments, fields);
    }

    private static Fields.Builder limited(Arguments arguments, Fields.Builder fields) {
        if (arguments.has("limit")) {
            fields.put("messages", arguments.number("limit", 1, 1, 1_000_000_000));
        }
        return fields;
    }
}
