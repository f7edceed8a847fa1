// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces the manifest by what counts now, one replacement at a time: when the names of all files
 * that it lists are durable. Deletes a file only when the manifest that no longer names it is
 * durable. Belongs to the loop's thread.
 */
final class Manifests {
    private final Folder folder;
    private final JournalState state;
    private final FileJobs jobs;
    private final Set<Long> indexed = new HashSet<>();
    private final List<String> garbage = new ArrayList<>();
    private boolean busy;

    Manifests(Folder folder, JournalState state, FileJobs jobs) {
        this.folder = folder;
        this.state = state;
        this.jobs = jobs;
        for (Segment segment : state.segments()) {
            if (segment.id < state.firstOpenId()) {
                indexed.add(segment.id);
            }
        }
    }

    /** Tells whether a replacement is under way. */
    boolean busy() {
        return busy;
    }

    /** Lets a file go when the next replacement is durable. */
    void dropLater(String name) {
        garbage.add(name);
    }

    /** Returns the segments that are closed and durable as a whole, without a gap in that. */
    List<Segment> closed(long activeId, long durable) {
        List<Segment> closed = new ArrayList<>();
        for (Segment segment : state.segments()) {
            if (segment.id >= activeId || segment.lastSequence > durable) {
                break;
            }
            closed.add(segment);
        }
        return closed;
    }

    /**
     * Begins a replacement.
     *
     * @param manifest names the files that count
     * @param closed the segments it lists
     * @param done runs when it is durable
     * @param refused runs when there was no room for it, and the old one still counts
     */
    void replace(Manifest manifest, List<Segment> closed, Runnable done, Runnable refused) {
        busy = true;
        List<Segment> fresh = closed.stream().filter(each -> !indexed.contains(each.id)).toList();
        List<String> dropped = List.copyOf(garbage);
        jobs.begin(
                () -> {
                    for (Segment segment : fresh) {
                        IndexFile.write(folder, segment.closed(), state.salt, segment.index);
                    }
                    // no order of names is promised but by this: a manifest names no file that a
                    // power loss may take back
                    folder.force();
                    manifest.replace(folder);
                    for (String name : dropped) {
                        folder.delete(name);
                    }
                },
                () -> {
                    busy = false;
                    fresh.forEach(segment -> indexed.add(segment.id));
                    garbage.removeAll(dropped);
                    done.run();
                },
                () -> {
                    busy = false;
                    refused.run();
                });
    }

    /** Describes what counts. */
    Manifest describe(
            List<Segment> closed,
            long durable,
            long snapshotId,
            long snapshotSequence,
            Manifest.CleanEnd cleanEnd) {
        long openSegment = state.firstOpenId();
        long openSequence = 1;
        for (Segment segment : state.segments()) {
            if (!closed.contains(segment)) {
                openSegment = segment.id;
                openSequence = segment.firstSequence;
                break;
            }
        }
        return new Manifest(
                state.salt,
                durable,
                snapshotId,
                snapshotSequence,
                openSegment,
                openSequence,
                closed.stream().map(Segment::closed).toList(),
                state.floors.toMap(),
                state.nextTenured,
                state.tenured.files().stream()
                        .map(file -> new Manifest.Old(file.id(), file.bytes()))
                        .toList(),
                cleanEnd);
    }
}
