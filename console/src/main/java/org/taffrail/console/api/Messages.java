// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.api;

import org.taffrail.broker.cli.Json;
import org.taffrail.broker.cli.MessageLines;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordView;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;

/**
 * Shows messages, and takes none: what is ready in a queue, in the order of delivery; what a topic
 * keeps; and what the log has of either, consumed or not.
 */
final class Messages {
    private static final Set<String> BROWSED =
            Set.of("kind", "name", "selector", "after", "skip", "from", "limit");
    private static final Set<String> ONE = Set.of("kind", "name", "offset", "full");
    private static final Set<String> SEARCHED =
            Set.of("kind", "name", "messageId", "correlationId", "selector", "from", "to", "limit");

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;
    private static final int SKIP_MAX = 100_000;
    private static final int BODY_CHARS = 200;
    private static final int ONE_BODY_CHARS = 64 << 10;
    private static final int FULL_BODY_CHARS = 16 << 20;

    private Messages() {}

    /** A selector for one message. */
    static String ofId(String messageId) {
        return "JMSMessageID = " + literal(messageId);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Shows a page of what is ready, or of what a topic keeps. */
    static Json browse(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, BROWSED);
        boolean queue = arguments.kind().equals("queue");
        long skip = arguments.number("skip", 0, 0, SKIP_MAX);
        int limit = (int) arguments.number("limit", LIMIT, 1, LIMIT_MAX);
        boolean places = arguments.has("after") || arguments.has("skip");
        if (queue && arguments.has("from") || !queue && places) {
            throw new Refusal(
                    Refusal.BAD_REQUEST,
                    "a queue is paged with 'after' or 'skip', a topic with 'from'");
        }
        String start = queue ? arguments.text("after") : "earliest";
        if (arguments.has("from")) {
            start = Long.toString(arguments.number("from", 0, 0, Long.MAX_VALUE));
        }
        Shown shown = new Shown(limit, BODY_CHARS);
        long[] passed = {0};
        Reading.of(visit, spec(arguments, ClientFrame.Source.BROWSER, start))
                .read(delivery -> passed[0]++ < skip || shown.add(delivery));
        Json page = shown.json();
        if (shown.more && queue) {
            page.put("nextAfter", shown.place);
            if (!arguments.has("after")) {
                page.put("nextSkip", skip + limit);
            }
        } else if (shown.more) {
            page.put("nextFrom", shown.lastOffset + 1);
        }
        return page;
    }

    /** Shows one message of the log, whatever has become of it. */
    static Json one(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, ONE);
        long offset = arguments.number("offset", -1, 0, Long.MAX_VALUE);
        if (offset < 0) {
            throw new Refusal(Refusal.BAD_REQUEST, "'offset' is missing");
        }
        Fields row =
                Lookups.requireDestination(
                        visit,
                        arguments.kind().equals("queue")
                                ? DestinationKind.QUEUE
                                : DestinationKind.TOPIC,
                        arguments.required("name"));
        if (offset >= row.number("end", 0)) {
            throw gone(offset);
        }
        int chars = arguments.flag("full") ? FULL_BODY_CHARS : ONE_BODY_CHARS;
        Json[] found = {null};
        Reading.of(visit, spec(arguments, logOf(arguments), Long.toString(offset)))
                .read(
                        delivery -> {
                            if (delivery.offset() == offset) {
                                MessageLines lines = new MessageLines(delivery, chars);
                                found[0] =
                                        lines.object()
                                                .put("appended", time(delivery.appendTimeMs()))
                                                .put("death", Json.of(lines.death()));
                            }
                            return false;
                        });
        if (found[0] == null) {
            throw gone(offset);
        }
        return found[0];
    }

    private static Refusal gone(long offset) {
        return new Refusal(
                Refusal.NOT_FOUND,
                "there is no message at " + offset + ", or it is not kept any more");
    }

    /** Looks through the log, from a time on or all of it, for as long as a request may take. */
    static Json search(Visit visit, Request request) throws InterruptedException {
        Arguments arguments = Arguments.of(request, SEARCHED);
        int limit = (int) arguments.number("limit", LIMIT, 1, LIMIT_MAX);
        long toMs = toMs(arguments.text("to"));
        String from = arguments.text("from");
        Shown shown = new Shown(limit, BODY_CHARS);
        Reading reading =
                Reading.of(
                        visit, spec(arguments, logOf(arguments), from == null ? "earliest" : from));
        boolean complete = reading.read(delivery -> sentMs(delivery) > toMs || shown.add(delivery));
        return shown.json().put("complete", complete && !shown.more);
    }

    private static ClientFrame.Source logOf(Arguments arguments) {
        return arguments.kind().equals("queue")
                ? ClientFrame.Source.SIDE
                : ClientFrame.Source.BROWSER;
    }

    private static Link.ConsumerSpec spec(
            Arguments arguments, ClientFrame.Source source, String start) {
        return new Link.ConsumerSpec(
                Reading.CONSUMER,
                source,
                arguments.kind().equals("queue") ? DestinationKind.QUEUE : DestinationKind.TOPIC,
                arguments.required("name"),
                null,
                selector(arguments),
                false,
                start,
                false,
                true);
    }

    private static String selector(Arguments arguments) {
        String id = arguments.text("messageId");
        String correlation = arguments.text("correlationId");
        String selector = arguments.text("selector");
        StringBuilder all = new StringBuilder();
        for (String each :
                new String[] {
                    id == null ? null : ofId(id),
                    correlation == null ? null : "JMSCorrelationID = " + literal(correlation),
                    selector == null || selector.isBlank() ? null : "(" + selector + ")"
                }) {
            if (each != null) {
                all.append(all.length() == 0 ? "" : " AND ").append(each);
            }
        }
        return all.length() == 0 ? null : all.toString();
    }

    private static long toMs(String to) {
        try {
            return to == null ? Long.MAX_VALUE : Instant.parse(to).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw Arguments.wrong("to", "a time such as 2026-01-31T08:00:00Z");
        }
    }

    private static long sentMs(Link.Delivery delivery) {
        long appendedMs = delivery.appendTimeMs();
        return appendedMs != 0
                ? appendedMs
                : new RecordView().wrap(delivery.record(), 0).timestampMs();
    }

    static String time(long ms) {
        return ms <= 0 ? null : Instant.ofEpochMilli(ms).toString();
    }

    /** Messages that are shown, and whether there are more. */
    private static final class Shown {
        private final Json list = Json.list();
        private final int limit;
        private final int bodyChars;
        private int count;
        private long lastOffset;
        private String place;
        private boolean more;

        Shown(int limit, int bodyChars) {
            this.limit = limit;
            this.bodyChars = bodyChars;
        }

        /** Takes a message; false where no other is wanted. */
        boolean add(Link.Delivery delivery) {
            if (count == limit) {
                more = true;
                return false;
            }
            MessageLines lines = new MessageLines(delivery, bodyChars);
            Json message = lines.object().put("appended", time(delivery.appendTimeMs()));
            list.add(message.put("death", Json.of(lines.death())));
            lastOffset = delivery.offset();
            place = new RecordView().wrap(delivery.record(), 0).priority() + ":" + lastOffset;
            count++;
            return true;
        }

        Json json() {
            return Json.object().put("messages", list);
        }
    }
}
