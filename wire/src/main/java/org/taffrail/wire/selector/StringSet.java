// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

import java.util.List;

/**
 * A fixed set of strings that is asked about slices of UTF-8: compared one by one while there are
 * few, found by hash when there are many.
 */
final class StringSet {

    private static final int FEW = 6;

    /** In the order of the selector, for printing; duplicates are kept. */
    private final byte[][] values;

    /** Open addressing with linear probing, at most half full; null where there are few values. */
    private final byte[][] table;

    StringSet(List<String> strings) {
        values = new byte[strings.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = Utf8.encode(strings.get(i));
        }
        table = values.length <= FEW ? null : tableOf(values);
    }

    private static byte[][] tableOf(byte[][] values) {
        byte[][] table = new byte[Integer.highestOneBit(values.length) * 4][];
        for (byte[] value : values) {
            int slot = slot(table, Utf8.hash(value, 0, value.length));
            while (table[slot] != null) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = value;
        }
        return table;
    }

    boolean contains(byte[] bytes, int offset, int length) {
        if (table == null) {
            for (byte[] value : values) {
                if (Utf8.equal(value, 0, value.length, bytes, offset, length)) {
                    return true;
                }
            }
            return false;
        }
        int slot = slot(table, Utf8.hash(bytes, offset, length));
        while (table[slot] != null) {
            if (Utf8.equal(table[slot], 0, table[slot].length, bytes, offset, length)) {
                return true;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return false;
    }

    private static int slot(byte[][] table, int hash) {
        // the multiplication brings the high bits of the hash to bear on the slot
        return (hash * 0x9E3779B9 >>> 7) & (table.length - 1);
    }

    void print(StringBuilder out) {
        Value cell = new Value();
        String separator = "";
        for (byte[] value : values) {
            cell.setString(value, 0, value.length);
            out.append(separator).append(cell);
            separator = ", ";
        }
    }
}
