// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The durable state in parts, one for each lasting destination and one (key 0) for what belongs to
 * none. A part begins with its version; version 2 ends with the destination's large messages,
 * version 3 with what its groups have of the past and have lost, and its timeline. In version 4 the
 * part of key 0 ends with the clients that are remembered, in version 5 with the branches that are
 * prepared.
 */
final class Snapshots {
    private static final long COMMON_KEY = 0;
    private static final int VERSION = 5;
    private static final int VERSION_OLDEST = 1;
    private static final int WITH_TIMELINE = 3;
    private static final int WITH_PRODUCERS = 4;
    private static final int WITH_BRANCHES = 5;
    private static final int SMALL_BYTES = 128;
    private static final ClientFrame.Source[] SOURCES = ClientFrame.Source.values();

    private final State state;
    private final LongSupplier nowMs;

    Snapshots(State state, LongSupplier nowMs) {
        this.state = state;
        this.nowMs = nowMs;
    }

    List<Long> keys() {
        List<Long> keys = new ArrayList<>();
        keys.add(COMMON_KEY);
        for (Destination destination : state.destinations()) {
            if (!destination.kind.isTemporary()) {
                keys.add(destination.id);
            }
        }
        return keys;
    }

    /** Takes a part; null where its destination is gone. */
    SnapshotPart take(long key) {
        SnapshotPart part = new SnapshotPart();
        if (key == COMMON_KEY) {
            addBytes(
                    part,
                    sink -> {
                        sink.putByte(VERSION);
                        sink.putLong(state.nextId());
                        state.producers().write(sink);
                        state.branches().write(sink);
                    });
            return part;
        }
        Destination destination = state.destination(key);
        if (destination == null) {
            return null;
        }
        List<Group> groups = durableGroups(destination);
        addBytes(part, sink -> writeHead(sink, destination, groups.size()));
        for (Group group : groups) {
            addBytes(part, sink -> writeGroup(sink, group));
            group.position.durable(nowMs.getAsLong()).addTo(part);
        }
        addBytes(part, sink -> writeTail(sink, destination, groups));
        return part;
    }

    /** Adds what is little as it is now. */
    private static void addBytes(SnapshotPart part, SnapshotPart.Piece piece) {
        ByteSink bytes = new ByteSink(SMALL_BYTES);
        piece.write(bytes);
        part.expect(bytes.length());
        part.add(sink -> sink.putBytes(bytes.array(), 0, bytes.length()));
    }

    private static void writeHead(ByteSink sink, Destination destination, int groups) {
        sink.putByte(VERSION);
        sink.putByte(destination.kind.ordinal());
        sink.putText(destination.name);
        sink.putLong(destination.partition.id);
        sink.putLong(destination.partition.end());
        sink.putInt(groups);
    }

    private static void writeGroup(ByteSink sink, Group group) {
        sink.putLong(group.id);
        sink.putByte(group.source.ordinal());
        sink.putText(group.name);
        sink.putText(group.clientId);
        sink.putText(group.selector.text());
        sink.putBoolean(group.noLocal);
        sink.putLong(group.startOffset());
        sink.putLong(group.bornAfter());
    }

    private static void writeTail(ByteSink sink, Destination destination, List<Group> groups) {
        Map<Long, Integer> large = large(destination);
        sink.putInt(large.size());
        large.forEach(
                (head, parts) -> {
                    sink.putLong(head);
                    sink.putInt(parts);
                });
        for (Group group : groups) {
            sink.putLong(group.lost);
            sink.putInt(group.restarts);
            sink.putBoolean(group.position.past() != null);
            if (group.position.past() != null) {
                group.position.past().write(sink);
            }
        }
        Timeline timeline = destination.partition.timeline();
        sink.putBoolean(timeline != null);
        if (timeline != null) {
            timeline.write(sink);
        }
    }

