// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client has sent and accepted in one transaction that has not ended yet. What it has sent
 * is in memory as long as it is little; what was more is staged in the log. Messages to temporary
 * destinations, which are never logged, are always in memory.
 */
final class Transaction {
    final long id;

    /** The messages accepted, by where they are, in the order of their acceptance. */
    final Map<Position, List<Hold>> accepted = new LinkedHashMap<>();

    /** Runs for the log that are not staged; they follow those that are. */
    final ByteSink runs;

    /** Runs for temporary destinations, each in an array of its own. */
    final List<byte[]> volatileRuns = new ArrayList<>(0);

    /** Under which its staged runs are kept, 0 while there are none. */
    long stagingId;

    /** How many bytes are staged. */
    long stagedBytes;

    /** How many bytes more may be staged without asking again. */
    long stagingReserve;

    private LargeSend unfinished;
    private long volatileBytes;

    private final Map<Long, Integer> stagedRecords = new LinkedHashMap<>();
    private final Set<Long> partitions = new LinkedHashSet<>();
    private int sends;
    private int accepts;
    private WireException doom;

    /**
     * Makes one that is empty.
     *
     * @param runs for what it is sent, empty
     */
    Transaction(long id, ByteSink runs) {
        this.id = id;
        this.runs = runs;
    }

    /** Returns how many bytes it has sent, and those of which it has sent the head. */
    long bytes() {
        long toCome = unfinished == null ? 0 : unfinished.runBytesLeft();
        return stagedBytes + runs.length() + volatileBytes + toCome;
    }

    /** Returns how many bytes it has sent to temporary destinations. */
    long volatileBytes() {
        return volatileBytes;
    }

    /** Returns the large message whose parts come next, or null. */
    LargeSend unfinished() {
        return unfinished;
    }

    /** Returns how much it will have to keep, in memory or staged, once a run is added. */
    long bytesWith(int length) {
        long toCome = unfinished == null ? 0 : unfinished.runBytesLeft();
        return runs.length() + length + toCome;
    }

    /** Notes the head of a large message. */
    void begin(LargeSend large) {
        unfinished = large;
    }

    /** Takes the next part of the large message. */
    void addPart(Partition partition, byte[] array, int at) {
        unfinished.add(partition, array, at);
        if (unfinished.isWhole()) {
            unfinished = null;
        }
    }

    /** Returns how many messages it has sent. */
    int sends() {
        return sends;
    }

    /** Returns how many messages it has accepted. */
    int accepts() {
        return accepts;
    }

    /** Takes messages of one consumer as accepted. */
    void accept(Consumer consumer, List<Hold> holds) {
        holds.forEach(Hold::bind);
        accepted.computeIfAbsent(consumer.group.position, each -> new ArrayList<>()).addAll(holds);
        accepts += holds.size();
    }

    /** Keeps a run that was sent in memory. */
    void keep(Partition partition, byte[] array, int at, int length) {
        if (partition.isVolatile()) {
            volatileRuns.add(Arrays.copyOfRange(array, at, at + length));
            volatileBytes += length;
        } else {
            runs.putBytes(array, at, length);
        }
    }

    /** Notes a run that was sent. */
    void sent(Partition partition, byte[] array, int at) {
        partitions.add(partition.id);
        boolean part = RecordLayout.isPart(array, at + RunLayout.HEADER_BYTES);
        sends += part ? 0 : RunLayout.count(array, at);
    }

    /** Notes that runs are staged. */
    void staged(byte[] array, int from, int length) {
        for (int at = from; at < from + length; at += RunLayout.length(array, at)) {
            int records = RunLayout.count(array, at);
            stagedRecords.merge(RunLayout.partition(array, at), records, Integer::sum);
        }
    }

    /** Returns how many records are staged for each partition. */
    Map<Long, Integer> stagedRecords() {
        return stagedRecords;
    }

    /** Returns where its messages go. */
    Set<Long> partitions() {
        return partitions;
    }

    /** Forgets all that was done in it, which is undone; not that it can only roll back. */
    void clear() {
        accepted.clear();
        runs.clear();
        volatileRuns.clear();
        stagedRecords.clear();
        partitions.clear();
        unfinished = null;
        stagingId = 0;
        stagedBytes = 0;
        stagingReserve = 0;
        volatileBytes = 0;
        sends = 0;
        accepts = 0;
    }

    /** Notes why it can only roll back; the first reason counts. */
    void doom(WireException reason) {
        if (doom == null) {
            doom = reason;
        }
    }

    boolean isDoomed() {
        return doom != null;
    }

    WireException doomed() {
        return new WireException(
                ErrorCode.TRANSACTION_DOOMED, doom.code() + ": " + doom.getMessage());
    }
}
