// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.SealedFile;
import org.taffrail.broker.store.tenured.Tenured;
import org.taffrail.wire.ByteSink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A copy of a store's folder as of one moment, while a broker may be writing to it, as a crash at
 * that moment would have left it. The broker is not asked and not held up:
 *
 * <ul>
 *   <li>What the manifest names never changes again. It may be deleted, once a later manifest is
 *       there; but an open file can be read until it is closed. So all are opened first, and if one
 *       is gone, the later manifest is taken.
 *   <li>The segments that the manifest does not name yet are appended to while they are read. Of
 *       their copies everything is kept up to the first batch that is not whole or not in its
 *       place, and the rest is cleared. What was written when the copying began is before that.
 *   <li>A broker that starts meanwhile repairs the end of the journal in place. It counts the epoch
 *       up before that, and then the copying begins anew.
 * </ul>
 *
 * <p>Made to be used once, by one thread; blocks.
 */
public final class FolderBackup {
    /** Each other manifest comes after tens of MiB: nobody is so slow ten times. */
    private static final int ATTEMPTS_MAX = 10;

    private final Folder source;
    private final Folder target;
    private final Pace pace;

    /** Hears of what was copied, and may take its time, so that others get at the disk. */
    @FunctionalInterface
    public interface Pace {
        /**
         * Goes on.
         *
         * @param bytes how many more were copied
         * @throws IOException if the copying is to end
         */
        void copied(long bytes) throws IOException;
    }

    /**
     * What was copied.
     *
     * @param epoch the number of the broker's start that wrote it
     * @param lastSequence the last batch
     */
    public record Moment(int epoch, long lastSequence) {}

    /** Files that are open, by their names. */
    private static final class Opened implements Closeable {
        private final Map<String, DataFile> files = new TreeMap<>();

        void open(Folder folder, String name) throws IOException {
            files.put(name, folder.open(name));
        }

        void openIfThere(Folder folder, String name) throws IOException {
            try {
                open(folder, name);
            } catch (NoSuchFileException e) {
                return; // then the copy has none either
            }
        }

        @Override
        public void close() throws IOException {
            for (DataFile file : files.values()) {
                file.close();
            }
        }
    }

    /**
     * Makes one.
     *
     * @param source the store's folder, which is only read
     * @param target an empty folder
     * @param pace hears what was copied
     */
    public FolderBackup(Folder source, Folder target, Pace pace) {
        this.source = source;
        this.target = target;
        this.pace = pace;
    }

