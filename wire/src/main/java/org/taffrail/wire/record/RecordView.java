// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one record in place. The record must have passed {@link RunCheck} (or come from {@link
 * RecordEncoder}). Reusable: {@link #wrap} goes to another record. Not thread-safe.
 */
public final class RecordView {
    private static final int FIRST_FIELD_BIT = 16;
    private static final int FIELDS = 12;

    private final int[] fieldAt = new int[FIELDS];
    private byte[] array;
    private int start;
    private int length;
    private int bits;
    private int bodyAt;

    /**
     * Goes to a record.
     *
     * @param newArray the bytes
     * @param at where the record begins
     * @return this
     */
    public RecordView wrap(byte[] newArray, int at) {
        array = newArray;
        start = at;
        length = RecordLayout.length(array, at);
        bits = RecordLayout.bits(array, at);
        int position = at + RecordLayout.FIXED_BYTES;
        for (int field = 0; field < FIELDS; field++) {
            int bit = 1 << FIRST_FIELD_BIT + field;
            if ((bits & bit) != 0) {
                fieldAt[field] = position;
                position += fieldBytes(bit, position);
            }
        }
        bodyAt = position;
        return this;
    }

    private int fieldBytes(int bit, int at) {
        switch (bit) {
            case RecordLayout.EXPIRATION:
            case RecordLayout.DELIVERY_TIME:
                return 8;
            case RecordLayout.PARTS:
                return RecordLayout.PARTS_FIELD_BYTES;
            case RecordLayout.REPLY_TO:
                return 3 + Bytes.getUnsignedShort(array, at + 1);
            case RecordLayout.PROPERTIES:
                return 4 + Bytes.getInt(array, at);
            default:
                return 2 + Bytes.getUnsignedShort(array, at);
        }
    }

    /**
     * Returns the bytes that hold the record.
     *
     * @return the array
     */
    public byte[] array() {
        return array;
    }

    /**
     * Returns where the record begins.
     *
     * @return an index in {@link #array()}
     */
    public int start() {
        return start;
    }

    /**
     * Returns the record's bytes.
     *
     * @return at least 32
     */
    public int length() {
        return length;
    }

    /**
     * Returns the high half of the message id.
     *
     * @return 64 bits
     */
    public long idHigh() {
        return Bytes.getLong(array, start + RecordLayout.ID_HIGH);
    }

    /**
     * Returns the low half of the message id.
     *
     * @return 64 bits
     */
    public long idLow() {
        return Bytes.getLong(array, start + RecordLayout.ID_LOW);
    }

    /**
     * Returns JMSMessageID.
     *
     * @return the foreign id where there is one, else the 16 bytes as {@link MessageIds} writes
     *     them
     */
    public String messageId() {
        String foreign = text(RecordLayout.ID_TEXT);
        return foreign != null ? foreign : MessageIds.format(idHigh(), idLow());
    }

    /**
     * Tells whether the id is a foreign one.
     *
     * @return true if the id is a text
     */
    public boolean hasForeignId() {
        return has(RecordLayout.ID_TEXT);
    }

    /**
     * Tells whether the message has an id.
     *
     * @return false where the sender disabled it
     */
    public boolean hasId() {
        return hasForeignId() || idHigh() != 0 || idLow() != 0;
    }

    /**
     * Returns JMSTimestamp.
     *
     * @return milliseconds since 1970, 0 where the sender disabled it
     */
    public long timestampMs() {
        return timestampDisabled() ? 0 : sentMs();
    }

    /**
     * Returns when the message was sent, also where that is no JMSTimestamp.
     *
     * @return milliseconds since 1970
     */
    public long sentMs() {
        return Bytes.getLong(array, start + RecordLayout.TIMESTAMP);
    }

    /**
     * Tells whether the sender disabled JMSTimestamp.
     *
     * @return true if it did
     */
    public boolean timestampDisabled() {
        return (bits & RecordLayout.NO_TIMESTAMP) != 0;
    }

    /**
     * Tells whether the message is persistent.
     *
     * @return true for {@code DeliveryMode.PERSISTENT}
     */
    public boolean persistent() {
        return has(RecordLayout.PERSISTENT);
    }

    /**
     * Returns the priority.
     *
     * @return 0 to 9
     */
    public int priority() {
        return bits >>> RecordLayout.PRIORITY_SHIFT & RecordLayout.PRIORITY_MASK;
    }

    /**
     * Returns the body's type.
     *
     * @return never null
     */
    public BodyType bodyType() {
        return BodyType.of(bits >>> RecordLayout.BODY_SHIFT & RecordLayout.BODY_MASK);
    }

    /**
     * Tells whether a text or object message has no body.
     *
     * @return true if the body is null
     */
    public boolean bodyIsNull() {
        return has(RecordLayout.BODY_NULL);
    }

    /**
     * Tells whether the body is compressed.
     *
     * @return true if so
     */
    public boolean compressed() {
        return has(RecordLayout.COMPRESSED);
    }

    /**
     * Tells whether the broker made the record as a copy.
     *
     * @return true for a dead letter and what was moved
     */
    public boolean copy() {
        return has(RecordLayout.COPY);
    }

    /**
     * Returns when the message expires.
     *
     * @return milliseconds since 1970, 0 for never
     */
    public long expirationMs() {
        return time(RecordLayout.EXPIRATION);
    }

    /**
     * Returns before when the message must not be delivered.
     *
     * @return milliseconds since 1970, 0 for at once
     */
    public long deliveryTimeMs() {
        return time(RecordLayout.DELIVERY_TIME);
    }

    /**
     * Returns the key.
     *
     * @return JMSXGroupID or null
     */
    public String key() {
        return text(RecordLayout.KEY);
    }

    /**
     * Returns a number that stands for the key: the same for the same key, and for two keys only by
     * a chance of one in 2^64. It never changes for a key, in whatever process.
     *
     * @return FNV-1a of the key's UTF-8 bytes, 64 bits, and the same as for an empty key where
     *     there is none
     */
    public long keyHash() {
        return hash(RecordLayout.KEY);
    }

    private long hash(int field) {
        if (!has(field)) {
            return hash(array, 0, 0);
        }
        int from = at(field) + 2;
        return hash(array, from, from + Bytes.getUnsignedShort(array, from - 2));
    }

    /**
     * Returns the number that stands for a text in a record.
     *
     * @param utf8 an array with the text's bytes
     * @param from where they begin
     * @param upTo where they end
     * @return their FNV-1a hash, 64 bits
     */
    public static long hash(byte[] utf8, int from, int upTo) {
        long hash = 0xCBF29CE484222325L;
        for (int i = from; i < upTo; i++) {
            hash = (hash ^ utf8[i] & 0xFF) * 0x100000001B3L;
        }
        return hash;
    }

    /**
     * Tells whether the message has a correlation id that is a text.
     *
     * @return false where it has none, or bytes
     */
    public boolean hasCorrelationText() {
        return has(RecordLayout.CORRELATION_TEXT);
    }

    /**
     * Returns a number that stands for the correlation id where it is a text.
     *
     * @return the {@link #hash(byte[], int, int) hash} of its UTF-8 bytes
     */
    public long correlationHash() {
        return hash(RecordLayout.CORRELATION_TEXT);
    }

    /**
     * Returns the correlation id where it is a text.
     *
     * @return JMSCorrelationID or null
     */
    public String correlationText() {
        return text(RecordLayout.CORRELATION_TEXT);
    }

    /**
     * Returns the correlation id where it is bytes.
     *
     * @return a copy or null
     */
    public byte[] correlationBytes() {
        if (!has(RecordLayout.CORRELATION_BYTES)) {
            return null;
        }
        int at = at(RecordLayout.CORRELATION_BYTES);
        return Arrays.copyOfRange(array, at + 2, at + 2 + Bytes.getUnsignedShort(array, at));
    }

    /**
     * Returns JMSType.
     *
     * @return the type or null
     */
    public String type() {
        return text(RecordLayout.TYPE);
    }

    /**
     * Returns the kind of the destination for replies.
     *
     * @return the kind, null where there is none
     */
    public DestinationKind replyToKind() {
        return has(RecordLayout.REPLY_TO)
                ? DestinationKind.of(array[at(RecordLayout.REPLY_TO)])
                : null;
    }

    /**
     * Returns the name of the destination for replies.
     *
     * @return the name, null where there is none
     */
    public String replyToName() {
        return has(RecordLayout.REPLY_TO) ? textAt(at(RecordLayout.REPLY_TO) + 1) : null;
    }

    /**
     * Returns the sender's client id.
     *
     * @return the client id or null
     */
    public String clientId() {
        return text(RecordLayout.CLIENT_ID);
    }

    /**
     * Returns the sender's user.
     *
     * @return JMSXUserID or null
     */
    public String userId() {
        return text(RecordLayout.USER_ID);
    }

    /**
     * Returns how many properties there are.
     *
     * @return 0 or more
     */
    public int propertyCount() {
        return has(RecordLayout.PROPERTIES)
                ? Bytes.getInt(array, at(RecordLayout.PROPERTIES) + 4)
                : 0;
    }

    /**
     * Copies the properties.
     *
     * @return names and values in the order they were set; the map is the caller's
     */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        int count = propertyCount();
        if (count > 0) {
            ByteSource source = propertySource();
            for (int i = 0; i < count; i++) {
                int nameLength = source.getUnsignedShort();
                int nameAt = source.skip(nameLength);
                String name = ByteSource.decodeUtf8(array, nameAt, nameLength);
                properties.put(name, TypedValues.read(source));
            }
        }
        return properties;
    }

    /**
     * Returns where the body begins.
     *
     * @return an index in {@link #array()}
     */
    public int bodyAt() {
        return bodyAt;
    }

    /**
     * Returns the body's bytes.
     *
     * @return 0 or more
     */
    public int bodyLength() {
        return start + length - bodyAt;
    }

    /**
     * Returns how many parts follow this head of a large message.
     *
     * @return 0 for a message that is one record
     */
    public int partCount() {
        return has(RecordLayout.PARTS) ? Bytes.getInt(array, at(RecordLayout.PARTS)) : 0;
    }

    /**
     * Returns how much of the body is in the parts.
     *
     * @return in bytes, 0 for a message that is one record
     */
    public long partBytes() {
        return has(RecordLayout.PARTS) ? Bytes.getLong(array, at(RecordLayout.PARTS) + 4) : 0;
    }

    /**
     * Returns what the message would have as one record: its size, as limits and credit count it.
     *
     * @return in bytes
     */
    public long wholeLength() {
        int field = has(RecordLayout.PARTS) ? RecordLayout.PARTS_FIELD_BYTES : 0;
        return length - field + partBytes();
    }

    boolean has(int bit) {
        return (bits & bit) != 0;
    }

    int bits() {
        return bits;
    }

    /** Where a field that is present begins. */
    int at(int bit) {
        return fieldAt[Integer.numberOfTrailingZeros(bit) - FIRST_FIELD_BIT];
    }

    ByteSource propertySource() {
        int at = at(RecordLayout.PROPERTIES);
        return new ByteSource(array, at + 8, Bytes.getInt(array, at) - 4);
    }

    private long time(int bit) {
        return has(bit) ? Bytes.getLong(array, at(bit)) : 0;
    }

    private String text(int bit) {
        return has(bit) ? textAt(at(bit)) : null;
    }

    private String textAt(int at) {
        return ByteSource.decodeUtf8(array, at + 2, Bytes.getUnsignedShort(array, at));
    }
}
