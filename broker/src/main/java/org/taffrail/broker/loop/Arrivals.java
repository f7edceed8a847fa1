// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.core.Core;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets records arrive once their batch is durable: at once where the batch holds them; by and by
 * where it commits records that were staged, for those are in the store only and may be many. Until
 * a partition has caught up with what it was given, what comes later for it is read as well: each
 * partition's records arrive in the order of their offsets, and other partitions do not wait.
 */
final class Arrivals {
    /** How many bytes one question asks for. */
    private static final int READ_BYTES = 256 * 1024;

    /** How many questions are under way at once. */
    private static final int READS_MAX = 4;

    private final Core core;
    private final Store store;
    private final Map<Long, Behind> behind = new HashMap<>();
    private final ArrayDeque<Behind> waiting = new ArrayDeque<>();
    private int reads;

    Arrivals(Core core, Store store) {
        this.core = core;
        this.store = store;
    }

    /** A partition some of whose durable records have not arrived. */
    private static final class Behind {
        final long partition;
        final ArrayDeque<Mark> marks = new ArrayDeque<>();
        long next;
        long end;

        Behind(long partition, long next) {
            this.partition = partition;
            this.next = next;
        }

        void extend(long sequence, long newEnd) {
            end = newEnd;
            Mark last = marks.peekLast();
            if (last != null && last.sequence == sequence) {
                last.end = newEnd;
            } else {
                marks.addLast(new Mark(sequence, newEnd));
            }
        }

        /** The batch that gave an offset; asked in the order of the offsets. */
        long sequenceOf(long offset) {
            while (marks.getFirst().end <= offset) {
                marks.removeFirst();
            }
            return marks.getFirst().sequence;
        }
    }

    /** Offsets before {@code end}, and not before an earlier mark's, are of one batch. */
    private static final class Mark {
        final long sequence;
        long end;

        Mark(long sequence, long end) {
            this.sequence = sequence;
            this.end = end;
        }
    }

    /** Takes a durable batch. */
    void completed(long sequence, Batch batch, long nowMs) {
        byte[] runs = batch.runs().array();
        batch.visit(
                new Batch.Visitor() {
                    @Override
                    public void run(int at) {
                        Behind late =
                                behind.isEmpty() ? null : behind.get(RunLayout.partition(runs, at));
                        if (late == null) {
                            core.arrived(sequence, runs, at, false, nowMs);
                        } else {
                            late.extend(sequence, end(runs, at));
                        }
                    }

                    @Override
                    public void committed(Batch.Commit commit) {
                        for (Batch.Placed placed : commit.placed()) {
                            follow(sequence, placed);
                        }
                    }
                });
        ask();
    }

    private void follow(long sequence, Batch.Placed placed) {
        Behind late = behind.get(placed.partition());
        if (late == null) {
            late = new Behind(placed.partition(), placed.firstOffset());
            behind.put(late.partition, late);
            core.lagging(late.partition, true);
            waiting.addLast(late);
        }
        late.extend(sequence, placed.end());
    }

    private void ask() {
        while (reads < READS_MAX && !waiting.isEmpty()) {
            Behind late = waiting.removeFirst();
            reads++;
            store.read(late.partition, late.next, READ_BYTES);
        }
    }

    /**
     * Takes an answer, if it is to a question of here: the core asks only for records that have
     * arrived.
     *
     * @return false if it is not
     * @throws IllegalStateException if records are not there: the log has lost them
     */
    boolean read(long partition, long fromOffset, List<byte[]> runs, long nowMs) {
        Behind late = behind.get(partition);
        if (late == null || fromOffset < late.next) {
            return false;
        }
        reads--;
        for (byte[] run : runs) {
            long offset = RunLayout.offset(run, 0);
            if (offset >= late.end) {
                break;
            }
            if (offset == late.next) {
                core.arrived(late.sequenceOf(offset), run, 0, true, nowMs);
                late.next = end(run, 0);
            }
        }
        if (late.next == fromOffset) {
            throw new IllegalStateException(
                    "partition " + partition + " has lost the record at offset " + fromOffset);
        }
        if (late.next == late.end) {
            behind.remove(partition);
            core.lagging(partition, false);
        } else {
            waiting.addLast(late);
        }
        ask();
        return true;
    }

    /** Tells whether records of a partition are still to come. */
    boolean isBehind(long partition) {
        return behind.containsKey(partition);
    }

    /** Tells whether all that is durable has arrived. */
    boolean isEmpty() {
        return behind.isEmpty();
    }

    private static long end(byte[] array, int at) {
        return RunLayout.offset(array, at) + RunLayout.count(array, at);
    }
}
