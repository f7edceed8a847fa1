// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.selector.Evaluation;
import org.taffrail.wire.selector.Identifier;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorInput;
import org.taffrail.wire.selector.Value;

/**
 * Lets selectors read a record's bytes in place (Jakarta Messaging 3.8.1.1 says which header fields
 * they see). Not thread-safe; reusable for any number of records and selectors.
 *
 * <p>{@code JMSXDeliveryCount} is not known to a record and reads as null; the key reads as {@code
 * JMSXGroupID}, the user as {@code JMSXUserID}. A correlation id of bytes, and a property of a type
 * that selectors don't have (bytes), read as null.
 */
public final class SelectorRecord implements SelectorInput {
    private final Evaluation evaluation = new Evaluation();
    private final byte[] messageId = new byte[MessageIds.CHARS];
    private RecordView record;

    /** Makes one that has read nothing yet. */
    public SelectorRecord() {}

    /**
     * Tells whether a selector selects a record.
     *
     * @param selector the selector
     * @param view the record
     * @return true only where the selector is true, not where it is unknown
     */
    public boolean matches(Selector selector, RecordView view) {
        record = view;
        return selector.matches(this, evaluation);
    }

    @Override
    public void fetch(Identifier identifier, Value value) {
        switch (identifier.field()) {
            case DELIVERY_MODE:
                value.setDeliveryMode(record.persistent());
                break;
            case PRIORITY:
                value.setInt(record.priority());
                break;
            case TIMESTAMP:
                value.setLong(record.timestampMs());
                break;
            case MESSAGE_ID:
                fetchMessageId(value);
                break;
            case CORRELATION_ID:
                fetchText(RecordLayout.CORRELATION_TEXT, value);
                break;
            case TYPE:
                fetchText(RecordLayout.TYPE, value);
                break;
            case GROUP_ID:
                fetchText(RecordLayout.KEY, value);
                break;
            case USER_ID:
                fetchText(RecordLayout.USER_ID, value);
                break;
            case DELIVERY_COUNT:
                value.setNull();
                break;
            default:
                fetchProperty(identifier, value);
        }
    }

    private void fetchMessageId(Value value) {
        if (record.has(RecordLayout.ID_TEXT)) {
            fetchText(RecordLayout.ID_TEXT, value);
        } else if (record.hasId()) {
            MessageIds.format(record.idHigh(), record.idLow(), messageId);
            value.setString(messageId, 0, MessageIds.CHARS);
        } else {
            value.setNull();
        }
    }

    private void fetchText(int field, Value value) {
        if (record.has(field)) {
            int at = record.at(field);
            value.setString(record.array(), at + 2, Bytes.getUnsignedShort(record.array(), at));
        } else {
            value.setNull();
        }
    }

    private void fetchProperty(Identifier identifier, Value value) {
        value.setNull();
        int count = record.propertyCount();
        if (count == 0) {
            return;
        }
        ByteSource source = record.propertySource();
        for (int i = 0; i < count; i++) {
            int length = source.getUnsignedShort();
            int at = source.skip(length);
            if (identifier.hasName(source.array(), at, length)) {
                fetchValue(source, value);
                return;
            }
            TypedValues.skip(source);
        }
    }

    private static void fetchValue(ByteSource source, Value value) {
        switch (source.getUnsignedByte()) {
            case TypedValues.BOOLEAN:
                value.setBoolean(source.getBoolean());
                break;
            case TypedValues.BYTE:
                value.setInt((byte) source.getUnsignedByte());
                break;
            case TypedValues.SHORT:
                value.setInt((short) source.getUnsignedShort());
                break;
            case TypedValues.INT:
                value.setInt(source.getInt());
                break;
            case TypedValues.LONG:
                value.setLong(source.getLong());
                break;
            case TypedValues.FLOAT:
                value.setFloat(Float.intBitsToFloat(source.getInt()));
                break;
            case TypedValues.DOUBLE:
                value.setDouble(Double.longBitsToDouble(source.getLong()));
                break;
            case TypedValues.TEXT:
                int length = source.getInt();
                value.setString(source.array(), source.skip(length), length);
                break;
            default:
                value.setNull();
        }
    }
}
