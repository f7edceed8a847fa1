// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.Arrays;

/** The bytes that are under way in one direction of a connection, in their order. */
final class ByteStream {
    private byte[] bytes = new byte[512];
    private int first;
    private int end;

    /** How many bytes are under way. */
    int length() {
        return end - first;
    }

    void put(byte[] array, int at, int count) {
        if (end + count > bytes.length) {
            int length = length();
            byte[] to = length + count > bytes.length ? new byte[2 * (length + count)] : bytes;
            System.arraycopy(bytes, first, to, 0, length);
            bytes = to;
            first = 0;
            end = length;
        }
        System.arraycopy(array, at, bytes, end, count);
        end += count;
    }

    /** Takes the first bytes, in an array of their own. */
    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, first, first + count);
        first += count;
        return taken;
    }

    void clear() {
        first = end;
    }
}
