// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What there is, to be read: destinations, groups and consumers as they are at the moment, decided
 * and not yet durable changes included. What may be many comes in pages; one page looks at so many
 * and no more, so that it may be short, or empty, and not the last.
 */
public final class Overview {
    /** How many destinations and groups one page looks at. */
    static final int LOOKS_MAX = 2048;

    /** How many groups one page asks the log about; the others are asked about with later ones. */
    private static final int ASKED_MAX = 16;

    private final State state;
    private final Policies policies;
    private final Decisions decisions;
    private final Clients clients;
    private final Holders holders;
    private int asked;

    Overview(Decisions decisions, Clients clients) {
        this.decisions = decisions;
        this.clients = clients;
        state = decisions.state();
        policies = decisions.limits().policies();
        holders = new Holders(this, clients);
    }

    /**
     * Returns who holds what.
     *
     * @return to be read as this is
     */
    public Holders holders() {
        return holders;
    }

    /**
     * Returns what has happened to the messages of all destinations, deleted ones included.
     *
     * @return since the start
     */
    public Counts totals() {
        return state.tally.counts();
    }

    /**
     * Returns how much memory recent records take, those that came back from the log included.
     *
     * @return in bytes; those of temporary destinations are not among them
     */
    public long recentBytes() {
        return decisions.window().bytes();
    }

    /**
     * Looks at a connection.
     *
     * @param connection its id
     * @return what it has; null if there is no such connection
     */
    public ConnectionStatus connection(long connection) {
        Client client = clients.get(connection);
        if (client == null) {
            return null;
        }
        long held = 0;
        int consumers = 0;
        for (Consumer each : client.consumers.values()) {
            if (consumers == LOOKS_MAX) {
                break;
            }
            held += each.heldCount();
            consumers++;
        }
        return new ConnectionStatus(
                connection,
                client.consumers.size(),
                client.transactions.size(),
                held,
                client.paused);
    }

    /**
     * Lists destinations by their names.
     *
     * @param kind queues or topics, temporary ones too
     * @param pattern only those whose names match, null for all
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page
     */
    public Page<DestinationStatus> destinations(
            DestinationKind kind, DestinationPattern pattern, String after, int rowsMax) {
        asked = 0;
        List<DestinationStatus> rows = new ArrayList<>();
        int looks = 0;
        String last = null;
        for (Destination each : state.named(kind, after == null ? "" : after)) {
            if (rows.size() >= rowsMax || looks >= LOOKS_MAX) {
                return new Page<>(rows, last);
            }
            looks += 1 + each.groups.size();
            last = each.name;
            if (pattern == null || pattern.matches(kind, each.name)) {
                rows.add(status(each));
            }
        }
        return new Page<>(rows, null);
    }

    /**
     * Looks at a destination.
     *
     * @param kind queue or topic
     * @param name its name
     * @return its status
     * @throws WireException {@link ErrorCode#NO_SUCH_DESTINATION}
     */
    public DestinationStatus destination(DestinationKind kind, String name) {
        asked = 0;
        return status(find(kind, name));
    }

    /**
     * Returns how many messages of a destination's groups, but for side groups, are not settled.
     *
     * @param kind the destination's kind
     * @param name its name
     * @return the sum over its groups, 0 where there is no such destination
     */
    public long depth(DestinationKind kind, String name) {
        Destination destination = state.find(kind, Objects.requireNonNull(name));
        long depth = 0;
        if (destination != null) {
            for (Group group : destination.groups.values()) {
                depth += group.isSide() ? 0 : group.position.depth();
            }
        }
        return depth;
    }

    /**
     * What a destination is called.
     *
     * @param kind its kind
     * @param name its name
     */
    public record Named(DestinationKind kind, String name) {
        static Named of(Destination destination) {
            return destination == null ? null : new Named(destination.kind, destination.name);
        }
    }

