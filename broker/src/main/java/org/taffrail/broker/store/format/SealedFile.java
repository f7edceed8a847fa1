// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.format;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * A small file that is written once, as a whole, under one checksum: manifest, epoch, index.
 *
 * <pre>
 *        0               4               8                               16
 *       +---------------+---------------+-------------------------------+
 *     0 | prologue, see {@link FilePrologue}                            |
 *       +                               +---------------+---------------+
 *    16 |                               | body bytes    | CRC32C of body|
 *       +-------------------------------+---------------+---------------+
 *    32 | body                                                          |
 *       +---------------------------------------------------------------+
 * </pre>
 */
public final class SealedFile {
    private static final int HEADER_BYTES = 32;
    private static final int LENGTH_AT = 24;
    private static final int CRC_AT = 28;

    private SealedFile() {}

    /**
     * What a file holds.
     *
     * @param version its format version
     * @param source its body, whose checksum was right
     */
    public record Body(int version, ByteSource source) {}

    /**
     * Says under what name a file is written that will replace another.
     *
     * @param name the other's name
     * @return a name of its own
     */
    public static String temporary(String name) {
        return name + ".tmp";
    }

    /**
     * Replaces a file atomically and durably: the old one is there or the new one.
     *
     * @param folder where
     * @param name its name
     * @param kind what it is
     * @param body what it will hold
     * @throws IOException if it can't be written
     */
    public static void replace(Folder folder, String name, FilePrologue.Kind kind, ByteSink body)
            throws IOException {
        write(folder, temporary(name), kind, body);
        folder.rename(temporary(name), name);
        folder.force();
    }

    /**
     * Writes and forces a file; its name is not forced.
     *
     * @param folder where
     * @param name its name
     * @param kind what it is
     * @param body what it will hold
     * @throws IOException if it can't be written
     */
    public static void write(Folder folder, String name, FilePrologue.Kind kind, ByteSink body)
            throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        FilePrologue.write(header, 0, kind, HEADER_BYTES);
        Bytes.putInt(header, LENGTH_AT, body.length());
        Bytes.putInt(header, CRC_AT, Bytes.crc32c(body.array(), 0, body.length()));
        ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES + body.length());
        whole.put(header).put(body.array(), 0, body.length()).flip();
        try (DataFile file = folder.create(name)) {
            file.write(whole, 0);
            file.force();
        }
    }

    /**
     * Reads a file.
     *
     * @param folder where it is
     * @param name its name
     * @param kind what it must be
     * @return null if there is no such file
     * @throws IOException if it can't be read
     * @throws StoreException CORRUPT, TOO_NEW or TOO_OLD
     */
    public static Body read(Folder folder, String name, FilePrologue.Kind kind)
            throws IOException, StoreException {
        byte[] bytes;
        try (DataFile file = folder.open(name)) {
            long size = file.size();
            if (size < HEADER_BYTES || size > Integer.MAX_VALUE - 16) {
                throw Corruption.at(folder.describe(name), 0, "it has " + size + " bytes");
            }
            bytes = new byte[(int) size];
            int read = file.read(ByteBuffer.wrap(bytes), 0);
            if (read < bytes.length) {
                throw new IOException(folder.describe(name) + " became shorter while it was read");
            }
        } catch (NoSuchFileException e) {
            return null;
        }
        String damage = FilePrologue.check(bytes, 0, kind, HEADER_BYTES, folder.describe(name));
        if (damage != null) {
            throw Corruption.at(folder.describe(name), 0, damage);
        }
        int length = bytes.length - HEADER_BYTES;
        if (Bytes.getInt(bytes, LENGTH_AT) != length) {
            throw Corruption.at(folder.describe(name), LENGTH_AT, "its length is wrong");
        }
        if (Bytes.getInt(bytes, CRC_AT) != Bytes.crc32c(bytes, HEADER_BYTES, length)) {
            throw Corruption.at(folder.describe(name), HEADER_BYTES, "its checksum is wrong");
        }
        return new Body(
                FilePrologue.version(bytes, 0), new ByteSource(bytes, HEADER_BYTES, length));
    }
}
