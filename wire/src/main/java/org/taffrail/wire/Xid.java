// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a transaction branch (X/Open XA, section 4.2): a format, the global transaction, and
 * the branch of it. Immutable; two are equal if all three are.
 *
 * @param formatId how the others were made; -1 stands for none in XA, and is not allowed
 * @param global the global transaction, 1 to {@link #PART_BYTES_MAX} bytes
 * @param qualifier the branch, up to {@link #PART_BYTES_MAX} bytes
 */
public record Xid(int formatId, byte[] global, byte[] qualifier) {
    /** The longest global transaction id, and the longest branch qualifier. */
    public static final int PART_BYTES_MAX = 64;

    private static final HexFormat HEX = HexFormat.of();

    /**
     * Checks and copies.
     *
     * @param formatId see above
     * @param global see above
     * @param qualifier see above
     * @throws WireException {@link ErrorCode#MALFORMED} if a part is out of bounds
     */
    public Xid {
        if (formatId == -1
                || global.length == 0
                || global.length > PART_BYTES_MAX
                || qualifier.length > PART_BYTES_MAX) {
            throw WireException.malformed(
                    "a branch of format "
                            + formatId
                            + " with a global id of "
                            + global.length
                            + " bytes and a qualifier of "
                            + qualifier.length);
        }
        global = global.clone();
        qualifier = qualifier.clone();
    }

    /**
     * Returns the global transaction.
     *
     * @return a copy
     */
    @Override
    public byte[] global() {
        return global.clone();
    }

    /**
     * Returns the branch of it.
     *
     * @return a copy
     */
    @Override
    public byte[] qualifier() {
        return qualifier.clone();
    }

    /**
     * Appends it.
     *
     * @param sink where to
     */
    public void write(ByteSink sink) {
        sink.putInt(formatId);
        sink.putBlob(global);
        sink.putBlob(qualifier);
    }

    /**
     * Reads one.
     *
     * @param source where from
     * @return what {@link #write} wrote
     * @throws WireException {@link ErrorCode#MALFORMED} if a part is missing or out of bounds
     */
    public static Xid read(ByteSource source) {
        int formatId = source.getInt();
        byte[] global = source.getBlob();
        byte[] qualifier = source.getBlob();
        if (global == null || qualifier == null) {
            throw WireException.malformed("a branch without a name");
        }
        return new Xid(formatId, global, qualifier);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text the text
     * @return the branch's name
     * @throws WireException {@link ErrorCode#MALFORMED} if it is none
     */
    public static Xid parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw WireException.malformed(
                    "'" + text + "' is not a format, a global id and a qualifier, with colons");
        }
        try {
            return new Xid(
                    Integer.parseInt(parts[0]), HEX.parseHex(parts[1]), HEX.parseHex(parts[2]));
        } catch (IllegalArgumentException e) {
            throw WireException.malformed("'" + text + "' names no branch: " + e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xid xid
                && formatId == xid.formatId
                && Arrays.equals(global, xid.global)
                && Arrays.equals(qualifier, xid.qualifier);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * formatId + Arrays.hashCode(global)) + Arrays.hashCode(qualifier);
    }

    /** Returns its parts with colons between, the last two in hexadecimal digits. */
    @Override
    public String toString() {
        return formatId + ":" + HEX.formatHex(global) + ":" + HEX.formatHex(qualifier);
    }
}
