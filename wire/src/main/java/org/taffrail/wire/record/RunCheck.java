// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

/**
 * Checks a run that comes from a peer or a file, once, so that all later readers may trust its
 * lengths and texts: version, checksum, counts, every record's bits, fields and properties. A body
 * is never looked into.
 */
public final class RunCheck {
    /** Most properties of one message. */
    public static final int PROPERTIES_MAX = 1 << 16;

    /**
     * Most properties of a copy that the broker made: it must hold all that a message may have, and
     * beside them where the copy is from and why.
     */
    public static final int COPY_PROPERTIES_MAX = PROPERTIES_MAX + 64;

    private RunCheck() {}

    /**
     * Checks a run that fills a range.
     *
     * @param array the bytes
     * @param at where the run begins
     * @param length how many bytes it must have
     * @throws WireException {@link ErrorCode#MALFORMED}, {@link ErrorCode#CORRUPT}, {@link
     *     ErrorCode#UNSUPPORTED_VERSION} or {@link ErrorCode#UNKNOWN_MANDATORY}
     */
    public static void check(byte[] array, int at, int length) {
        checkHeader(array, at, length);
        int end = at + length;
        int count = RunLayout.count(array, at);
        if (count < 1 || count > (length - RunLayout.HEADER_BYTES) / RecordLayout.FIXED_BYTES) {
            throw WireException.malformed(
                    "a run of " + length + " bytes says it has " + count + " records");
        }
        int position = at + RunLayout.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int left = end - position;
            if (left < RecordLayout.FIXED_BYTES) {
                throw WireException.malformed("record " + i + " of " + count + " is cut");
            }
            int recordLength = RecordLayout.length(array, position);
            if (recordLength < RecordLayout.FIXED_BYTES || recordLength > left) {
                throw WireException.malformed(
                        "record " + i + " says " + recordLength + " bytes, left are " + left);
            }
            checkRecord(array, position, recordLength);
            position += recordLength;
        }
        if (position != end) {
            throw WireException.malformed(end - position + " surplus bytes in a run");
        }
    }

    /**
     * Checks the second checksum, of what the broker wrote.
     *
     * @param array the bytes
     * @param at where a run begins that passed {@link #check}
     * @throws WireException {@link ErrorCode#CORRUPT}
     */
    public static void checkStamp(byte[] array, int at) {
        if (Bytes.getInt(array, at + RunLayout.BROKER_CRC) != RunLayout.brokerCrc(array, at)) {
            throw new WireException(ErrorCode.CORRUPT, "checksum of a run's broker part");
        }
    }

    private static void checkHeader(byte[] array, int at, int length) {
        if (length < RunLayout.HEADER_BYTES + RecordLayout.FIXED_BYTES) {
            throw WireException.malformed("a run of " + length + " bytes");
        }
        if (RunLayout.length(array, at) != length) {
            throw WireException.malformed(
                    "a run of " + length + " bytes says " + RunLayout.length(array, at));
        }
        int version = array[at + RunLayout.VERSION_AT] & 0xFF;
        if (version != RunLayout.VERSION) {
            throw new WireException(
                    ErrorCode.UNSUPPORTED_VERSION, "run version " + version + ", known is 1");
        }
        if (array[at + RunLayout.FLAGS] != 0) {
            throw new WireException(
                    ErrorCode.UNKNOWN_MANDATORY, "run flags " + array[at + RunLayout.FLAGS]);
        }
        if (Bytes.getUnsignedShort(array, at + RunLayout.HEADER_LENGTH) != RunLayout.HEADER_BYTES) {
            throw WireException.malformed("a run header's length");
        }
        if (Bytes.getInt(array, at + RunLayout.CRC) != RunLayout.fixedCrc(array, at)) {
            throw new WireException(ErrorCode.CORRUPT, "checksum of a run");
        }
    }

    /**
     * Checks one record.
     *
     * @param array the bytes
     * @param at where the record begins
     * @param length the bytes that it says it has, at least {@link RecordLayout#FIXED_BYTES}
     * @throws WireException as {@link #check}
     */
    public static void checkRecord(byte[] array, int at, int length) {
        int bits = RecordLayout.bits(array, at);
        if ((bits & ~RecordLayout.KNOWN_BITS) != 0) {
            throw new WireException(
                    ErrorCode.UNKNOWN_MANDATORY, "record bits " + Integer.toHexString(bits));
        }
        if (RecordLayout.priority(array, at) > 9) {
            throw WireException.malformed("priority " + RecordLayout.priority(array, at));
        }
        if (BodyType.of(bits >>> RecordLayout.BODY_SHIFT & RecordLayout.BODY_MASK) == null) {
            throw WireException.malformed("a record's body type");
        }
        int both = RecordLayout.CORRELATION_TEXT | RecordLayout.CORRELATION_BYTES;
        if ((bits & both) == both) {
            throw WireException.malformed("two correlation ids");
        }
        if ((bits & RecordLayout.PART) != 0 && (bits & ~RecordLayout.PART_BITS) != 0) {
            throw WireException.malformed("a part with bits " + Integer.toHexString(bits));
        }
        ByteSource source =
                new ByteSource(
                        array, at + RecordLayout.FIXED_BYTES, length - RecordLayout.FIXED_BYTES);
        int fields = bits & 0xFFFF_0000;
        while (fields != 0) {
            int bit = Integer.lowestOneBit(fields);
            fields ^= bit;
            if (bit == RecordLayout.PROPERTIES) {
                checkProperties(
                        source,
                        (bits & RecordLayout.COPY) == 0 ? PROPERTIES_MAX : COPY_PROPERTIES_MAX);
            } else {
                checkField(source, bit);
            }
        }
    }

    private static void checkField(ByteSource source, int bit) {
        switch (bit) {
            case RecordLayout.EXPIRATION:
            case RecordLayout.DELIVERY_TIME:
                source.skip(8);
                break;
            case RecordLayout.REPLY_TO:
                DestinationKind.of(source.getUnsignedByte());
                checkText(source, source.getUnsignedShort());
                break;
            case RecordLayout.PARTS:
                checkParts(source.getInt(), source.getLong());
                break;
            case RecordLayout.CORRELATION_BYTES:
                source.skip(source.getUnsignedShort());
                break;
            default:
                checkText(source, source.getUnsignedShort());
        }
    }

    private static void checkParts(int count, long bytes) {
        if (count < 1 || bytes < count) {
            throw WireException.malformed(bytes + " bytes of a body in " + count + " parts");
        }
    }

    private static void checkProperties(ByteSource source, int max) {
        int bytes = source.getInt();
        int end = source.position() + bytes;
        if (bytes < 4 || bytes > source.remaining()) {
            throw WireException.malformed("properties of " + bytes + " bytes");
        }
        int count = source.getCount(max, "properties");
        for (int i = 0; i < count; i++) {
            checkText(source, source.getUnsignedShort());
            checkValue(source);
            if (source.position() > end) {
                break;
            }
        }
        if (source.position() != end) {
            throw WireException.malformed("properties do not end where they say");
        }
    }

    private static void checkValue(ByteSource source) {
        int at = source.position();
        int type = TypedValues.skip(source);
        if (type == TypedValues.TEXT) {
            int textAt = at + 1 + Integer.BYTES;
            ByteSource.checkUtf8(source.array(), textAt, source.position() - textAt);
        } else if (type == TypedValues.BOOLEAN && (source.array()[at + 1] & ~1) != 0) {
            throw WireException.malformed("truth value " + source.array()[at + 1]);
        }
    }

    private static void checkText(ByteSource source, int length) {
        ByteSource.checkUtf8(source.array(), source.skip(length), length);
    }
}
