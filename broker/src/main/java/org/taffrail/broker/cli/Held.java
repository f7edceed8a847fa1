// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.Fields;
import org.taffrail.wire.frame.ManageOperation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which messages the consumers of a group hold, consumer by consumer. */
final class Held {
    private final List<Fields> consumers = new ArrayList<>();
    private final List<List<Fields>> messages = new ArrayList<>();

    /**
     * Asks for them.
     *
     * @param kind queue or topic
     * @param name the destination's name
     * @param group the group's id, 0 for the one of a queue
     */
    Held(RunningBroker broker, String kind, String name, long group) {
        Fields.Builder about =
                new Fields.Builder().put("kind", kind).put("name", name).put("group", group);
        for (Fields consumer : broker.all(ManageOperation.CONSUMERS, about.build())) {
            if (consumer.number("held", 0) > 0) {
                add(broker, about, consumer);
            }
        }
    }

    private void add(RunningBroker broker, Fields.Builder about, Fields consumer) {
        Fields holder =
                about.put("connection", consumer.number("connection", 0))
                        .put("consumer", consumer.number("id", 0))
                        .build();
        try {
            messages.add(broker.all(ManageOperation.HELD, holder));
            consumers.add(consumer);
        } catch (WireException e) {
            if (e.code() != ErrorCode.NO_SUCH_CONSUMER) {
                throw e;
            } // it has gone since it was listed
        }
    }

    /** Returns the consumers, each with what it holds. */
    Json json() {
        Json all = Json.list();
        for (int i = 0; i < consumers.size(); i++) {
            all.add(Json.of(consumers.get(i)).put("heldList", Json.list(messages.get(i))));
        }
        return all;
    }

    /** Returns a line for each message. */
    Table table() {
        List<Fields> lines = new ArrayList<>();
        for (int i = 0; i < consumers.size(); i++) {
            Fields consumer = consumers.get(i);
            for (Fields each : messages.get(i)) {
                lines.add(
                        new Fields.Builder()
                                .put("connection", consumer.number("connection", 0))
                                .put("id", consumer.number("id", 0))
                                .put("user", consumer.text("user"))
                                .put("offset", each.number("offset", 0))
                                .put("messageId", each.text("messageId"))
                                .put("heldSince", time(each.number("sinceMs", 0)))
                                .put("delivery", each.number("delivery", 0))
                                .put("settling", each.flag("settling"))
                                .build());
            }
        }
        return Table.of(
                lines,
                "connection",
                "id",
                "user",
                "offset",
                "messageId",
                "heldSince",
                "delivery",
                "settling");
    }

    /** Returns consumers below each other. */
    static Table consumers(List<Fields> rows) {
        List<Fields> lines = new ArrayList<>();
        for (Fields row : rows) {
            lines.add(
                    new Fields.Builder()
                            .put("connection", row.number("connection", 0))
                            .put("id", row.number("id", 0))
                            .put("peer", row.flag("ended") ? "(ended)" : row.text("peer"))
                            .put("user", row.text("user"))
                            .put("clientId", row.text("clientId"))
                            .put("held", row.number("held", 0))
                            .put("heldSince", time(row.number("oldestHeldMs", 0)))
                            .put("credit", row.number("credit", 0))
                            .put("selector", row.text("selector"))
                            .build());
        }
        return Table.of(
                lines,
                "connection",
                "id",
                "peer",
                "user",
                "clientId",
                "held",
                "heldSince",
                "credit",
                "selector");
    }

    private static String time(long ms) {
        return ms == 0 ? null : Instant.ofEpochMilli(ms).toString();
    }
}
