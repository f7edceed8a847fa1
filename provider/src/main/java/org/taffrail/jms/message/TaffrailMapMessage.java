// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.TypedValues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message whose body is a set of names with typed values (Jakarta Messaging 3.11.3). In the
 * record it is a 32-bit count, then for each name its text (32-bit length, UTF-8) and its value as
 * {@link TypedValues} writes it, in the order in which the names were set.
 */
public final class TaffrailMapMessage extends TaffrailMessage implements MapMessage {
    /** The least bytes that one entry takes: an empty name and a null. */
    private static final int ENTRY_BYTES_MIN = 5;

    private Map<String, Object> entries = new LinkedHashMap<>();

    /** Makes a new message without entries. */
    public TaffrailMapMessage() {}

    private Object value(String name) throws JMSException {
        readBody();
        return entries.get(name);
    }

    private void put(String name, Object value) throws JMSException {
        requireWriteableBody();
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("an entry's name is null or empty");
        }
        entries.put(name, value);
    }

    @Override
    public boolean getBoolean(String name) throws JMSException {
        return Conversions.toBoolean(value(name));
    }

    @Override
    public byte getByte(String name) throws JMSException {
        return Conversions.toByte(value(name));
    }

    @Override
    public short getShort(String name) throws JMSException {
        return Conversions.toShort(value(name));
    }

    @Override
    public char getChar(String name) throws JMSException {
        return Conversions.toChar(value(name));
    }

    @Override
    public int getInt(String name) throws JMSException {
        return Conversions.toInt(value(name));
    }

    @Override
    public long getLong(String name) throws JMSException {
        return Conversions.toLong(value(name));
    }

    @Override
    public float getFloat(String name) throws JMSException {
        return Conversions.toFloat(value(name));
    }

    @Override
    public double getDouble(String name) throws JMSException {
        return Conversions.toDouble(value(name));
    }

    @Override
    public String getString(String name) throws JMSException {
        return Conversions.toText(value(name));
    }

    @Override
    public byte[] getBytes(String name) throws JMSException {
        return Conversions.toBytes(value(name));
    }

    @Override
    public Object getObject(String name) throws JMSException {
        return Conversions.copy(value(name));
    }

    @Override
    public Enumeration<String> getMapNames() throws JMSException {
        readBody();
        return Collections.enumeration(new ArrayList<>(entries.keySet()));
    }

    @Override
    public boolean itemExists(String name) throws JMSException {
        readBody();
        return entries.containsKey(name);
    }

    @Override
    public void setBoolean(String name, boolean value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setByte(String name, byte value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setShort(String name, short value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setChar(String name, char value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setInt(String name, int value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setLong(String name, long value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setFloat(String name, float value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setDouble(String name, double value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setString(String name, String value) throws JMSException {
        put(name, value);
    }

    @Override
    public void setBytes(String name, byte[] value) throws JMSException {
        put(name, Conversions.copy(value));
    }

    @Override
    public void setBytes(String name, byte[] value, int offset, int length) throws JMSException {
        put(name, Arrays.copyOfRange(value, offset, Conversions.end(value, offset, length)));
    }

    @Override
    public void setObject(String name, Object value) throws JMSException {
        requireWriteableBody();
        put(name, Conversions.copy(Conversions.allowed(value)));
    }

    @Override
    BodyType bodyType() {
        return BodyType.MAP;
    }

    @Override
    void decodeBody(ByteSource source, boolean isNull) {
        int count = source.getCount(source.remaining() / ENTRY_BYTES_MIN, "map entries");
        Map<String, Object> read = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = source.getText();
            if (name == null) {
                throw WireException.malformed("a map entry without a name");
            }
            read.put(name, TypedValues.read(source));
        }
        entries = read;
    }

    @Override
    void encodeBody(ByteSink sink) throws JMSException {
        sink.putInt(entries.size());
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            sink.putText(Texts.checked("a map entry's name", entry.getKey()));
            if (entry.getValue() instanceof String text) {
                Texts.checked(entry.getKey(), text);
            }
            TypedValues.write(sink, entry.getValue());
        }
    }

    @Override
    void resetBody() {
        entries = new LinkedHashMap<>();
    }

    @Override
    Object bodyAs(Class<?> type) throws JMSException {
        if (!bodyIs(type)) {
            throw notAssignable(type);
        }
        if (entries.isEmpty()) {
            return null;
        }
        Map<String, Object> copy = new LinkedHashMap<>(entries);
        copy.replaceAll((name, value) -> Conversions.copy(value));
        return copy;
    }

    @Override
    boolean bodyIs(Class<?> type) {
        return entries.isEmpty() || type == Map.class || type == Object.class;
    }
}
