// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.memory;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link MemoryStore} stands on, as a folder is what a store of files stands on: it outlives
 * its owners. Not thread-safe.
 *
 * <p>Invariants: the entries' sequences have no gap from the snapshot's lowest one to the last; a
 * partition's runs do not overlap, and all end before its next offset.
 */
public final class MemoryLog {
    private static final long OPEN = Long.MAX_VALUE;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<Long, Partition> partitions = new HashMap<>();
    private final TreeMap<Long, Staging> stagings = new TreeMap<>();
    private List<Part> snapshot = List.of();
    private int epoch;
    private long lastSequence;
    private long bytesSinceSnapshot;

    /** Makes an empty log. */
    public MemoryLog() {}

    private record Run(long partition, long offset, int count, byte[] bytes) {
        long end() {
            return offset + count;
        }
    }

    private record Entry(
            long sequence, boolean relaxed, long timeMs, byte[] events, List<Run> runs) {
        long bytes() {
            long bytes = events.length;
            for (Run run : runs) {
                bytes += run.bytes.length;
            }
            return bytes;
        }
    }

    private static final class Partition {
        final TreeMap<Long, Run> runs = new TreeMap<>();
        long nextOffset;
    }

    private record Staged(long sequence, byte[] bytes) {}

    /** Runs without offsets; kept after its end until that can't be cut off any more. */
    private static final class Staging {
        final List<Staged> runs = new ArrayList<>();
        long endedBy = OPEN;
    }

    /** A part of a snapshot. */
    record Part(long key, long sequence, byte[] state) {}

    int epoch() {
        return epoch;
    }

    int nextEpoch() {
        return ++epoch;
    }

    long lastSequence() {
        return lastSequence;
    }

    long bytesSinceSnapshot() {
        return bytesSinceSnapshot;
    }

    /** Stamps the batch's ordinary runs in place and keeps a copy of it. */
    long append(Batch batch) {
        long sequence = ++lastSequence;
        List<Run> runs = new ArrayList<>();
        byte[] array = batch.runs().array();
        batch.visit(
                new Batch.Visitor() {
                    @Override
                    public void run(int at) {
                        place(array, at, batch.timeMs());
                        runs.add(keep(copyOfRun(array, at)));
                    }

                    @Override
                    public void staged(long stagingId, int at) {
                        Staging staging = stagings.computeIfAbsent(stagingId, id -> new Staging());
                        staging.runs.add(new Staged(sequence, copyOfRun(array, at)));
                    }

                    @Override
                    public void committed(Batch.Commit commit) {
                        Staging staging = end(commit.stagingId(), sequence);
                        for (Staged staged : staging.runs) {
                            byte[] bytes = staged.bytes.clone();
                            place(bytes, 0, batch.timeMs());
                            Run run = keep(bytes);
                            commit.placed()
                                    .add(new Batch.Placed(run.partition, run.offset, run.count));
                            runs.add(run);
                        }
                    }

                    @Override
                    public void aborted(long stagingId) {
                        end(stagingId, sequence);
                    }
                });
        Entry entry =
                new Entry(
                        sequence,
                        batch.relaxed(),
                        batch.timeMs(),
                        batch.events().toByteArray(),
                        runs);
        entries.addLast(entry);
        bytesSinceSnapshot += entry.bytes();
        return sequence;
    }

    private static byte[] copyOfRun(byte[] array, int at) {
        return Arrays.copyOfRange(array, at, at + RunLayout.length(array, at));
    }

    /** Gives a run its offsets. */
    private void place(byte[] array, int at, long timeMs) {
        long id = RunLayout.partition(array, at);
        Partition partition = partitions.computeIfAbsent(id, key -> new Partition());
        RunLayout.stamp(array, at, id, partition.nextOffset, timeMs, epoch);
        partition.nextOffset += RunLayout.count(array, at);
    }

    private Run keep(byte[] stamped) {
        long id = RunLayout.partition(stamped, 0);
        long offset = RunLayout.offset(stamped, 0);
        Run run = new Run(id, offset, RunLayout.count(stamped, 0), stamped);
        partitions.get(id).runs.put(offset, run);
        return run;
    }

    /** Ends a staging; one that is not known, or has ended, has no runs. */
    private Staging end(long stagingId, long sequence) {
        Staging staging = stagings.get(stagingId);
        if (staging == null || staging.endedBy != OPEN) {
            return new Staging();
        }
        staging.endedBy = sequence;
        return staging;
    }