    /**
     * Looks for a destination.
     *
     * @param kind queue or topic
     * @param name its name
     * @return what it is, a temporary one too, or null
     */
    public Named named(DestinationKind kind, String name) {
        return Named.of(state.find(kind, name));
    }

    /**
     * Looks for the destination of a partition.
     *
     * @param partitionId any number
     * @return what it is, a temporary one too, or null
     */
    public Named named(long partitionId) {
        Partition partition = state.partition(partitionId);
        return partition == null ? null : Named.of(partition.destination);
    }

    /**
     * Looks for the topic of a subscription with a name.
     *
     * @param durable whether it outlives its consumers
     * @param clientId the client id that it goes by, null for none
     * @param name its name
     * @return the topic, or null where there is no such subscription
     */
    public Named subscribed(boolean durable, String clientId, String name) {
        Group group = state.subscription(durable, clientId, name);
        return group == null ? null : Named.of(group.destination);
    }

    /**
     * Counts what a connection consumes with.
     *
     * @param connection its id
     * @return its consumers and browsers; 0 for an unknown one
     */
    public int consumersOf(long connection) {
        Client client = clients.get(connection);
        return client == null ? 0 : client.consumers.size();
    }

    /**
     * Counts a connection's temporary destinations.
     *
     * @param connection its id
     * @return how many it has; 0 for an unknown one
     */
    public int temporariesOf(long connection) {
        Client client = clients.get(connection);
        return client == null ? 0 : client.producer.temporaries.size();
    }

    /**
     * What a connection consumes with, or looks with.
     *
     * @param id its number on the connection
     * @param destination of what
     * @param takes whether messages are taken from the destination; false for what only looks
     */
    public record Attached(int id, Named destination, boolean takes) {}

    /**
     * Lists what a connection consumes with.
     *
     * @param connection its id
     * @return its consumers and browsers that have not ended; none for an unknown one
     */
    public List<Attached> attached(long connection) {
        List<Attached> all = new ArrayList<>();
        Client client = clients.get(connection);
        if (client != null) {
            for (Consumer each : client.consumers.values()) {
                if (!each.isDetached()) {
                    boolean takes = !(each instanceof Browser) && !each.group.isSide();
                    all.add(new Attached(each.id, Named.of(each.group.destination), takes));
                }
            }
        }
        return all;
    }

    /**
     * Tells whether a destination would be made by its first use.
     *
     * @param kind queue or topic
     * @param name its name
     * @return false where there is one, or none is made on use
     */
    public boolean makesOnUse(DestinationKind kind, String name) {
        return state.find(kind, name) == null
                && !kind.isTemporary()
                && !Decisions.isTemporaryName(name)
                && policies.of(kind, name).createOnUse();
    }

