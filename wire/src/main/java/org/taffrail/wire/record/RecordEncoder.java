// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes one record after the other into a sink, field by field in the order of {@link
 * RecordLayout}'s bits: {@link #begin}, the optional fields, the body straight into the {@link
 * #sink}, {@link #end}. A null field is left out. Not thread-safe; reusable.
 */
public final class RecordEncoder {
    private final ByteSink sink;
    private int start;
    private int bits;

    /**
     * Makes an encoder.
     *
     * @param sink where the records go
     */
    public RecordEncoder(ByteSink sink) {
        this.sink = sink;
    }

    /**
     * Returns where the records go; the body is appended to it.
     *
     * @return the sink
     */
    public ByteSink sink() {
        return sink;
    }

    /**
     * Begins a record.
     *
     * @param idHigh high half of the message id
     * @param idLow low half of the message id
     * @param sentMs when the message was sent: JMSTimestamp unless {@link #timestampDisabled}
     * @param persistent whether the delivery mode is PERSISTENT
     * @param priority 0 to 9
     * @return this
     */
    public RecordEncoder begin(
            long idHigh, long idLow, long sentMs, boolean persistent, int priority) {
        if (priority < 0 || priority > 9) {
            throw new IllegalArgumentException("priority " + priority + ", allowed 0 to 9");
        }
        start = sink.length();
        bits = (persistent ? RecordLayout.PERSISTENT : 0) | priority << RecordLayout.PRIORITY_SHIFT;
        sink.putLong(0);
        sink.putLong(idHigh);
        sink.putLong(idLow);
        sink.putLong(sentMs);
        return this;
    }

    /**
     * Sets the body's type.
     *
     * @param type the type
     * @param isNull whether a text or object message has no body at all
     * @return this
     */
    public RecordEncoder bodyType(BodyType type, boolean isNull) {
        bits |= type.ordinal() << RecordLayout.BODY_SHIFT | (isNull ? RecordLayout.BODY_NULL : 0);
        return this;
    }

    /**
     * Marks the body as compressed.
     *
     * @return this
     */
    public RecordEncoder compressed() {
        bits |= RecordLayout.COMPRESSED;
        return this;
    }

    /**
     * Says that the time of the send is no JMSTimestamp; JMSDeliveryTime may need it all the same.
     *
     * @return this
     */
    public RecordEncoder timestampDisabled() {
        bits |= RecordLayout.NO_TIMESTAMP;
        return this;
    }

    /** Marks the record as a copy made by the broker. */
    void copied() {
        bits |= RecordLayout.COPY;
    }

    /**
     * Writes when the message expires.
     *
     * @param timeMs milliseconds since 1970; 0 is left out
     * @return this
     */
    public RecordEncoder expiration(long timeMs) {
        return time(RecordLayout.EXPIRATION, timeMs);
    }

    /**
     * Writes before when the message must not be delivered.
     *
     * @param timeMs milliseconds since 1970; 0 is left out
     * @return this
     */
    public RecordEncoder deliveryTime(long timeMs) {
        return time(RecordLayout.DELIVERY_TIME, timeMs);
    }

    /**
     * Writes the key.
     *
     * @param key JMSXGroupID or null
     * @return this
     */
    public RecordEncoder key(String key) {
        return text(RecordLayout.KEY, "JMSXGroupID", key);
    }

    /**
     * Writes a correlation id of text.
     *
     * @param id JMSCorrelationID or null
     * @return this
     */
    public RecordEncoder correlation(String id) {
        return text(RecordLayout.CORRELATION_TEXT, "JMSCorrelationID", id);
    }

    /**
     * Writes a correlation id of bytes.
     *
     * @param id JMSCorrelationIDAsBytes or null
     * @return this
     */
    public RecordEncoder correlation(byte[] id) {
        return bytes(RecordLayout.CORRELATION_BYTES, "JMSCorrelationID", id);
    }

    /**
     * Writes the type.
     *
     * @param type JMSType or null
     * @return this
     */
    public RecordEncoder type(String type) {
        return text(RecordLayout.TYPE, "JMSType", type);
    }

    /**
     * Writes where replies go.
     *
     * @param kind the destination's kind; unused where the name is null
     * @param name the destination's name or null
     * @return this
     */
    public RecordEncoder replyTo(DestinationKind kind, String name) {
        if (name == null) {
            return this;
        }
        mark(RecordLayout.REPLY_TO);
        sink.putByte(kind.ordinal());
        putShortBytes("JMSReplyTo", name.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * Writes the sender's client id.
     *
     * @param id the client id or null
     * @return this
     */
    public RecordEncoder clientId(String id) {
        return text(RecordLayout.CLIENT_ID, "client id", id);
    }

    /**
     * Writes the sender's user.
     *
     * @param id JMSXUserID or null
     * @return this
     */
    public RecordEncoder userId(String id) {
        return text(RecordLayout.USER_ID, "JMSXUserID", id);
    }

    /**
     * Writes a foreign message id.
     *
     * @param id JMSMessageID, or null where the 16 bytes are the id
     * @return this
     */
    public RecordEncoder messageIdText(String id) {
        return text(RecordLayout.ID_TEXT, "JMSMessageID", id);
    }

    /**
     * Writes the properties.
     *
     * @param properties names and values that {@link TypedValues} allows; empty is left out
     * @return this
     */
    public RecordEncoder properties(Map<String, Object> properties) {
        if (properties.isEmpty()) {
            return this;
        }
        mark(RecordLayout.PROPERTIES);
        int at = sink.length();
        sink.putInt(0);
        sink.putInt(properties.size());
        for (Map.Entry<String, Object> property : properties.entrySet()) {
            putShortBytes("a property's name", property.getKey().getBytes(StandardCharsets.UTF_8));
            TypedValues.write(sink, property.getValue());
        }
        Bytes.putInt(sink.array(), at, sink.length() - at - 4);
        return this;
    }

    /** Writes what follows the head of a large message; 0 parts are left out. */
    RecordEncoder parts(int count, long bytes) {
        if (count != 0) {
            mark(RecordLayout.PARTS);
            sink.putInt(count);
            sink.putLong(bytes);
        }
        return this;
    }

    /**
     * Completes the record: what was appended to the sink since the last field is the body.
     *
     * @return the record's bytes
     */
    public int end() {
        int length = sink.length() - start;
        Bytes.putInt(sink.array(), start + RecordLayout.LENGTH, length);
        Bytes.putInt(sink.array(), start + RecordLayout.BITS, bits);
        return length;
    }

    private RecordEncoder time(int bit, long timeMs) {
        if (timeMs != 0) {
            mark(bit);
            sink.putLong(timeMs);
        }
        return this;
    }

    private RecordEncoder text(int bit, String what, String text) {
        return bytes(bit, what, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private RecordEncoder bytes(int bit, String what, byte[] bytes) {
        if (bytes != null) {
            mark(bit);
            putShortBytes(what, bytes);
        }
        return this;
    }

    private void mark(int bit) {
        if ((bits & 0xFFFF_0000) >= bit) {
            throw new IllegalStateException(
                    "field of bit " + Integer.toHexString(bit) + " is late");
        }
        bits |= bit;
    }

    private void putShortBytes(String what, byte[] bytes) {
        if (bytes.length > RecordLayout.TEXT_BYTES_MAX) {
            throw new WireException(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    what
                            + " has "
                            + bytes.length
                            + " bytes, allowed are "
                            + RecordLayout.TEXT_BYTES_MAX);
        }
        sink.putShort(bytes.length);
        sink.putBytes(bytes, 0, bytes.length);
    }
}
