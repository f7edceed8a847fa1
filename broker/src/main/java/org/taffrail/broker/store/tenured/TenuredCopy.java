// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.record.RunLayout;

import java.io.Closeable;
import java.io.IOException;

/** Writes a tenured file with what a scan of another one finds whole. */
public final class TenuredCopy implements Closeable {
    private final Folder folder;
    private final long id;
    private final long tag;
    private TenuredWriter writer;
    private long partition;

    /** Says what is copied, and hears of damage. */
    public interface Target {
        /**
         * Decides about a run.
         *
         * @param array holds it; valid during the call
         * @param at where it begins there; checked and stamped
         * @return whether it is copied
         */
        boolean keeps(byte[] array, int at);

        /**
         * Hears of damage.
         *
         * @param damage says where and what
         * @throws StoreException to end the copy
         */
        void damaged(StoreException damage) throws StoreException;
    }

    /**
     * Makes a copy without anything in it; there is no file yet.
     *
     * @param folder where it goes
     * @param id its number
     * @param tag its tag
     */
    public TenuredCopy(Folder folder, long id, long tag) {
        this.folder = folder;
        this.id = id;
        this.tag = tag;
    }

    /**
     * Reads a file and writes what is whole and wanted of it.
     *
     * @param from where the file is
     * @param ofTag the tag it must have
     * @param bytes the size it must have
     * @param target says what is wanted
     * @return the new file's size; 0 if nothing was whole and there is none
     * @throws IOException if something can't be read or written
     * @throws StoreException what the target throws; TOO_NEW or TOO_OLD
     */
    public long copy(Folder from, long ofTag, long bytes, Target target)
            throws IOException, StoreException {
        TenuredScan.Target both =
                new TenuredScan.Target() {
                    @Override
                    public void run(byte[] array, int at, long position) throws IOException {
                        if (target.keeps(array, at)) {
                            add(array, at, bytes);
                        }
                    }

                    @Override
                    public void damaged(StoreException damage) throws StoreException {
                        target.damaged(damage);
                    }
                };
        new TenuredScan(from, id, both).run(ofTag, bytes);
        return writer == null ? 0 : writer.finish();
    }

    private void add(byte[] array, int at, long bytesMax) throws IOException {
        long next = RunLayout.partition(array, at);
        if (writer == null) {
            writer = new TenuredWriter(folder, id, tag);
            writer.begin(next, bytesMax);
        } else if (next != partition) {
            writer.begin(next, bytesMax);
        }
        partition = next;
        writer.add(array, at);
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
