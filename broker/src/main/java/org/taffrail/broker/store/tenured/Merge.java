// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.record.RunLayout;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Makes tenured files of sorted runs from several places: promotion from the journal and compaction
 * are one. It goes on step by step, so that other work on files comes in between, and forces what
 * it has written with each step. A partition with very much gets files of its own, which need not
 * be merged again. Used by one thread at a time.
 */
public final class Merge implements Closeable {
    private final Folder folder;
    private final TenuredSizes sizes;
    private final LongSupplier ids;
    private final LongUnaryOperator tags;
    private final List<RunStream> streams = new ArrayList<>();
    private final List<RunStream> inputs;
    private final List<Made> made = new ArrayList<>();
    private TenuredWriter writer;
    private boolean begun;
    private boolean own;
    private long partition = -1;

    /**
     * A file that was made.
     *
     * @param id its number
     * @param bytes its size
     */
    public record Made(long id, long bytes) {}

    /**
     * Makes a merge that has not begun.
     *
     * @param folder where the files go
     * @param sizes how they are cut
     * @param ids gives each file its number, never twice the same
     * @param tags gives for a number the file's tag
     * @param inputs what is merged; no two have the same record
     */
    public Merge(
            Folder folder,
            TenuredSizes sizes,
            LongSupplier ids,
            LongUnaryOperator tags,
            List<RunStream> inputs) {
        this.folder = folder;
        this.sizes = sizes;
        this.ids = ids;
        this.tags = tags;
        this.inputs = inputs;
    }

    /**
     * Goes on.
     *
     * @param bytesMax about how much to copy
     * @return whether all is done: the files are durable, and so are their names
     * @throws NoRoomException if there is no room; {@link #abandon} it then
     * @throws IOException if something can't be read or written
     * @throws StoreException CORRUPT if something read is damaged, with file and position
     */
    public boolean step(long bytesMax) throws IOException, StoreException {
        if (!begun) {
            begun = true;
            for (RunStream input : inputs) {
                if (input.next()) {
                    streams.add(input);
                }
            }
        }
        long bytes = 0;
        while (bytes < bytesMax) {
            RunStream stream = least();
            if (stream == null) {
                endFile();
                folder.force();
                return true;
            }
            place(stream.partition());
            writer.add(stream.array(), stream.at());
            bytes += RunLayout.length(stream.array(), stream.at());
            if (!stream.next()) {
                streams.remove(stream);
            }
        }
        writer.force();
        return false;
    }

    private RunStream least() {
        RunStream least = null;
        for (RunStream stream : streams) {
            if (least == null
                    || stream.partition() < least.partition()
                    || stream.partition() == least.partition()
                            && stream.offset() < least.offset()) {
                least = stream;
            }
        }
        return least;
    }

    /** Sees to it that the next run of a partition can be added. */
    private void place(long next) throws IOException {
        boolean another = next != partition;
        boolean full = writer != null && writer.position() >= sizes.fileBytes();
        if (!another && !full) {
            return;
        }
        long bytes = 0;
        for (RunStream input : inputs) {
            bytes += input.bytesOf(next);
        }
        boolean nextOwn = bytes >= sizes.ownFileBytes();
        if (full || another && (own || nextOwn)) {
            endFile();
        }
        if (writer == null) {
            long id = ids.getAsLong();
            writer = new TenuredWriter(folder, id, tags.applyAsLong(id));
        }
        own = nextOwn;
        partition = next;
        writer.begin(next, Math.min(bytes, sizes.fileBytes()));
    }

    private void endFile() throws IOException {
        if (writer != null) {
            made.add(new Made(writer.id(), writer.finish()));
            writer.close();
            writer = null;
        }
    }

    /**
     * Returns what was made.
     *
     * @return complete once {@link #step} has said so
     */
    public List<Made> made() {
        return made;
    }

    /**
     * Gives up, and deletes what was made.
     *
     * @throws IOException if something can't be deleted
     */
    public void abandon() throws IOException {
        if (writer != null) {
            long id = writer.id();
            close();
            folder.delete(TenuredLayout.name(id));
        }
        for (Made file : made) {
            folder.delete(TenuredLayout.name(file.id()));
        }
        made.clear();
    }

    /** Closes the file that is being written, if there is one; it stays as it is. */
    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
