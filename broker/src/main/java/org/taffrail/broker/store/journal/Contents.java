// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files of a folder count, for whoever only looks at it.
 *
 * @param folder the folder
 * @param names the names of its files
 * @param manifest says what counts, a {@link ManifestGuess} if it is damaged; null where there is
 *     nothing that could count, or nothing can be told
 * @param epoch the last owner; the highest number there is where that is not known
 */
record Contents(Folder folder, List<String> names, Manifest manifest, int epoch) {

    /** Reads manifest and epoch. */
    static Contents read(Folder folder, Findings findings) throws IOException, StoreException {
        List<String> names = folder.list();
        Manifest manifest = null;
        try {
            manifest = Manifest.read(folder);
            if (manifest == null && anyBegun(folder, names)) {
                throw Corruption.at(
                        folder.describe(Names.MANIFEST), 0, "it is missing, segments are not");
            }
        } catch (StoreException e) {
            findings.add(e, folder.describe(Names.MANIFEST));
            manifest = ManifestGuess.of(folder, names);
        }
        int epoch = Integer.MAX_VALUE;
        try {
            int found = readEpoch(folder);
            if (found == 0 && manifest != null) {
                throw Corruption.at(folder.describe(Names.EPOCH), 0, "it is missing");
            }
            epoch = found;
        } catch (StoreException e) {
            findings.add(e, folder.describe(Names.EPOCH));
        }
        return new Contents(folder, names, manifest, epoch);
    }

    /** Reads manifest and epoch of a folder of which something can be told. */
    static Contents readKnown(Folder folder, Findings findings) throws IOException, StoreException {
        Contents contents = read(folder, findings);
        if (contents.manifest == null) {
            contents.checkIsStores();
            Manifest.read(folder); // says what is wrong with it
            throw Corruption.at(folder.describe(Names.MANIFEST), 0, "it is missing");
        }
        return contents;
    }

    /** Refuses a folder in which the store has made nothing. */
    void checkIsStores() throws StoreException {
        if (!isStores()) {
            throw new StoreException(
                    StoreException.Kind.IO, folder + " holds nothing that a broker has written");
        }
    }

    /** Reads the number of the last owner; 0 if there was none. */
    static int readEpoch(Folder folder) throws IOException, StoreException {
        SealedFile.Body body = SealedFile.read(folder, Names.EPOCH, FilePrologue.Kind.EPOCH);
        if (body == null) {
            return 0;
        }
        try {
            ByteSource source = body.source();
            int last = source.getInt();
            source.expectEnd();
            if (last < 1 || last == Integer.MAX_VALUE) {
                throw WireException.malformed("owner number " + last);
            }
            return last;
        } catch (WireException e) {
            throw Corruption.at(folder.describe(Names.EPOCH), 0, e.getMessage());
        }
    }

    /** Tells whether any segment was ever written to: then there was a manifest. */
    static boolean anyBegun(Folder folder, List<String> names) throws IOException {
        for (String name : names) {
            if (Names.segmentId(name) >= 0 && !isBlank(folder, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(Folder folder, String segment) throws IOException {
        try (DataFile file = folder.open(segment)) {
            byte[] header = new byte[SegmentHeader.BYTES];
            file.read(ByteBuffer.wrap(header), 0);
            return SegmentHeader.isBlank(header);
        }
    }

    /** Tells whether the store has made anything in the folder. */
    private boolean isStores() {
        return names.stream()
                .anyMatch(
                        name ->
                                Names.ours(name)
                                        || Tenured.idOf(name) > 0
                                        || name.equals(Names.MANIFEST)
                                        || name.equals(Names.EPOCH));
    }

    /** Where the last owner has left the journal; null if it did not end it. */
    Manifest.CleanEnd cleanEnd() {
        Manifest.CleanEnd end = manifest.cleanEnd();
        return end != null && end.epoch() == epoch ? end : null;
    }

    /** The ids of the segments that are not listed and were perhaps written to. */
    List<Long> openSegments() {
        return names.stream()
                .map(Names::segmentId)
                .filter(id -> id >= manifest.openSegment())
                .sorted()
                .toList();
    }

    /** Tells whether a segment counts, whether it is there or not. */
    boolean counts(long segmentId) {
        return segmentId >= manifest.openSegment()
                || manifest.closed().stream().anyMatch(closed -> closed.id() == segmentId);
    }

    /** The name of the file that a broker which was killed may have been preparing. */
    String prepared() {
        List<Long> open = openSegments();
        long last = open.isEmpty() ? manifest.openSegment() : open.get(open.size() - 1);
        return SealedFile.temporary(Names.segment(last + 1));
    }

    /** The names of the files that count, or may count, and of {@link #prepared}. */
    Set<String> counting() {
        Set<String> counting = new HashSet<>(List.of(Names.LOCK, Names.EPOCH, Names.MANIFEST));
        for (Manifest.Closed closed : manifest.closed()) {
            counting.add(Names.segment(closed.id()));
            counting.add(Names.index(closed.id()));
        }
        openSegments().forEach(id -> counting.add(Names.segment(id)));
        counting.add(prepared());
        manifest.tenured().forEach(old -> counting.add(Tenured.name(old.id())));
        if (manifest.snapshotId() != 0) {
            counting.add(Names.snapshot(manifest.snapshotId()));
        }
        return counting;
    }

    /** The names of the files that do not count. */
    List<String> leftOver() {
        List<String> leftOver = new ArrayList<>(names);
        leftOver.removeAll(counting());
        return leftOver;
    }

    String describe(long segmentId) {
        return folder.describe(Names.segment(segmentId));
    }

    EntryReader reader(Segment segment) {
        long tag = SegmentHeader.tag(manifest.salt(), segment.id);
        return new EntryReader(segment.file, describe(segment.id), tag, segment.size);
    }
}