    /**
     * Copies.
     *
     * @return the moment
     * @throws IOException if something can't be read or written
     * @throws StoreException CORRUPT if what is there is damaged; IO if no broker has ever written
     *     to the folder, or if it is never found at rest
     */
    public Moment run() throws IOException, StoreException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int epoch = Contents.readEpoch(source);
            Manifest manifest = Manifest.read(source);
            if (epoch == 0 || manifest == null) {
                throw new StoreException(
                        StoreException.Kind.IO,
                        source + " holds nothing that a broker has written");
            }
            try (Opened named = new Opened();
                    Opened open = new Opened()) {
                if (!openAll(manifest, named, open)) {
                    continue;
                }
                long last = copyOpen(manifest, epoch, open);
                if (Contents.readEpoch(source) == epoch) {
                    for (Map.Entry<String, DataFile> file : named.files.entrySet()) {
                        copy(file.getValue(), file.getKey());
                    }
                    finish(manifest, epoch);
                    return new Moment(epoch, last);
                }
            }
            for (String name : target.list()) {
                target.delete(name);
            }
        }
        throw new StoreException(
                StoreException.Kind.IO,
                source + " changed " + ATTEMPTS_MAX + " times while its files were looked for");
    }

    /** Opens what counts; false if something is gone, because there is a later manifest. */
    private boolean openAll(Manifest manifest, Opened named, Opened open) throws IOException {
        try {
            for (Manifest.Closed closed : manifest.closed()) {
                named.open(source, Names.segment(closed.id()));
                named.openIfThere(source, Names.index(closed.id())); // a start makes it anew
            }
            for (Manifest.Old old : manifest.tenured()) {
                named.open(source, Tenured.name(old.id()));
            }
            if (manifest.snapshotId() != 0) {
                named.open(source, Names.snapshot(manifest.snapshotId()));
            }
            long expected = manifest.openSegment();
            for (String name : source.list()) {
                long id = Names.segmentId(name);
                if (id >= manifest.openSegment()) {
                    if (id != expected++) {
                        return false;
                    }
                    open.open(source, name);
                }
            }
            return expected > manifest.openSegment();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Copies the segments that are written to; returns the last batch. */
    private long copyOpen(Manifest manifest, int epoch, Opened open)
            throws IOException, StoreException {
        EntrySequence entries = new EntrySequence(epoch);
        entries.expect(manifest.openSequence());
        long id = manifest.openSegment();
        for (DataFile file : open.files.values()) {
            String name = Names.segment(id);
            long copied = copy(file, name);
            boolean first = id == manifest.openSegment();
            try (DataFile copy = target.open(name)) {
                long tag = SegmentHeader.tag(manifest.salt(), id);
                long end = end(copy, id, tag, entries);
                if (end < 0 && !first) {
                    break;
                }
                clear(copy, Math.max(end, 0), copied);
                copy.force();
            }
            id++;
        }
        for (String name : target.list()) {
            if (Names.segmentId(name) >= Math.max(id, manifest.openSegment() + 1)) {
                target.delete(name); // begun, but what comes before it was not all there yet
            }
        }
        return entries.next() - 1;
    }

    /**
     * Finds where the batches of a copied segment end that are whole and in order.
     *
     * @return -1 if it is not begun, or begins with another batch
     */
    private long end(DataFile copy, long id, long tag, EntrySequence entries)
            throws IOException, StoreException {
        String name = target.describe(Names.segment(id));
        byte[] header = new byte[SegmentHeader.BYTES];
        long size = copy.size();
        if (copy.read(ByteBuffer.wrap(header), 0) < header.length
                || SegmentHeader.isBlank(header)) {
            return -1;
        }
        String damage = SegmentHeader.check(header, id, tag, size, name);
        if (damage != null) {
            throw Corruption.at(source.describe(Names.segment(id)), 0, damage);
        }
        if (SegmentHeader.decode(header).firstSequence() != entries.next()) {
            return -1;
        }
        EntryReader reader = new EntryReader(copy, name, tag, size);
        long position = SegmentHeader.BYTES;
        while (true) {
            long aligned = position + EntryLayout.ALIGNMENT - 1 & -EntryLayout.ALIGNMENT;
            EntryReader.Entry entry = entries.find(reader, aligned);
            if (entry == null) {
                return position;
            }
            entries.accept(entry, name);
            position = entry.position() + entry.length();
        }
    }

    private static void clear(DataFile file, long from, long to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(Copying.CHUNK_BYTES);
        for (long at = from; at < to; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            int bytes = zeros.remaining();
            file.write(zeros, at);
            at += bytes;
        }
    }

    private long copy(DataFile from, String name) throws IOException {
        try (DataFile to = target.create(name)) {
            long end = Copying.copy(from, to, false, pace);
            to.force();
            return end;
        }
    }

    private void finish(Manifest manifest, int epoch) throws IOException {
        ByteSink body = new ByteSink(16);
        body.putInt(epoch);
        SealedFile.replace(target, Names.EPOCH, FilePrologue.Kind.EPOCH, body);
        manifest.replace(target);
    }

    /**
     * Lists the files of a folder that a copy consists of.
     *
     * @param folder the copy
     * @return their names, sorted
     * @throws IOException if it can't be read
     */
    static List<String> files(Folder folder) throws IOException {
        List<String> files = new ArrayList<>();
        for (String name : folder.list()) {
            if (Names.ours(name)
                    || Tenured.idOf(name) > 0
                    || name.equals(Names.EPOCH)
                    || name.equals(Names.MANIFEST)) {
                files.add(name);
            }
        }
        return files;
    }
}
