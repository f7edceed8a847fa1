// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.DataFile;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.broker.store.format.FilePrologue;
import org.taffrail.broker.store.format.Trouble;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;

/**
 * A snapshot's file: a header, parts one after the other, a footer.
 *
 * <pre>
 *        0               4               8                               16
 *       +---------------+---------------+-------------------------------+
 *     0 | prologue, see {@link FilePrologue}                            |
 *       +                               +-------------------------------+
 *    16 |                               | snapshot id                   |
 *       +-------------------------------+-------------------------------+
 *  part | state bytes   | CRC32C        | key                           |
 *       +---------------+---------------+-------------------------------+
 *    16 | sequence                      | state                         |
 *       +-------------------------------+-------------------------------+
 * footer | -1            | CRC32C        | number of parts               |
 *       +---------------+---------------+-------------------------------+
 *    16 | lowest sequence of the parts  | snapshot id                   |
 *       +-------------------------------+-------------------------------+
 * </pre>
 *
 * Each checksum covers what follows it in its part or in the footer. The manifest names the
 * snapshot only once the file is durable, so any damage is corruption.
 */
final class SnapshotFile {
    private static final int HEADER_BYTES = 32;
    private static final int ID_AT = 24;
    private static final int PART_BYTES = 24;
    private static final int FOOTER_BYTES = 32;
    private static final int CRC_AT = 4;
    private static final int KEY_AT = 8;
    private static final int SEQUENCE_AT = 16;
    private static final int FOOTER_ID_AT = 24;

    private SnapshotFile() {}

    static void header(ByteSink sink, long id) {
        int at = sink.reserve(HEADER_BYTES);
        sink.length(at + HEADER_BYTES);
        FilePrologue.write(sink.array(), at, FilePrologue.Kind.SNAPSHOT, HEADER_BYTES);
        Bytes.putLong(sink.array(), at + ID_AT, id);
    }

    static void part(ByteSink sink, long key, long sequence, byte[] state, int from, int length) {
        beginPart(sink, key, sequence, state, from, length);
        sink.putBytes(state, from, length);
    }

    /** Writes what stands before a part's state, which must follow. */
    static void beginPart(
            ByteSink sink, long key, long sequence, byte[] state, int from, int length) {
        int at = sink.length();
        sink.putInt(length);
        sink.putInt(0);
        sink.putLong(key);
        sink.putLong(sequence);
        CRC32C crc = new CRC32C();
        crc.update(sink.array(), at + KEY_AT, PART_BYTES - KEY_AT);
        crc.update(state, from, length);
        Bytes.putInt(sink.array(), at + CRC_AT, (int) crc.getValue());
    }

    static void footer(ByteSink sink, long parts, long lowest, long id) {
        int at = sink.length();
        sink.putInt(-1);
        sink.putInt(0);
        sink.putLong(parts);
        sink.putLong(lowest);
        sink.putLong(id);
        seal(sink, at);
    }

    private static void seal(ByteSink sink, int at) {
        int crc = Bytes.crc32c(sink.array(), at + KEY_AT, sink.length() - at - KEY_AT);
        Bytes.putInt(sink.array(), at + CRC_AT, crc);
    }

    /**
     * Reads a snapshot.
     *
     * @return how many parts it had
     * @throws StoreException CORRUPT if it is damaged, missing or not the one the manifest means
     */
    static int read(Folder folder, long id, long lowest, Store.RecoveryTarget target)
            throws IOException, StoreException {
        return read(folder, new Expected(id, lowest), target::snapshot, Trouble.REFUSED);
    }

    /** Takes the parts that are whole. */
    interface PartTarget {
        void part(long key, long sequence, byte[] state);
    }

    /** Which snapshot is meant: its id, and the lowest sequence of its parts. */
    record Expected(long id, long lowest) {}

    /** Reads what can be read of a snapshot; returns how many parts that were. */
    static int read(Folder folder, Expected expected, PartTarget target, Trouble trouble)
            throws IOException, StoreException {
        long id = expected.id;
        String name = folder.describe(Names.snapshot(id));
        try (DataFile file = folder.open(Names.snapshot(id))) {
            long size = file.size();
            byte[] header = new byte[HEADER_BYTES];
            int headerBytes = file.read(ByteBuffer.wrap(header), 0);
            String damage =
                    headerBytes < HEADER_BYTES
                            ? "it has " + size + " bytes"
                            : FilePrologue.check(
                                    header, 0, FilePrologue.Kind.SNAPSHOT, HEADER_BYTES, name);
            if (damage != null) {
                trouble.found(Corruption.at(name, 0, damage));
            } else if (Bytes.getLong(header, ID_AT) != id) {
                trouble.found(Corruption.at(name, ID_AT, "it is another snapshot"));
            }
            return readParts(file, name, expected, target, trouble);
        } catch (NoSuchFileException e) {
            trouble.found(Corruption.at(name, 0, "it is missing"));
            return 0;
        }
    }

