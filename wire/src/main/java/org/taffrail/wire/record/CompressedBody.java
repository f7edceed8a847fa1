// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The body of a record whose bit 9 is set: how it is compressed, how long it was, and the
 * compressed bytes. Clients write and read it; a broker passes it on as it is.
 *
 * <pre>
 *       +---+---------------+-------------------------------------------+
 *     0 |how| bytes it was  | compressed bytes, up to the record's end  |
 *       +---+---------------+-------------------------------------------+
 *  how  1: deflate (RFC 1951), without the header and checksum of zlib, for a run has its own
 * </pre>
 *
 * The length is little-endian. Another way of compression is refused as {@link
 * ErrorCode#UNKNOWN_MANDATORY}; bytes that don't give exactly the length are {@link
 * ErrorCode#MALFORMED}. What comes from elsewhere may claim any length: {@link #checkLength} comes
 * before {@link #expand}, which makes room for it.
 */
public final class CompressedBody {
    private static final int DEFLATE = 1;
    private static final int HEADER_BYTES = 5;

    /** Deflate makes nothing shorter than one part in so many. */
    private static final int RATIO_MAX = 1032;

    private CompressedBody() {}

    /**
     * Compresses what a sink ends with, in its place, if it becomes shorter.
     *
     * @param sink the sink
     * @param at where the body begins in it
     * @return false if it would not, and is as it was
     */
    public static boolean compress(ByteSink sink, int at) {
        int bytes = sink.length() - at;
        byte[] shorter = new byte[Math.max(0, bytes - HEADER_BYTES - 1)];
        int length;
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(sink.array(), at, bytes);
            deflater.finish();
            length = deflater.deflate(shorter);
            if (!deflater.finished()) {
                return false;
            }
        } finally {
            deflater.end();
        }
        sink.length(at);
        sink.putByte(DEFLATE);
        sink.putInt(bytes);
        sink.putBytes(shorter, 0, length);
        return true;
    }

    /**
     * Checks what a compressed body says of itself.
     *
     * @param array the bytes
     * @param at where the body begins
     * @param length its compressed bytes
     * @param bytesMax how many bytes it may have been
     * @throws WireException {@link ErrorCode#MESSAGE_TOO_LARGE} if it was longer, {@link
     *     ErrorCode#UNKNOWN_MANDATORY} if it is compressed in another way, {@link
     *     ErrorCode#MALFORMED} if it can't have been so long
     */
    public static void checkLength(byte[] array, int at, int length, int bytesMax) {
        int bytes = lengthBefore(array, at, length);
        if (bytes > bytesMax) {
            throw new WireException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "the body has "
                            + bytes
                            + " bytes once it is expanded, allowed are "
                            + bytesMax
                            + ", the broker's limit for a message");
        }
    }

    private static int lengthBefore(byte[] array, int at, int length) {
        if (length < HEADER_BYTES) {
            throw WireException.malformed("a compressed body of " + length + " bytes");
        }
        if (array[at] != DEFLATE) {
            throw new WireException(
                    ErrorCode.UNKNOWN_MANDATORY, "a body compressed in way " + array[at]);
        }
        int bytes = Bytes.getInt(array, at + 1);
        if (bytes < 0 || bytes / RATIO_MAX > length) {
            throw WireException.malformed(
                    length + " bytes can't be the compressed form of " + bytes);
        }
        return bytes;
    }

    /**
     * Returns the body as it was.
     *
     * @param array the bytes
     * @param at where the compressed body begins
     * @param length its compressed bytes
     * @return a new array
     * @throws WireException {@link ErrorCode#UNKNOWN_MANDATORY} if it is compressed in another way,
     *     {@link ErrorCode#MALFORMED} if it is not the compressed form of what it says
     */
    public static byte[] expand(byte[] array, int at, int length) {
        byte[] body = new byte[lengthBefore(array, at, length)];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(array, at + HEADER_BYTES, length - HEADER_BYTES);
            int done = 0;
            int more;
            do {
                more = inflater.inflate(body, done, body.length - done);
                done += more;
            } while (more > 0 && done < body.length);
            // the end may be marked after the last byte
            boolean over = inflater.inflate(new byte[1]) > 0;
            if (over || done < body.length || !inflater.finished() || inflater.getRemaining() > 0) {
                throw WireException.malformed(
                        "a compressed body is not that of " + body.length + " bytes");
            }
        } catch (DataFormatException e) {
            throw WireException.malformed("a compressed body is damaged: " + e.getMessage());
        } finally {
            inflater.end();
        }
        return body;
    }
}
