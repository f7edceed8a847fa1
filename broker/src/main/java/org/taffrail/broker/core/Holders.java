// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordView;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Who holds what, to be read: the consumers of a group and of a connection, and the messages that
 * one of them holds. As {@link Overview}, of which it is a part, it answers in pages and does a
 * bounded part of work for each.
 */
public final class Holders {
    private final Overview overview;
    private final Clients clients;
    private final RecordView record = new RecordView();

    Holders(Overview overview, Clients clients) {
        this.overview = overview;
        this.clients = clients;
    }

    /**
     * Where consumers are looked for.
     *
     * @param kind queue or topic
     * @param name the destination's name
     * @param group the group's id, 0 for the one of a queue
     */
    public record Place(DestinationKind kind, String name, long group) {}

    /**
     * A consumer of a place.
     *
     * @param connection its connection, see {@link ConsumerStatus#connection}
     * @param id its number there
     */
    public record Holder(long connection, int id) {}

    /**
     * What a connection consumes with, or looks with.
     *
     * @param of the destination
     * @param source what kind of group it is in; {@link ClientFrame.Source#BROWSER} for what only
     *     looks
     * @param subscription the subscription's name, or null
     * @param status what it has
     */
    public record Attached(
            Overview.Named of,
            ClientFrame.Source source,
            String subscription,
            ConsumerStatus status) {}

    /**
     * A transaction of a connection that has not ended.
     *
     * @param id its number on the connection
     * @param sends how many messages it has sent
     * @param accepts how many it has accepted
     */
    public record Open(long id, int sends, int accepts) {}

    /**
     * Lists the consumers of a group, and those that have ended and hold messages still.
     *
     * @param place the group
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page; where consumers went meanwhile, some may be missing
     * @throws WireException {@link ErrorCode#NO_SUCH_DESTINATION}, {@link
     *     ErrorCode#NO_SUCH_SUBSCRIPTION}, or {@link ErrorCode#INVALID_OPTION} if there is no such
     *     page
     */
    public Page<ConsumerStatus> consumers(Place place, String after, int rowsMax) {
        Group group = group(place);
        int attached = group.consumers.size();
        int all = attached + group.leaving.size();
        List<ConsumerStatus> rows = new ArrayList<>();
        int from = Overview.place(after, all);
        int to = Math.min(all, from + Math.min(rowsMax, Overview.LOOKS_MAX));
        for (int i = from; i < to; i++) {
            rows.add(
                    ConsumerStatus.of(
                            i < attached
                                    ? group.consumers.get(i)
                                    : group.leaving.get(i - attached)));
        }
        return new Page<>(rows, to < all ? Integer.toString(to) : null);
    }

    /**
     * Lists the messages that a consumer holds, those first that it has held for longest: the first
     * {@value Overview#LOOKS_MAX}, of more {@link ConsumerStatus#held} tells how many there are.
     *
     * @param place the consumer's group
     * @param holder the consumer
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page; where messages were settled meanwhile, some may be missing
     * @throws WireException {@link ErrorCode#NO_SUCH_DESTINATION}, {@link
     *     ErrorCode#NO_SUCH_SUBSCRIPTION}, {@link ErrorCode#NO_SUCH_CONSUMER}, or {@link
     *     ErrorCode#INVALID_OPTION} if there is no such page
     */
    public Page<HeldStatus> held(Place place, Holder holder, String after, int rowsMax) {
        Group group = group(place);
        Consumer consumer = find(group, holder);
        if (consumer == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_CONSUMER,
                    "consumer "
                            + holder.id
                            + " of connection "
                            + holder.connection
                            + " is none of "
                            + place.name
                            + ", or holds nothing any more");
        }
        int from = Overview.place(after, Overview.LOOKS_MAX);
        List<HeldStatus> rows = new ArrayList<>();
        int at = 0;
        Hold hold = consumer.oldest();
        while (hold != null && at < Overview.LOOKS_MAX && rows.size() < rowsMax) {
            if (at >= from) {
                rows.add(status(hold));
            }
            at++;
            hold = hold.later;
        }
        boolean more = hold != null && at < Overview.LOOKS_MAX;
        return new Page<>(rows, more ? Integer.toString(at) : null);
    }

    private Consumer find(Group group, Holder holder) {
        Client client = clients.get(holder.connection);
        Consumer attached = client == null ? null : client.consumers.get(holder.id);
        if (attached != null && attached.group == group) {
            return attached;
        }
        int looks = Math.min(group.leaving.size(), Overview.LOOKS_MAX);
        for (Consumer each : group.leaving.subList(0, looks)) {
            if (each.id == holder.id && each.client.connection == holder.connection) {
                return each;
            }
        }
        return null;
    }

    private HeldStatus status(Hold hold) {
        Position position = hold.position();
        Window.Run run = position.partition.find(hold.offset);
        String messageId = null;
        if (run != null && record.wrap(run.array, run.recordAt(hold.offset)).hasId()) {
            messageId = record.messageId();
        }
        return new HeldStatus(
                hold.offset,
                messageId,
                hold.sinceMs,
                position.delivery(hold.offset),
                position.maySeen(hold.offset),
                hold.bound);
    }

    private Group group(Place place) {
        Destination destination = overview.find(place.kind, place.name);
        Group found =
                place.group == 0 && place.kind.isQueue()
                        ? destination.queueGroup()
                        : destination.groups.get(place.group);
        if (found == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_SUBSCRIPTION, "group " + place.group + " of " + place.name);
        }
        return found;
    }

    /**
     * Lists what a connection consumes with and looks with, also what has ended and holds messages
     * still.
     *
     * @param connection its id
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page, of which there is none behind the first {@value Overview#LOOKS_MAX}; empty
     *     for an unknown connection
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is no such page
     */
    public Page<Attached> attached(long connection, String after, int rowsMax) {
        Client client = clients.get(connection);
        List<Attached> rows = new ArrayList<>();
        if (client == null) {
            return new Page<>(rows, null);
        }
        int from = Overview.place(after, Overview.LOOKS_MAX);
        int at = 0;
        Iterator<Consumer> all = client.consumers.values().iterator();
        while (all.hasNext() && at < Overview.LOOKS_MAX && rows.size() < rowsMax) {
            Consumer each = all.next();
            if (at >= from) {
                rows.add(attached(each));
            }
            at++;
        }
        boolean more = all.hasNext() && at < Overview.LOOKS_MAX;
        return new Page<>(rows, more ? Integer.toString(at) : null);
    }

    private static Attached attached(Consumer consumer) {
        Group group = consumer.group;
        return new Attached(
                Overview.Named.of(group.destination),
                consumer instanceof Browser ? ClientFrame.Source.BROWSER : group.source,
                group.name,
                ConsumerStatus.of(consumer));
    }

    /**
     * Lists the transactions of a connection that have not ended, by their numbers.
     *
     * @param connection its id
     * @param max at most so many
     * @return none for an unknown connection
     */
    public List<Open> transactions(long connection, int max) {
        Client client = clients.get(connection);
        return client == null
                ? List.of()
                : client.transactions.values().stream()
                        .map(each -> new Open(each.id, each.sends(), each.accepts()))
                        .sorted(Comparator.comparingLong(Open::id))
                        .limit(max)
                        .toList();
    }

    /**
     * Returns the one producer that a connection is to the broker, whatever it has of its own.
     *
     * @param connection its id
     * @return the producer's id; 0 for an unknown connection
     */
    public long producer(long connection) {
        Client client = clients.get(connection);
        return client == null ? 0 : client.producer.id;
    }
}