    /** Forgets all batches after one, as a crash does with what was not durable. */
    void cutAfter(long sequence) {
        while (!entries.isEmpty() && entries.getLast().sequence > sequence) {
            Entry entry = entries.removeLast();
            lastSequence = entry.sequence - 1;
            bytesSinceSnapshot -= entry.bytes();
            for (int i = entry.runs.size() - 1; i >= 0; i--) {
                Run run = entry.runs.get(i);
                Partition partition = partitions.get(run.partition);
                partition.runs.remove(run.offset);
                partition.nextOffset = run.offset;
            }
        }
        for (Staging staging : stagings.values()) {
            staging.runs.removeIf(staged -> staged.sequence > sequence);
            staging.endedBy = staging.endedBy > sequence ? OPEN : staging.endedBy;
        }
        stagings.values().removeIf(staging -> staging.runs.isEmpty());
    }

    void recover(Store.RecoveryTarget target) {
        for (Part part : snapshot) {
            target.snapshot(part.key, part.sequence, part.state.clone());
        }
        long lowest = snapshotSequence();
        for (Entry entry : entries) {
            if (entry.sequence >= lowest) {
                target.batch(entry.sequence, toBatch(entry));
            }
        }
        stagings.forEach(
                (id, staging) -> {
                    if (staging.endedBy == OPEN) {
                        target.staging(id);
                    }
                });
    }

    /** Returns copies of the runs that end after an offset, at least one where there is one. */
    List<byte[]> read(long id, long fromOffset, int bytesMax, Store.Wanted wanted) {
        Partition partition = partitions.get(id);
        if (partition == null) {
            return List.of();
        }
        Long first = partition.runs.floorKey(fromOffset);
        if (first == null || partition.runs.get(first).end() <= fromOffset) {
            first = partition.runs.higherKey(fromOffset);
        }
        List<byte[]> found = new ArrayList<>();
        if (first != null) {
            long bytes = 0;
            for (Map.Entry<Long, Run> each : partition.runs.tailMap(first).entrySet()) {
                Run run = each.getValue();
                if (!wanted.any(each.getKey(), run.end() - 1)) {
                    continue;
                }
                if (!found.isEmpty() && bytes + run.bytes.length > bytesMax) {
                    break;
                }
                bytes += run.bytes.length;
                found.add(run.bytes.clone());
            }
        }
        return found;
    }

    void publish(List<Part> parts) {
        snapshot = List.copyOf(parts);
        long lowest = snapshotSequence();
        stagings.values().removeIf(staging -> staging.endedBy < lowest);
        bytesSinceSnapshot = bytesSince(snapshot);
    }

    /** Returns how many bytes would be replayed after a snapshot of these parts. */
    long bytesSince(List<Part> parts) {
        long lowest = lowest(parts);
        long bytes = 0;
        for (Entry entry : entries) {
            if (entry.sequence >= lowest) {
                bytes += entry.bytes();
            }
        }
        return bytes;
    }

    /** Removes covered batches' events, and those of their runs that are not needed. */
    long discard(Store.Needed needed) {
        long lowest = snapshotSequence();
        long freed = 0;
        List<Entry> kept = new ArrayList<>();
        Iterator<Entry> covered = entries.iterator();
        while (covered.hasNext()) {
            Entry entry = covered.next();
            if (entry.sequence >= lowest) {
                break;
            }
            covered.remove();
            List<Run> runs = new ArrayList<>();
            for (Run run : entry.runs) {
                if (needed.any(run.partition, run.offset, run.end() - 1)) {
                    runs.add(run);
                } else {
                    partitions.get(run.partition).runs.remove(run.offset);
                }
            }
            Entry left = new Entry(entry.sequence, entry.relaxed, entry.timeMs, new byte[0], runs);
            freed += entry.bytes() - left.bytes();
            if (!runs.isEmpty()) {
                kept.add(left);
            }
        }
        for (int i = kept.size() - 1; i >= 0; i--) {
            entries.addFirst(kept.get(i));
        }
        return freed;
    }

    private long snapshotSequence() {
        return lowest(snapshot);
    }

    private static long lowest(List<Part> parts) {
        return parts.stream().mapToLong(Part::sequence).min().orElse(0);
    }

    private static Batch toBatch(Entry entry) {
        ByteSink events = new ByteSink(entry.events.length);
        events.putBytes(entry.events, 0, entry.events.length);
        ByteSink runs = new ByteSink((int) (entry.bytes() - entry.events.length));
        for (Run run : entry.runs) {
            runs.putBytes(run.bytes, 0, run.bytes.length);
        }
        return new Batch(events, runs, entry.relaxed, entry.timeMs);
    }
}
