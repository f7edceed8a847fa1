// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.management;

import org.taffrail.broker.core.BranchStatus;
import org.taffrail.broker.core.ConnectionStatus;
import org.taffrail.broker.core.ConsumerStatus;
import org.taffrail.broker.core.Counts;
import org.taffrail.broker.core.DestinationStatus;
import org.taffrail.broker.core.GroupStatus;
import org.taffrail.broker.core.HeldStatus;
import org.taffrail.broker.core.Outcome;
import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.broker.loop.Closures;
import org.taffrail.broker.loop.LoopFigures;
import org.taffrail.wire.frame.Fields;

/** What managers are told, as rows; the names of the fields stand in {@code docs/formats.md}. */
final class Rows {
    /**
     * Most rows of a page, so that a page fits into {@link
     * org.taffrail.wire.frame.FrameLayout#MANAGED_BYTES_MAX}: a row has at most three names, each
     * of 4 KiB or little more where names may be so long, and its other texts are cut.
     */
    static final int A_PAGE_MAX = 64;

    /** Most characters of a text that is not a name. */
    static final int TEXT_CHARS_MAX = 200;

    private Rows() {}

    /** The broker as a whole; without what could be written where there is no limit. */
    static Fields of(LoopFigures figures, int incarnation) {
        Fields.Builder row =
                new Fields.Builder()
                        .put("java", Runtime.version().toString())
                        .put("incarnation", incarnation)
                        .put("shortOfRoom", figures.shortOfRoom())
                        .put("reserveBytes", figures.reserveBytes())
                        .put("forces", figures.forces())
                        .put("forceNs", figures.forceNs());
        if (figures.isRoomLimited()) {
            row.put("freeBytes", figures.freeBytes());
        }
        return row.build();
    }

    static Fields of(Outcome outcome) {
        return new Fields.Builder()
                .put("done", outcome.done())
                .put("held", outcome.held())
                .put("left", outcome.left())
                .put("why", cut(outcome.why()))
                .build();
    }

    static Fields of(DestinationStatus status, Closures closures) {
        DestinationPolicy policy = status.policy();
        Fields.Builder row =
                new Fields.Builder()
                        .put("name", status.name())
                        .put("kind", status.kind().isQueue() ? "queue" : "topic")
                        .put("temporary", status.kind().isTemporary())
                        .put("id", status.id())
                        .put("depth", status.depth())
                        .put("ready", status.depth() - status.held() - status.waiting())
                        .put("held", status.held())
                        .put("waiting", status.waiting())
                        .put("failed", status.failed())
                        .put("consumers", status.consumers())
                        .put("groups", status.groups())
                        .put("firstNeeded", status.firstNeeded())
                        .put("end", status.end())
                        .put("deadLetters", status.collects())
                        .put("closed", closures.closes(status.kind(), status.name()))
                        .put("deliveriesMax", policy.deliveriesMax())
                        .put("deadLetterQueue", policy.deadLetterQueue())
                        .put("expiryQueue", policy.expiryQueue())
                        .put("createOnUse", policy.createOnUse())
                        .put("oldestMs", status.oldestMs())
                        .put("bytesIn", status.counts().bytesIn());
        return count(row, status.counts()).build();
    }

    private static Fields.Builder count(Fields.Builder row, Counts counts) {
        return row.put("in", counts.in())
                .put("delivered", counts.delivered())
                .put("redelivered", counts.redelivered())
                .put("accepted", counts.accepted())
                .put("expired", counts.expired())
                .put("deadLettered", counts.deadLettered())
                .put("removed", counts.removed())
                .put("lost", counts.lost());
    }

    static Fields of(GroupStatus status) {
        Fields.Builder row =
                new Fields.Builder()
                        .put("id", status.id())
                        .put("destination", status.destination())
                        .put("kind", status.kind().isQueue() ? "queue" : "topic")
                        .put("source", source(status))
                        .put("name", status.name())
                        .put("clientId", status.clientId())
                        .put("selector", cut(status.selector()))
                        .put("noLocal", status.noLocal())
                        .put("durable", status.durable())
                        .put("depth", status.depth())
                        .put("ready", status.depth() - status.held() - status.waiting())
                        .put("held", status.held())
                        .put("waiting", status.waiting())
                        .put("failed", status.failed())
                        .put("consumers", status.consumers())
                        .put("firstUnsettled", status.firstUnsettled())
                        .put("end", status.end())
                        .put("oldestMs", status.oldestMs());
        return count(row, status.counts()).build();
    }

    private static String source(GroupStatus status) {
        return switch (status.source()) {
            case QUEUE, BROWSER -> "queue";
            case TOPIC -> "non-durable";
            case DURABLE -> "durable";
            case SHARED -> "shared";
            case SHARED_DURABLE -> "shared durable";
            case SIDE -> "side";
        };
    }

    static Fields of(BranchStatus status) {
        return new Fields.Builder()
                .put("id", status.id())
                .put("xid", status.xid().toString())
                .put("user", cut(status.user()))
                .put("preparedMs", status.preparedMs())
                .put("sends", status.sends())
                .put("accepts", status.accepts())
                .put("ended", status.ended())
                .build();
    }

    static Fields of(ConsumerStatus status, Connections.Peer peer) {
        Fields.Builder row =
                new Fields.Builder()
                        .put("group", status.group())
                        .put("connection", status.connection())
                        .put("id", status.id())
                        .put("selector", cut(status.selector()))
                        .put("exclusive", status.exclusive())
                        .put("held", status.held())
                        .put("oldestHeldMs", status.oldestHeldMs())
                        .put("credit", status.credit())
                        .put("paused", status.paused())
                        .put("ended", status.ended());
        return (peer == null ? row : name(row, peer)).build();
    }

    private static Fields.Builder name(Fields.Builder row, Connections.Peer peer) {
        return row.put("peer", cut(peer.peer()))
                .put("user", cut(peer.user()))
                .put("clientId", cut(peer.clientId()))
                .put("product", cut(peer.product()));
    }

    static Fields of(Connections.Connected connected) {
        ConnectionStatus status = connected.status();
        Fields.Builder row = new Fields.Builder().put("id", status.connection());
        return name(row, connected.peer())
                .put("consumers", status.consumers())
                .put("transactions", status.transactions())
                .put("held", status.held())
                .put("paused", status.paused())
                .build();
    }

    /** Whose connection is ended; null where there is none. */
    static Fields ended(Connections.Connected connected) {
        Fields.Builder row =
                new Fields.Builder()
                        .put("done", connected == null ? 0 : 1)
                        .put("held", 0)
                        .put("left", 0);
        return (connected == null ? row : name(row, connected.peer())).build();
    }

    static Fields of(HeldStatus status) {
        return new Fields.Builder()
                .put("offset", status.offset())
                .put("messageId", cut(status.messageId()))
                .put("sinceMs", status.sinceMs())
                .put("delivery", status.delivery())
                .put("redelivered", status.redelivered())
                .put("settling", status.settling())
                .build();
    }

    /** Cuts a text, never between the two halves of a character. */
    private static String cut(String text) {
        if (text == null || text.length() <= TEXT_CHARS_MAX) {
            return text;
        }
        int end = TEXT_CHARS_MAX - 3;
        end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        return text.substring(0, end) + "...";
    }
}
