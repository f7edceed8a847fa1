// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says which files of the folder count, and what is known beside them. It is replaced as a whole,
 * see {@link SealedFile}; its body in the order of the fields, numbers little-endian, lists behind
 * their counts (32 bits).
 *
 * <p>Closed segments are listed one by one, with gaps where some were given up. From {@code
 * openSegment} on every segment that is there counts, without gaps: so none must be listed when it
 * is begun. Whatever else the store has made in the folder is left over from a crash.
 *
 * @param salt the folder's secret, see {@link SegmentHeader#tag}
 * @param durableSequence a sequence that is known to be durable
 * @param snapshotId the snapshot, 0 for none
 * @param snapshotSequence the lowest sequence of its parts, 0 without one
 * @param openSegment the first segment that is not listed
 * @param openSequence the first sequence in it
 * @param closed the closed segments that count, in the order of their ids
 * @param floors for each partition of which something was given up the next offset at that time
 * @param nextTenured the number of the next tenured file
 * @param tenured the tenured files that count, in the order of their numbers
 * @param cleanEnd where the journal ended when it was closed cleanly, or null
 */
record Manifest(
        long salt,
        long durableSequence,
        long snapshotId,
        long snapshotSequence,
        long openSegment,
        long openSequence,
        List<Closed> closed,
        Map<Long, Long> floors,
        long nextTenured,
        List<Old> tenured,
        CleanEnd cleanEnd) {
    /** The first version that knows tenured files. */
    private static final int TENURED_SINCE = 2;

    private static final int COUNT_MAX = 1 << 26;

    /**
     * A closed segment, durable as a whole.
     *
     * @param id its id
     * @param firstSequence its first sequence
     * @param lastSequence its last one; one less than the first if it has none
     * @param end where its last entry ends, aligned
     */
    record Closed(long id, long firstSequence, long lastSequence, long end) {}

    /**
     * A tenured file, durable as a whole.
     *
     * @param id its number
     * @param bytes its size
     */
    record Old(long id, long bytes) {}

    /**
     * Where the journal ended.
     *
     * @param epoch the owner that closed it; it counts only until the next one comes
     * @param segment the last segment
     * @param position where the next entry goes
     * @param nextSequence and its sequence
     */
    record CleanEnd(int epoch, long segment, long position, long nextSequence) {}

    static Manifest initial(long salt) {
        return new Manifest(salt, 0, 0, 0, 1, 1, List.of(), Map.of(), 1, List.of(), null);
    }

    /** Returns a copy whose floors are no lower than some. */
    Manifest withFloors(Map<Long, Long> ends) {
        Map<Long, Long> raised = new TreeMap<>(floors);
        ends.forEach((partition, end) -> raised.merge(partition, end, Math::max));
        return new Manifest(
                salt,
                durableSequence,
                snapshotId,
                snapshotSequence,
                openSegment,
                openSequence,
                closed,
                raised,
                nextTenured,
                tenured,
                cleanEnd);
    }

    /** The tag of a tenured file: another than that of any segment. */
    long tenuredTag(long id) {
        return SegmentHeader.tag(~salt, id);
    }

    ByteSink encode() {
        ByteSink sink = new ByteSink(128 + closed.size() * 32 + floors.size() * 16);
        sink.putLong(salt);
        sink.putLong(durableSequence);
        sink.putLong(snapshotId);
        sink.putLong(snapshotSequence);
        sink.putLong(openSegment);
        sink.putLong(openSequence);
        sink.putInt(closed.size());
        for (Closed segment : closed) {
            sink.putLong(segment.id);
            sink.putLong(segment.firstSequence);
            sink.putLong(segment.lastSequence);
            sink.putLong(segment.end);
        }
        sink.putInt(floors.size());
        new TreeMap<>(floors)
                .forEach(
                        (partition, offset) -> {
                            sink.putLong(partition);
                            sink.putLong(offset);
                        });
        sink.putLong(nextTenured);
        sink.putInt(tenured.size());
        for (Old old : tenured) {
            sink.putLong(old.id);
            sink.putLong(old.bytes);
        }
        sink.putBoolean(cleanEnd != null);
        if (cleanEnd != null) {
            sink.putInt(cleanEnd.epoch);
            sink.putLong(cleanEnd.segment);
            sink.putLong(cleanEnd.position);
            sink.putLong(cleanEnd.nextSequence);
        }
        return sink;
    }

    void replace(Folder folder) throws IOException {
        SealedFile.replace(folder, Names.MANIFEST, FilePrologue.Kind.MANIFEST, encode());
    }

    /** Reads the folder's manifest, null if it has none. */
    static Manifest read(Folder folder) throws IOException, StoreException {
        SealedFile.Body body = SealedFile.read(folder, Names.MANIFEST, FilePrologue.Kind.MANIFEST);
        if (body == null) {
            return null;
        }
        ByteSource source = body.source();
        try {
            return decode(source, body.version());
        } catch (WireException e) {
            throw Corruption.at(folder.describe(Names.MANIFEST), source.position(), e.getMessage());
        }
    }

    private static Manifest decode(ByteSource source, int version) {
        long salt = source.getLong();
        long durable = source.getLong();
        long snapshotId = source.getLong();
        long snapshotSequence = source.getLong();
        long openSegment = source.getLong();
        long openSequence = source.getLong();
        List<Closed> closed = new ArrayList<>();
        long id = 0;
        for (int left = source.getCount(COUNT_MAX, "segments"); left > 0; left--) {
            Closed segment =
                    new Closed(
                            source.getLong(), source.getLong(), source.getLong(), source.getLong());
            if (segment.id <= id
                    || segment.id >= openSegment
                    || segment.lastSequence < segment.firstSequence - 1
                    || segment.lastSequence >= openSequence) {
                throw WireException.malformed("segment " + segment + " after " + id);
            }
            id = segment.id;
            closed.add(segment);
        }
        Map<Long, Long> floors = new TreeMap<>();
        for (int left = source.getCount(COUNT_MAX, "partitions"); left > 0; left--) {
            floors.put(source.getLong(), source.getLong());
        }
        long nextTenured = version < TENURED_SINCE ? 1 : source.getLong();
        List<Old> tenured =
                version < TENURED_SINCE ? List.of() : decodeTenured(source, nextTenured);
        CleanEnd cleanEnd = null;
        if (source.getBoolean()) {
            cleanEnd =
                    new CleanEnd(
                            source.getInt(), source.getLong(), source.getLong(), source.getLong());
        }
        source.expectEnd();
        return new Manifest(
                salt,
                durable,
                snapshotId,
                snapshotSequence,
                openSegment,
                openSequence,
                closed,
                floors,
                nextTenured,
                tenured,
                cleanEnd);
    }

    private static List<Old> decodeTenured(ByteSource source, long next) {
        List<Old> tenured = new ArrayList<>();
        long id = 0;
        for (int left = source.getCount(COUNT_MAX, "tenured files"); left > 0; left--) {
            Old old = new Old(source.getLong(), source.getLong());
            if (old.id <= id || old.id >= next || old.bytes < 0) {
                throw WireException.malformed("tenured file " + old + " after " + id);
            }
            id = old.id;
            tenured.add(old);
        }
        return tenured;
    }
}