    private static int readParts(
            DataFile file, String name, Expected expected, PartTarget target, Trouble trouble)
            throws IOException, StoreException {
        long size = file.size();
        long position = HEADER_BYTES;
        int parts = 0;
        int damaged = 0;
        while (true) {
            byte[] part = new byte[PART_BYTES];
            if (file.read(ByteBuffer.wrap(part), position) < PART_BYTES) {
                trouble.found(Corruption.at(name, position, "it ends without a footer"));
                return parts;
            }
            int length = Bytes.getInt(part, 0);
            if (length == -1) {
                byte[] footer = new byte[FOOTER_BYTES];
                file.read(ByteBuffer.wrap(footer), position);
                if (!footerFits(footer, expected, parts + damaged)) {
                    trouble.found(Corruption.at(name, position, "its footer does not fit"));
                } else if (size != position + FOOTER_BYTES) {
                    trouble.found(Corruption.at(name, position + FOOTER_BYTES, "it goes on"));
                }
                return parts;
            }
            if (length < 0 || length > size - position - PART_BYTES) {
                trouble.found(Corruption.at(name, position, "a part of " + length + " bytes"));
                return parts;
            }
            byte[] state = new byte[length];
            file.read(ByteBuffer.wrap(state), position + PART_BYTES);
            CRC32C crc = new CRC32C();
            crc.update(part, KEY_AT, PART_BYTES - KEY_AT);
            crc.update(state, 0, length);
            if ((int) crc.getValue() == Bytes.getInt(part, CRC_AT)) {
                target.part(Bytes.getLong(part, KEY_AT), Bytes.getLong(part, SEQUENCE_AT), state);
                parts++;
            } else {
                String which = " (its key reads " + Bytes.getLong(part, KEY_AT) + ')';
                trouble.found(
                        Corruption.at(name, position, "the checksum of a part is wrong" + which));
                damaged++;
            }
            position += PART_BYTES + length;
        }
    }

    /** Tells whether a file ends as a snapshot that was completed. */
    static boolean hasFooter(Folder folder, long id) throws IOException {
        return readFooter(folder, id) != null;
    }

    /** Finds the lowest sequence of the parts of a snapshot that may be damaged. */
    static long lowestOf(Folder folder, long id) throws IOException, StoreException {
        byte[] footer = readFooter(folder, id);
        if (footer != null) {
            return Bytes.getLong(footer, SEQUENCE_AT);
        }
        long[] lowest = {Long.MAX_VALUE};
        read(
                folder,
                new Expected(id, 0),
                (key, sequence, state) -> lowest[0] = Math.min(lowest[0], sequence),
                damage -> {});
        return lowest[0] == Long.MAX_VALUE ? 0 : lowest[0];
    }

    private static byte[] readFooter(Folder folder, long id) throws IOException {
        byte[] footer = new byte[FOOTER_BYTES];
        try (DataFile file = folder.open(Names.snapshot(id))) {
            long at = file.size() - FOOTER_BYTES;
            boolean whole =
                    at >= HEADER_BYTES
                            && file.read(ByteBuffer.wrap(footer), at) == FOOTER_BYTES
                            && Bytes.getInt(footer, 0) == -1
                            && Bytes.getLong(footer, FOOTER_ID_AT) == id
                            && Bytes.crc32c(footer, KEY_AT, FOOTER_BYTES - KEY_AT)
                                    == Bytes.getInt(footer, CRC_AT);
            return whole ? footer : null;
        }
    }

    /** Says whether a footer is the one that a snapshot of so many parts must have. */
    private static boolean footerFits(byte[] footer, Expected expected, int parts) {
        return Bytes.crc32c(footer, KEY_AT, FOOTER_BYTES - KEY_AT) == Bytes.getInt(footer, CRC_AT)
                && Bytes.getLong(footer, KEY_AT) == parts
                && Bytes.getLong(footer, SEQUENCE_AT) == expected.lowest
                && Bytes.getLong(footer, FOOTER_ID_AT) == expected.id;
    }
}