    Destination find(DestinationKind kind, String name) {
        Destination found = state.find(kind, name);
        if (found == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION,
                    (kind.isQueue() ? "queue '" : "topic '") + name + "'");
        }
        return found;
    }

    /**
     * Lists the groups of a destination.
     *
     * @param kind queue or topic
     * @param name its name
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page; where groups went meanwhile, some may be missing
     * @throws WireException {@link ErrorCode#NO_SUCH_DESTINATION}, or {@link
     *     ErrorCode#INVALID_OPTION} if there is no such page
     */
    public Page<GroupStatus> groups(DestinationKind kind, String name, String after, int rowsMax) {
        asked = 0;
        Destination destination = find(kind, name);
        List<GroupStatus> rows = new ArrayList<>();
        List<Position> positions = destination.partition.positions;
        int from = place(after, positions.size());
        int to = Math.min(positions.size(), from + Math.min(rowsMax, LOOKS_MAX));
        for (int i = from; i < to; i++) {
            rows.add(status(positions.get(i).group));
        }
        return new Page<>(rows, to < positions.size() ? Integer.toString(to) : null);
    }

    /**
     * Lists the branches of global transactions that are prepared, or were ended by an operator and
     * are not forgotten, in the order in which they were prepared.
     *
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is no such page
     */
    public Page<BranchStatus> branches(String after, int rowsMax) {
        List<BranchStatus> rows = new ArrayList<>();
        long last = 0;
        for (Branch each : state.branches().after(idAfter(after))) {
            if (rows.size() >= rowsMax) {
                return new Page<>(rows, Long.toString(last));
            }
            last = each.id;
            rows.add(
                    new BranchStatus(
                            each.id,
                            each.origin.name().user(),
                            each.origin.name().xid(),
                            each.origin.preparedMs(),
                            each.sends(),
                            each.accepts(),
                            each.heuristic == null ? null : each.heuristic.text));
        }
        return new Page<>(rows, null);
    }

    /** Returns the place in a list at which a page begins. */
    static int place(String after, int size) {
        try {
            int place = after == null ? 0 : Integer.parseInt(after);
            if (place >= 0) {
                return Math.min(place, size);
            }
        } catch (NumberFormatException e) {
            // refused below, as a negative one is
        }
        throw noPage(after);
    }

    private static WireException noPage(String after) {
        return new WireException(ErrorCode.INVALID_OPTION, "there is no page '" + after + "'");
    }

    /** Returns the id behind which a page begins. */
    static long idAfter(String after) {
        try {
            return after == null ? 0 : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw noPage(after);
        }
    }

    private DestinationStatus status(Destination destination) {
        Sums sums = new Sums();
        for (Group group : destination.groups.values()) {
            if (!group.isSide()) {
                sums.add(group);
            }
        }
        return new DestinationStatus(
                destination.kind,
                destination.name,
                destination.id,
                sums.depth,
                sums.held,
                sums.waiting(),
                sums.failed,
                sums.consumers,
                destination.groups.size(),
                destination.partition.firstNeeded(),
                destination.partition.end(),
                sums.oldestMs,
                destination.tally.counts(),
                state.collects(destination),
                destination.policy);
    }

    private GroupStatus status(Group group) {
        Sums sums = new Sums();
        sums.add(group);
        long end = group.position.partition.end();
        long first = group.position.firstUnsettled();
        return new GroupStatus(
                group.destination.kind,
                group.destination.name,
                group.id,
                group.source,
                group.name,
                group.clientId,
                text(group.selector),
                group.noLocal,
                group.isDurable(),
                sums.depth,
                sums.held,
                sums.waiting(),
                sums.failed,
                sums.consumers,
                first < 0 ? end : first,
                end,
                sums.oldestMs,
                group.tally.counts());
    }

    private long oldestMs(Position position) {
        long oldestMs = position.oldest().of(position);
        if (oldestMs < 0 && asked < ASKED_MAX && !position.group.gone) {
            asked++;
            decisions.loadToPass(position.partition, position.firstUnsettled());
        }
        return oldestMs;
    }

    static String text(Selector selector) {
        return selector == Selector.ALL ? null : selector.toString();
    }

    /** What groups have together. */
    private final class Sums {
        long depth;
        long held;
        long failed;
        long consumers;
        long oldestMs;
        private long ready;

        void add(Group group) {
            Position position = group.position;
            depth += position.depth();
            held += position.heldCount();
            failed += position.failedCount();
            consumers += group.consumers.size();
            add(oldestMs(position));
            for (int priority = 0; priority < Position.PRIORITIES; priority++) {
                ready += position.ready(priority).size();
            }
        }

        private void add(long groupsOldestMs) {
            boolean known = oldestMs >= 0 && groupsOldestMs >= 0;
            if (!known) {
                oldestMs = -1;
            } else if (groupsOldestMs > 0) {
                oldestMs = oldestMs == 0 ? groupsOldestMs : Math.min(oldestMs, groupsOldestMs);
            }
        }

        long waiting() {
            return depth - held - ready;
        }
    }
}
