// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** The tenured files that count. Belongs to the loop's thread. */
public final class Tenured {
    /** So many files stay open when nobody reads them. */
    private static final int OPEN_MAX = 64;

    private final Folder folder;
    private final LongUnaryOperator tags;
    private final Handles handles;
    private final TreeMap<Long, TenuredFile> files = new TreeMap<>();

    /**
     * Makes one without files.
     *
     * @param folder where they are
     * @param tags gives for a file's number its tag
     */
    public Tenured(Folder folder, LongUnaryOperator tags) {
        this.folder = folder;
        this.tags = tags;
        handles = new Handles(folder, OPEN_MAX);
    }

    /**
     * Returns a file's name.
     *
     * @param id its number
     * @return its name in the folder
     */
    public static String name(long id) {
        return TenuredLayout.name(id);
    }

    /**
     * Tells which file a name is of.
     *
     * @param name a name in the folder
     * @return its number, or -1 if it is no tenured file's
     */
    public static long idOf(String name) {
        return TenuredLayout.id(name);
    }

    /**
     * Opens a file. It does not count yet.
     *
     * @param id its number
     * @param bytes its size
     * @return the file
     * @throws IOException if it can't be read
     * @throws StoreException CORRUPT if it is missing or damaged; TOO_NEW
     */
    public TenuredFile open(long id, long bytes) throws IOException, StoreException {
        return TenuredFile.open(folder, handles, id, tags.applyAsLong(id), bytes);
    }

    /**
     * Has a file count.
     *
     * @param file the file
     */
    public void add(TenuredFile file) {
        files.put(file.id(), file);
    }

    /**
     * Has a file count no longer; it is closed when nobody reads it.
     *
     * @param file the file
     * @throws IOException if it can't be closed
     */
    public void remove(TenuredFile file) throws IOException {
        files.remove(file.id());
        file.drop();
    }

    /**
     * Returns the files.
     *
     * @return in the order of their numbers
     */
    public Collection<TenuredFile> files() {
        return files.values();
    }

    /**
     * What a file has of a partition.
     *
     * @param file the file
     * @param piece its piece
     */
    public record Found(TenuredFile file, Piece piece) {}

    /**
     * Finds what there is of a partition from an offset on.
     *
     * @param partition the partition
     * @param fromOffset the first offset of interest
     * @return in no order
     */
    public List<Found> find(long partition, long fromOffset) {
        List<Found> found = new ArrayList<>();
        for (TenuredFile file : files.values()) {
            Piece piece = file.pieceOf(partition);
            if (piece != null && piece.endOffset() > fromOffset) {
                found.add(new Found(file, piece));
            }
        }
        return found;
    }

    /**
     * Closes all files.
     *
     * @throws IOException if one can't be closed
     */
    public void close() throws IOException {
        handles.closeAll();
    }
}
