// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.broker.store.tenured.TenuredFile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What a store knows of its folder once it has recovered, and keeps while it serves. Not
 * thread-safe.
 */
final class JournalState {
    final long salt;

    /** The next offset of each partition. */
    final Offsets offsets = new Offsets();

    /** The next offset of each partition of which something was given up, as of then. */
    final Offsets floors = new Offsets();

    /** What is staged and not ended. */
    final Stagings stagings = new Stagings();

    /** What has left the journal and still counts. */
    final Tenured tenured;

    /** The segments in the order of their ids. */
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    private final List<Segment> tracked = new ArrayList<>();
    private final List<Segment> open = new ArrayList<>();
    private final Manifest manifest;

    long nextTenured;
    long snapshotId;
    long snapshotSequence;
    long nextSequence;
    long durableSequence;
    long replayedBytes;

    JournalState(Folder folder, Manifest manifest) {
        this.manifest = manifest;
        salt = manifest.salt();
        tenured = new Tenured(folder, manifest::tenuredTag);
        nextTenured = manifest.nextTenured();
        snapshotId = manifest.snapshotId();
        snapshotSequence = manifest.snapshotSequence();
        manifest.floors().forEach(floors::raise);
    }

    /** The tag of a tenured file: another than that of any segment. */
    long tenuredTag(long id) {
        return manifest.tenuredTag(id);
    }

    /** Has a tenured file count; no offset that it has is given again. */
    void addTenured(TenuredFile file) {
        tenured.add(file);
        file.forEachPiece(piece -> offsets.raise(piece.partition(), piece.endOffset()));
    }

    /** Notes a segment whose file must be closed if recovery fails. */
    void track(Segment segment) {
        tracked.add(segment);
    }

    void addClosed(Segment segment) {
        track(segment);
        add(segment);
    }

    /** Makes sure that no offset that a closed segment has given is given again. */
    void addOffsets(Segment segment) {
        segment.index.forEachPartition(
                partition -> offsets.raise(partition, segment.index.runs(partition).end()));
    }

    void addOpen(Segment segment) {
        track(segment);
        add(segment);
        open.add(segment);
    }

    void add(Segment segment) {
        segments.put(segment.id, segment);
    }

    void countReplayed(int bytes) {
        replayedBytes += bytes;
    }

    /** Notes that all is read; no offset is given again that was given before. */
    void finish(long next) {
        manifest.floors().forEach(offsets::raise);
        nextSequence = next;
        durableSequence = next - 1;
    }

    List<Segment> openSegments() {
        return open;
    }

    Collection<Segment> segments() {
        return segments.values();
    }

    Segment segment(long id) {
        return segments.get(id);
    }

    void remove(Segment segment) {
        segments.remove(segment.id);
    }

    /** Whether recovery would replay nothing of a segment, because the snapshot has all of it. */
    boolean isCovered(Segment segment) {
        return segment.lastSequence < snapshotSequence;
    }

    /** The segment that was written to last; null if there is none yet. */
    Segment lastOpen() {
        return open.isEmpty() ? null : open.get(open.size() - 1);
    }

    /** The id of the segment that must exist if nothing else does. */
    long firstOpenId() {
        return manifest.openSegment();
    }

    void closeFiles() throws IOException {
        for (Segment segment : tracked) {
            segment.close();
        }
        tenured.close();
    }
}