    /** The large messages that are not settled, durably. */
    private static Map<Long, Integer> large(Destination destination) {
        List<Group> groups = durableGroups(destination);
        return destination
                .partition
                .large()
                .matching(
                        head ->
                                groups.stream()
                                        .map(group -> group.position)
                                        .anyMatch(each -> each.isDurablyUnsettled(head)));
    }

    void restore(long key, long sequence, byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        int version = source.getUnsignedByte();
        if (version < VERSION_OLDEST || version > VERSION) {
            throw new WireException(
                    ErrorCode.UNSUPPORTED_VERSION, "snapshot part version " + version);
        }
        if (key == COMMON_KEY) {
            state.nextIdAtLeast(source.getLong());
            if (version >= WITH_PRODUCERS) {
                state.producers().read(source);
            }
            if (version >= WITH_BRANCHES) {
                state.branches().read(source);
            }
        } else {
            Destination destination = restoreDestination(key, sequence, source);
            LargeMessages large = destination.partition.large();
            int count = version == 1 ? 0 : source.getCount(source.remaining(), "large messages");
            for (int i = 0; i < count; i++) {
                large.add(source.getLong(), source.getInt());
            }
            if (version >= WITH_TIMELINE) {
                restorePast(destination, source);
            }
        }
        source.expectEnd();
    }

    private static void restorePast(Destination destination, ByteSource source) {
        for (Group group : destination.groups.values()) {
            group.lost = source.getLong();
            group.restarts = source.getInt();
            if (source.getBoolean()) {
                group.position.past(Past.read(source));
            }
        }
        if (source.getBoolean()) {
            destination.partition.timeline(Timeline.read(source));
        }
    }

    private Destination restoreDestination(long id, long sequence, ByteSource source) {
        DestinationKind kind = DestinationKind.of(source.getUnsignedByte());
        String name = source.getText();
        Destination destination = new Destination(id, source.getLong(), kind, name, 0);
        destination.partition.endAtLeast(source.getLong());
        state.restored(destination, sequence);
        int groups = source.getCount(source.remaining(), "groups");
        for (int i = 0; i < groups; i++) {
            Event.GroupCreated made =
                    new Event.GroupCreated(
                            id,
                            source.getLong(),
                            SOURCES[source.getUnsignedByte()],
                            source.getText(),
                            source.getText(),
                            source.getText(),
                            source.getBoolean(),
                            source.getLong());
            long bornAfter = source.getLong();
            state.add(destination, made, bornAfter).position.restore(PositionState.read(source));
        }
        return destination;
    }

    /** Writes down all durable state as text. */
    String describe() {
        StringBuilder text = new StringBuilder();
        TreeMap<Long, Destination> sorted = new TreeMap<>();
        state.destinations().forEach(destination -> sorted.put(destination.id, destination));
        for (Destination destination : sorted.values()) {
            if (destination.kind.isTemporary()) {
                continue;
            }
            text.append(destination.kind).append(' ').append(destination.name).append(" #");
            text.append(destination.id).append(" end=").append(destination.partition.end());
            for (Group group : durableGroups(destination)) {
                text.append("\n  ").append(group.source).append(' ').append(group.name);
                text.append(" of ").append(group.clientId).append(" #").append(group.id);
                text.append(" selector=").append(group.selector);
                text.append(" noLocal=").append(group.noLocal);
                text.append(" from=").append(group.startOffset()).append(' ');
                text.append(group.position.past() == null ? "" : group.position.past() + " ");
                text.append(group.lost == 0 ? "" : "lost=" + group.lost + " ");
                text.append(group.position.durable(nowMs.getAsLong()));
            }
            Map<Long, Integer> large = large(destination);
            text.append(large.isEmpty() ? "" : "\n  large=" + large);
            text.append('\n');
        }
        text.append(state.producers().describe());
        return text.append(state.branches().describe()).toString();
    }

    private static List<Group> durableGroups(Destination destination) {
        TreeMap<Long, Group> sorted = new TreeMap<>();
        for (Group group : destination.groups.values()) {
            if (group.isDurable()) {
                sorted.put(group.id, group);
            }
        }
        return new ArrayList<>(sorted.values());
    }
}
