// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A folder of plain files, without folders in it. Rules:
 *
 * <ol>
 *   <li>What {@link #create}, {@link #rename} and {@link #delete} have done is seen at once, and is
 *       sure to survive a power loss once {@link #force} has returned after it.
 *   <li>What {@link DataFile#write} has written is seen at once, and is sure to survive once {@link
 *       DataFile#force} has returned after it. Before that any part of it may survive and any other
 *       may not, whatever the order of the writes.
 *   <li>A rename replaces its target atomically: there is the old file or the new one.
 *   <li>After a failed force nothing is known of what was written since the last good one, even if
 *       reading still shows it.
 * </ol>
 *
 * Any thread may call.
 */
public interface Folder {
    /**
     * Says where a file is, for messages.
     *
     * @param name the file's name
     * @return its whole path
     */
    String describe(String name);

    /**
     * Lists the files.
     *
     * @return their names, sorted
     * @throws IOException if the folder can't be read
     */
    List<String> list() throws IOException;

    /**
     * Makes an empty file; one of that name is emptied.
     *
     * @param name its name
     * @return open for reading and writing
     * @throws NoRoomException if there is no room for it
     * @throws IOException if it can't be made
     */
    DataFile create(String name) throws IOException;

    /**
     * Opens a file that exists.
     *
     * @param name its name
     * @return open for reading and writing
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it can't be opened
     */
    DataFile open(String name) throws IOException;

    /**
     * Gives a file another name, in place of the file that has it.
     *
     * @param from its name
     * @param to its new name
     * @throws IOException if it can't be renamed
     */
    void rename(String from, String to) throws IOException;

    /**
     * Deletes a file if it exists. Who has it open may go on reading.
     *
     * @param name its name
     * @throws IOException if it can't be deleted
     */
    void delete(String name) throws IOException;

    /**
     * Makes durable which files there are.
     *
     * @throws IOException if that can't be done
     */
    void force() throws IOException;

    /**
     * Says how much room there is.
     *
     * @return as of now; others may take or give room at any time
     * @throws IOException if it can't be told
     */
    DiskSpace space() throws IOException;

    /**
     * Adds up the sizes of the files.
     *
     * @return in bytes
     * @throws IOException if the folder can't be read
     */
    long usedBytes() throws IOException;

    /**
     * Locks the folder against every other owner, in this process and others, until the lock is
     * closed or the process ends.
     *
     * @param name the lock file's name
     * @param owner a line that tells others who holds it
     * @return to be closed by the owner
     * @throws HeldException if it is locked; its message has the holder's line
     * @throws IOException if the lock file can't be used
     */
    Closeable lock(String name, String owner) throws IOException;
}
