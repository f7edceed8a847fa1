// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

import jakarta.jms.MapMessage;

import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map. Entries keep the class that they were set with. */
final class ForeignMapMessage extends ForeignMessage implements MapMessage {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    @Override
    public Enumeration<String> getMapNames() {
        return Collections.enumeration(entries.keySet());
    }

    @Override
    public boolean itemExists(String name) {
        return entries.containsKey(name);
    }

    @Override
    public Object getObject(String name) {
        return entries.get(name);
    }

    @Override
    public void setObject(String name, Object value) {
        entries.put(name, value);
    }

    @Override
    public String getString(String name) {
        return Values.text(entries.get(name));
    }

    @Override
    public void setString(String name, String value) {
        entries.put(name, value);
    }

    @Override
    public byte[] getBytes(String name) {
        return (byte[]) entries.get(name);
    }

    @Override
    public void setBytes(String name, byte[] value) {
        entries.put(name, value);
    }

    @Override
    public void setBytes(String name, byte[] value, int offset, int length) {
        entries.put(name, Arrays.copyOfRange(value, offset, offset + length));
    }

    @Override
    public void clearBody() {
        entries.clear();
    }

    @Override
    Object body() {
        return entries.isEmpty() ? null : entries;
    }

    @Override
    public boolean getBoolean(String name) {
        return Values.truth(entries.get(name));
    }

    @Override
    public void setBoolean(String name, boolean value) {
        entries.put(name, value);
    }

    @Override
    public byte getByte(String name) {
        return Values.number(entries.get(name)).byteValue();
    }

    @Override
    public void setByte(String name, byte value) {
        entries.put(name, value);
    }

    @Override
    public short getShort(String name) {
        return Values.number(entries.get(name)).shortValue();
    }

    @Override
    public void setShort(String name, short value) {
        entries.put(name, value);
    }

    @Override
    public char getChar(String name) {
        return Values.character(entries.get(name));
    }

    @Override
    public void setChar(String name, char value) {
        entries.put(name, value);
    }

    @Override
    public int getInt(String name) {
        return Values.number(entries.get(name)).intValue();
    }

    @Override
    public void setInt(String name, int value) {
        entries.put(name, value);
    }

    @Override
    public long getLong(String name) {
        return Values.number(entries.get(name)).longValue();
    }

    @Override
    public void setLong(String name, long value) {
        entries.put(name, value);
    }

    @Override
    public float getFloat(String name) {
        return Values.number(entries.get(name)).floatValue();
    }

    @Override
    public void setFloat(String name, float value) {
        entries.put(name, value);
    }

    @Override
    public double getDouble(String name) {
        return Values.number(entries.get(name)).doubleValue();
    }

    @Override
    public void setDouble(String name, double value) {
        entries.put(name, value);
    }
}
