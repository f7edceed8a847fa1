// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.util.Map;
import java.util.TreeMap;

/** What of a {@link Position} survives the broker, as a snapshot holds it. */
final class PositionState {
    /** The priority of most messages, whose set is what the others leave. */
    private static final int USUAL_PRIORITY = 4;

    /** How many messages that wait are written in one piece. */
    private static final int WAITS_AT_ONCE = 4096;

    private static final int WAIT_BYTES = 2 * Long.BYTES + 1;

    final OffsetSet unsettled = new OffsetSet();
    final OffsetSet[] byPriority = new OffsetSet[Position.PRIORITIES];
    final OffsetSet seen = new OffsetSet();
    final Map<Long, Integer> failures = new TreeMap<>();
    final Waiting waiting = new Waiting();

    /** Those that wait after a failed delivery, not for their delivery time. */
    final OffsetSet retries = new OffsetSet();

    /** May hold what is not unsettled; not to be changed. */
    final Map<Long, OffsetSet> expiries = new TreeMap<>();

    long markedBelow;
    boolean exposed;

    PositionState() {
        for (int p = 0; p < byPriority.length; p++) {
            byPriority[p] = new OffsetSet();
        }
    }

    /** Adds all of it to what is written, in pieces of which none is much work. */
    void addTo(SnapshotPart part) {
        part.expect(bytesAtMost());
        part.add(
                sink -> {
                    sink.putLong(markedBelow);
                    sink.putBoolean(exposed);
                    unsettled.write(sink);
                });
        for (int p = 0; p < byPriority.length; p++) {
            if (p != USUAL_PRIORITY) {
                part.add(byPriority[p]::write);
            }
        }
        part.add(seen::write);
        part.add(this::writeFailures);
        part.add(sink -> sink.putInt(waiting.size()));
        for (int i = 0; i < waiting.size(); i += WAITS_AT_ONCE) {
            int from = i;
            part.add(sink -> writeWaits(sink, from));
        }
        part.add(sink -> sink.putInt(expiries.size()));
        expiries.forEach(
                (second, offsets) ->
                        part.add(
                                sink -> {
                                    sink.putLong(second);
                                    offsets.write(sink);
                                }));
    }

    private void writeFailures(ByteSink sink) {
        sink.putInt(failures.size());
        failures.forEach(
                (offset, count) -> {
                    sink.putLong(offset);
                    sink.putInt(count);
                });
    }

    private void writeWaits(ByteSink sink, int from) {
        waiting.forEach(
                from,
                Math.min(waiting.size(), from + WAITS_AT_ONCE),
                (due, offset, priority) -> {
                    sink.putLong(offset);
                    sink.putLong(due);
                    sink.putBoolean(retries.contains(offset));
                });
    }

    private long bytesAtMost() {
        long bytes = unsettled.bytesAtMost() + seen.bytesAtMost();
        bytes += (long) waiting.size() * WAIT_BYTES;
        for (OffsetSet set : byPriority) {
            bytes += set.bytesAtMost();
        }
        for (OffsetSet set : expiries.values()) {
            bytes += Long.BYTES + set.bytesAtMost();
        }
        return bytes;
    }

    static PositionState read(ByteSource source) {
        PositionState state = new PositionState();
        state.markedBelow = source.getLong();
        state.exposed = source.getBoolean();
        state.unsettled.take(OffsetSet.read(source));
        OffsetSet usual = state.byPriority[USUAL_PRIORITY];
        usual.addAll(state.unsettled);
        for (int p = 0; p < Position.PRIORITIES; p++) {
            if (p != USUAL_PRIORITY) {
                state.byPriority[p].take(OffsetSet.read(source));
                usual.removeAll(state.byPriority[p]);
            }
        }
        state.seen.take(OffsetSet.read(source));
        int failures = source.getCount(source.remaining(), "failed deliveries");
        for (int i = 0; i < failures; i++) {
            state.failures.put(source.getLong(), source.getInt());
        }
        int waiting = source.getCount(source.remaining(), "waiting messages");
        state.waiting.reserve(waiting);
        for (int i = 0; i < waiting; i++) {
            state.readWait(source);
        }
        int seconds = source.getCount(source.remaining(), "seconds with expiring messages");
        for (int i = 0; i < seconds; i++) {
            state.expiries.put(source.getLong(), OffsetSet.read(source));
        }
        return state;
    }

    private void readWait(ByteSource source) {
        long offset = source.getLong();
        long due = source.getLong();
        int priority = OffsetSets.priorityOf(byPriority, offset);
        if (priority < 0) {
            throw WireException.malformed("message " + offset + " waits and is not unsettled");
        }
        waiting.add(due, offset, priority);
        if (source.getBoolean()) {
            retries.add(offset);
        }
    }

    @Override
    public String toString() {
        Map<Long, Long> dueOf = new TreeMap<>();
        waiting.forEach((due, offset, priority) -> dueOf.put(offset, due));
        StringBuilder text = new StringBuilder();
        text.append("markedBelow=").append(markedBelow).append(" exposed=").append(exposed);
        unsettled.forEach(
                offset -> {
                    text.append("\n    ").append(offset).append(':');
                    for (int p = 0; p < byPriority.length; p++) {
                        if (byPriority[p].contains(offset)) {
                            text.append(" p").append(p);
                        }
                    }
                    if (seen.contains(offset)) {
                        text.append(" seen");
                    }
                    if (failures.containsKey(offset)) {
                        text.append(" failed=").append(failures.get(offset));
                    }
                    if (dueOf.containsKey(offset)) {
                        text.append(" due=").append(dueOf.get(offset));
                        text.append(retries.contains(offset) ? " retry" : "");
                    }
                });
        Map<Long, OffsetSet> expiring = new TreeMap<>();
        expiries.forEach(
                (second, offsets) -> {
                    OffsetSet left = offsets.copy();
                    left.retainAll(unsettled);
                    if (!left.isEmpty()) {
                        expiring.put(second, left);
                    }
                });
        return text.append("\n    expiries=").append(expiring).toString();
    }
}
