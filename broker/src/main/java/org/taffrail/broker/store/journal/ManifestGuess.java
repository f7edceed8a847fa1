// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.tenured.Tenured;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the manifest of a folder would say, from the files that are there: for whoever looks into a
 * folder whose own is damaged, never for a start. All files count: the segments that have a whole
 * index as closed ones, up to the first that has none; the newest snapshot that is complete; each
 * tenured file. The folder's secret follows from the tag of any segment whose header is whole.
 */
final class ManifestGuess {
    private final Folder folder;
    private final List<String> names;
    private final TreeMap<Long, SegmentHeader> headers = new TreeMap<>();

    private ManifestGuess(Folder folder, List<String> names) {
        this.folder = folder;
        this.names = names;
    }

    /** Guesses; null where no segment says which folder's it is. */
    static Manifest of(Folder folder, List<String> names) throws IOException, StoreException {
        return new ManifestGuess(folder, names).guess();
    }

    private Manifest guess() throws IOException, StoreException {
        TreeMap<Long, String> segments = new TreeMap<>();
        for (String name : names) {
            if (Names.segmentId(name) > 0) {
                segments.put(Names.segmentId(name), name);
            }
        }
        for (long id : segments.keySet()) {
            readHeader(id);
        }
        if (headers.isEmpty()) {
            return null;
        }
        long salt = salt();
        List<Manifest.Closed> closed = new ArrayList<>();
        long openSegment = segments.firstKey();
        long openSequence = 1;
        for (long id : segments.keySet()) {
            openSegment = id;
            Manifest.Closed found = id == segments.lastKey() ? null : closed(id, salt);
            SegmentHeader header = headers.get(id);
            if (found == null) {
                openSequence = header == null ? openSequence : header.firstSequence();
                break;
            }
            closed.add(found);
            openSequence = found.lastSequence() + 1;
        }
        long snapshot = snapshot();
        List<Manifest.Old> tenured = tenured();
        return new Manifest(
                salt,
                closed.isEmpty() ? 0 : closed.get(closed.size() - 1).lastSequence(),
                snapshot,
                snapshot == 0 ? 0 : SnapshotFile.lowestOf(folder, snapshot),
                openSegment,
                openSequence,
                closed,
                Map.of(),
                tenured.isEmpty() ? 1 : tenured.get(tenured.size() - 1).id() + 1,
                tenured,
                null);
    }

    /** Reads a header that nothing is known of but what it says itself. */
    private void readHeader(long id) throws IOException {
        try (DataFile file = folder.open(Names.segment(id))) {
            byte[] bytes = new byte[SegmentHeader.BYTES];
            if (file.read(ByteBuffer.wrap(bytes), 0) == bytes.length
                    && !SegmentHeader.isBlank(bytes)) {
                SegmentHeader header = SegmentHeader.decode(bytes);
                String name = folder.describe(Names.segment(id));
                if (SegmentHeader.check(bytes, id, header.tag(), file.size(), name) == null) {
                    headers.put(id, header);
                }
            }
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A tag tells the secret but for one bit: the one that fits more segments. */
    private long salt() {
        long best = 0;
        long bestFits = -1;
        SegmentHeader first = headers.firstEntry().getValue();
        for (long lowest = 0; lowest < 2; lowest++) {
            long salt = SegmentHeader.salt(first.tag() - lowest, first.id());
            long fits =
                    headers.values().stream()
                            .filter(each -> SegmentHeader.tag(salt, each.id()) == each.tag())
                            .count();
            if (fits > bestFits) {
                best = salt;
                bestFits = fits;
            }
        }
        return best;
    }

    private Manifest.Closed closed(long id, long salt) throws IOException {
        try {
            return IndexFile.readSegment(folder, id, salt);
        } catch (StoreException e) {
            return null;
        }
    }

    private long snapshot() throws IOException, StoreException {
        long newest = 0;
        for (String name : names) {
            long id = Names.snapshotId(name);
            if (id > newest && (newest == 0 || SnapshotFile.hasFooter(folder, id))) {
                newest = id;
            }
        }
        return newest;
    }

    private List<Manifest.Old> tenured() throws IOException {
        TreeMap<Long, Manifest.Old> found = new TreeMap<>();
        for (String name : names) {
            long id = Tenured.idOf(name);
            if (id > 0) {
                try (DataFile file = folder.open(name)) {
                    found.put(id, new Manifest.Old(id, file.size()));
                }
            }
        }
        return new ArrayList<>(found.values());
    }
}
