// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.Bytes;

/**
 * One message as bytes: 32 bytes that every record has, then the optional fields whose presence
 * bits are set, in the order of the bits, then the body up to the record's end.
 *
 * <pre>
 *        0               4               8                               16
 *       +---------------+---------------+-------------------------------+
 *     0 | record bytes  | bits          | message id, high half         |
 *       +---------------+---------------+-------------------------------+
 *    16 | message id, low half          | time of the send (ms, 1970)   |
 *       +-------------------------------+-------------------------------+
 *    32 | optional fields in the order of their bits                    |
 *       +---------------------------------------------------------------+
 *       | body, up to the record's end                                  |
 *       +---------------------------------------------------------------+
 *
 *  bit   0     persistent
 *        1-4   priority, 0 to 9
 *        5-7   body type, see {@link BodyType}
 *        8     the body is null (a text or object message without one)
 *        9     the body is compressed
 *        10    a copy made by the broker (dead letter, move)
 *        11    a part of a large message: no fields, only a piece of the body
 *        12    the time of the send is no JMSTimestamp: the sender disabled it
 *        13-15 zero
 *        16    expiration       8 bytes, ms since 1970
 *        17    delivery time    8 bytes, ms since 1970
 *        18    key              text: JMSXGroupID
 *        19    correlation id   text
 *        20    correlation id   bytes (never with bit 19)
 *        21    type             text: JMSType
 *        22    reply-to         1 byte {@link DestinationKind}, text
 *        23    client id        text: of the sender, where noLocal may need it
 *        24    user id          text: JMSXUserID
 *        25    message id       text: a foreign one; it takes the place of the 16 bytes
 *        26    properties       4 bytes length of what follows, 4 bytes count, then for each
 *                               a text and a value of {@link TypedValues}
 *        27    parts            4 bytes how many parts follow, 8 bytes of the body in them
 *        28-31 zero
 *  A text (or bytes) is a 16-bit length and the UTF-8 (or plain) bytes.
 * </pre>
 *
 * A <em>large</em> message is several records: its head, which has all fields, the field of bit 27
 * and the beginning of the body; and then, next to each other in the same partition, as many parts
 * as that field says, which have the head's id, timestamp, persistence and priority, and the rest
 * of the body in order. See {@link RecordParts} and {@link RecordAssembly}.
 *
 * <p>* Numbers are little-endian. A set bit that must be zero is refused as {@link
 * org.taffrail.wire.ErrorCode#UNKNOWN_MANDATORY}.
 */
public final class RecordLayout {
    /** Bytes that every record has. */
    public static final int FIXED_BYTES = 32;

    /** Most bytes of one optional text field. */
    public static final int TEXT_BYTES_MAX = 0xFFFF;

    static final int LENGTH = 0;
    static final int BITS = 4;
    static final int ID_HIGH = 8;
    static final int ID_LOW = 16;
    static final int TIMESTAMP = 24;

    static final int PERSISTENT = 1;
    static final int PRIORITY_SHIFT = 1;
    static final int PRIORITY_MASK = 0xF;
    static final int BODY_SHIFT = 5;
    static final int BODY_MASK = 0x7;
    static final int BODY_NULL = 1 << 8;
    static final int COMPRESSED = 1 << 9;
    static final int COPY = 1 << 10;
    static final int PART = 1 << 11;
    static final int NO_TIMESTAMP = 1 << 12;

    static final int EXPIRATION = 1 << 16;
    static final int DELIVERY_TIME = 1 << 17;
    static final int KEY = 1 << 18;
    static final int CORRELATION_TEXT = 1 << 19;
    static final int CORRELATION_BYTES = 1 << 20;
    static final int TYPE = 1 << 21;
    static final int REPLY_TO = 1 << 22;
    static final int CLIENT_ID = 1 << 23;
    static final int USER_ID = 1 << 24;
    static final int ID_TEXT = 1 << 25;
    static final int PROPERTIES = 1 << 26;
    static final int PARTS = 1 << 27;

    static final int KNOWN_BITS = 0x0FFF_1FFF;

    /** The bits that a part may have. */
    static final int PART_BITS = PART | PERSISTENT | PRIORITY_MASK << PRIORITY_SHIFT;

    /** Bytes of the field that only the head of a large message has. */
    static final int PARTS_FIELD_BYTES = 12;

    private RecordLayout() {}

    /**
     * Returns the bytes of the whole record.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return at least 32
     */
    public static int length(byte[] array, int at) {
        return Bytes.getInt(array, at + LENGTH);
    }

    /**
     * Tells whether the message is persistent.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return true for {@code DeliveryMode.PERSISTENT}
     */
    public static boolean persistent(byte[] array, int at) {
        return (bits(array, at) & PERSISTENT) != 0;
    }

    /**
     * Returns the priority.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return 0 to 9
     */
    public static int priority(byte[] array, int at) {
        return bits(array, at) >>> PRIORITY_SHIFT & PRIORITY_MASK;
    }

    /**
     * Returns when the message expires.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return milliseconds since 1970, 0 for never
     */
    public static long expirationMs(byte[] array, int at) {
        return (bits(array, at) & EXPIRATION) == 0 ? 0 : Bytes.getLong(array, at + FIXED_BYTES);
    }

    /**
     * Returns before when the message must not be delivered.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return milliseconds since 1970, 0 for at once
     */
    public static long deliveryTimeMs(byte[] array, int at) {
        int bits = bits(array, at);
        if ((bits & DELIVERY_TIME) == 0) {
            return 0;
        }
        return Bytes.getLong(array, at + FIXED_BYTES + ((bits & EXPIRATION) == 0 ? 0 : 8));
    }

    /**
     * Tells whether the record is a part of a large message.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return true for one that is no message by itself
     */
    public static boolean isPart(byte[] array, int at) {
        return (bits(array, at) & PART) != 0;
    }

    /**
     * Tells whether the record is the head of a large message.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return true if parts follow it
     */
    public static boolean hasParts(byte[] array, int at) {
        return (bits(array, at) & PARTS) != 0;
    }

    /**
     * Tells whether the message has a key.
     *
     * @param array the bytes
     * @param at where the record begins
     * @return true for a message with a {@code JMSXGroupID}
     */
    public static boolean hasKey(byte[] array, int at) {
        return (bits(array, at) & KEY) != 0;
    }

    static int bits(byte[] array, int at) {
        return Bytes.getInt(array, at + BITS);
    }
}
