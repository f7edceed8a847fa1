// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file, see {@link Folder} for what is durable when. Any thread may call. */
public interface DataFile extends Closeable {
    /**
     * Returns the file's size.
     *
     * @return in bytes
     * @throws IOException if it can't be told
     */
    long size() throws IOException;

    /**
     * Fills a buffer, up to the end of the file.
     *
     * @param target what is filled from its position
     * @param position where in the file to begin
     * @return how many bytes were read; less than the buffer had room for only at the end of the
     *     file
     * @throws IOException if it can't be read
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes all of a buffer.
     *
     * @param source what is written
     * @param position where in the file it goes
     * @throws NoRoomException if there is no room; a part may have been written
     * @throws IOException if it can't be written; a part may have been
     */
    void write(ByteBuffer source, long position) throws IOException;

    /**
     * Makes the file this long by writing zeros at its end, so that later writes need neither new
     * blocks nor a change of size. Not forced yet when it returns.
     *
     * @param bytes the new size, not less than the old one
     * @throws NoRoomException if there is no room for it
     * @throws IOException if it can't be written
     */
    void preallocate(long bytes) throws IOException;

    /**
     * Makes durable what was written before the call.
     *
     * @throws IOException if that can't be done; nothing written since the last good force is to be
     *     trusted then
     */
    void force() throws IOException;
}
