// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a folder holds, by files and by partitions. What names the partitions have is known
 * to the broker's core only. Counts records that are kept, needed or not.
 */
public final class FolderStats implements FolderReader.Visitor {
    private final Folder folder;
    private final TreeMap<String, Files> files = new TreeMap<>();
    private final TreeMap<Long, Segments> segments = new TreeMap<>();
    private final TreeMap<String, Old> tenured = new TreeMap<>();
    private final TreeMap<Long, Partition> partitions = new TreeMap<>();

    /** What is staged and not ended: for each staging the bytes of each partition. */
    private final Map<Long, Map<Long, Long>> staged = new HashMap<>();

    private final Map<Long, Long> recordsOfStaging = new HashMap<>();

    private long timeMs;
    private String lastTenured = "";
    private long lastPartition;

    /** Files of one kind. */
    public static final class Files {
        private int count;
        private long bytes;

        /**
         * Returns how many there are.
         *
         * @return from 1
         */
        public int count() {
            return count;
        }

        /**
         * Returns their size.
         *
         * @return in bytes
         */
        public long bytes() {
            return bytes;
        }
    }

    /**
     * What a segment holds.
     *
     * @param id its number
     * @param firstSequence its first batch
     * @param lastSequence its last batch
     * @param batches how many it has
     */
    public record Segments(long id, long firstSequence, long lastSequence, long batches) {}

    /**
     * What a tenured file holds.
     *
     * @param name its name
     * @param records how many records
     * @param partitions of how many partitions
     */
    public record Old(String name, long records, int partitions) {}

    /**
     * What is kept of a partition.
     *
     * @param id its number
     * @param records how many records
     * @param bytes the bytes of their runs
     * @param firstOffset the first offset
     * @param lastOffset the last one; between them may be gaps
     * @param firstTimeMs when the first was appended, ms since 1970
     * @param lastTimeMs when the last was
     */
    public record Partition(
            long id,
            long records,
            long bytes,
            long firstOffset,
            long lastOffset,
            long firstTimeMs,
            long lastTimeMs) {
        private Partition with(Partition more) {
            return new Partition(
                    id,
                    records + more.records,
                    bytes + more.bytes,
                    Math.min(firstOffset, more.firstOffset),
                    Math.max(lastOffset, more.lastOffset),
                    Math.min(firstTimeMs, more.firstTimeMs),
                    Math.max(lastTimeMs, more.lastTimeMs));
        }
    }

    private FolderStats(Folder folder) {
        this.folder = folder;
    }

    /**
     * Reads a folder and counts.
     *
     * @param folder nobody writes to it meanwhile
     * @param findings takes what is damaged, which is not counted
     * @return the counts
     * @throws IOException if something can't be read
     * @throws StoreException as {@link FolderReader#run}
     */
    public static FolderStats of(Folder folder, Findings findings)
            throws IOException, StoreException {
        FolderStats stats = new FolderStats(folder);
        new FolderReader(folder, findings, stats).run();
        stats.countFiles();
        return stats;
    }

    private void countFiles() throws IOException, StoreException {
        Contents contents = Contents.readKnown(folder, Findings.ignored());
        for (String name : contents.names()) {
            Files kind = files.computeIfAbsent(kind(name, contents), each -> new Files());
            kind.count++;
            try (DataFile file = folder.open(name)) {
                kind.bytes += file.size();
            }
        }
    }

    private static String kind(String name, Contents contents) {
        if (!contents.counting().contains(name)) {
            return Names.ours(name) || Tenured.idOf(name) > 0 ? "left over" : "foreign";
        }
        if (Tenured.idOf(name) > 0) {
            return "tenured";
        }
        if (Names.segmentId(name) >= 0 || name.equals(contents.prepared())) {
            return "segment";
        }
        return name.startsWith("segment-") ? "index" : name.replaceAll("-.*", "");
    }

    @Override
    public void batch(FolderReader.Entry batch) {
        timeMs = batch.timeMs();
        long sequence = batch.sequence();
        segments.merge(
                batch.segmentId(),
                new Segments(batch.segmentId(), sequence, sequence, 1),
                (old, one) -> new Segments(old.id, old.firstSequence, sequence, old.batches + 1));
    }

    @Override
    public void run(FolderReader.Place place, byte[] array, int at) {
        long offset = RunLayout.offset(array, at);
        long partition = RunLayout.partition(array, at);
        int records = RunLayout.count(array, at);
        long appendedMs = RunLayout.appendTimeMs(array, at);
        add(
                new Partition(
                        partition,
                        records,
                        RunLayout.length(array, at),
                        offset,
                        offset + records - 1,
                        appendedMs,
                        appendedMs));
        if (Tenured.idOf(place.file()) > 0) {
            boolean another = !lastTenured.equals(place.file()) || lastPartition != partition;
            lastTenured = place.file();
            lastPartition = partition;
            tenured.merge(
                    place.file(),
                    new Old(place.file(), records, 1),
                    (old, more) ->
                            new Old(
                                    old.name,
                                    old.records + records,
                                    old.partitions + (another ? 1 : 0)));
        }
    }

    private void add(Partition more) {
        partitions.merge(more.id, more, Partition::with);
    }

    @Override
    public void staged(long stagingId, byte[] array, int at) {
        recordsOfStaging.merge(stagingId, (long) RunLayout.count(array, at), Long::sum);
        staged.computeIfAbsent(stagingId, id -> new HashMap<>())
                .merge(
                        RunLayout.partition(array, at),
                        (long) RunLayout.length(array, at),
                        Long::sum);
    }

    @Override
    public void committed(long stagingId, List<Batch.Placed> placed) {
        Map<Long, Long> bytes = new HashMap<>(staged.getOrDefault(stagingId, Map.of()));
        for (Batch.Placed each : placed) {
            Long ofPartition = bytes.remove(each.partition());
            add(
                    new Partition(
                            each.partition(),
                            each.records(),
                            ofPartition == null ? 0 : ofPartition,
                            each.firstOffset(),
                            each.end() - 1,
                            timeMs,
                            timeMs));
        }
        aborted(stagingId);
    }

    @Override
    public void aborted(long stagingId) {
        staged.remove(stagingId);
        recordsOfStaging.remove(stagingId);
    }

    /**
     * Returns the files.
     *
     * @return by their kinds
     */
    public Map<String, Files> files() {
        return files;
    }

    /**
     * Returns the segments that hold batches.
     *
     * @return in the order of their numbers
     */
    public List<Segments> segments() {
        return new ArrayList<>(segments.values());
    }

    /**
     * Returns the tenured files.
     *
     * @return in the order of their names
     */
    public List<Old> tenured() {
        return new ArrayList<>(tenured.values());
    }

    /**
     * Returns the partitions of which something is kept.
     *
     * @return in the order of their numbers
     */
    public List<Partition> partitions() {
        return new ArrayList<>(partitions.values());
    }

    /**
     * Counts the records of transactions that have not ended, which are in no partition yet.
     *
     * @return from 0
     */
    public long stagedRecords() {
        return recordsOfStaging.values().stream().mapToLong(Long::longValue).sum();
    }
}
