// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.StreamMessage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stream. Fields keep the class that they were written with. */
final class ForeignStreamMessage extends ForeignMessage implements StreamMessage {
    private final List<Object> fields = new ArrayList<>();
    private boolean readable;
    private int next;
    private int bytesRead = -1;

    private Object next() throws JMSException {
        if (!readable) {
            throw new MessageNotReadableException("the stream is write-only");
        }
        if (next == fields.size()) {
            throw new MessageEOFException("the stream has ended");
        }
        return fields.get(next++);
    }

    private void add(Object value) throws JMSException {
        if (readable) {
            throw new MessageNotWriteableException("the stream is read-only");
        }
        fields.add(value);
    }

    @Override
    public void reset() {
        readable = true;
        next = 0;
        bytesRead = -1;
    }

    @Override
    public void clearBody() {
        fields.clear();
        readable = false;
        next = 0;
        bytesRead = -1;
    }

    @Override
    public Object readObject() throws JMSException {
        return next();
    }

    @Override
    public void writeObject(Object value) throws JMSException {
        add(value);
    }

    @Override
    public String readString() throws JMSException {
        return Values.text(next());
    }

    @Override
    public void writeString(String value) throws JMSException {
        add(value);
    }

    @Override
    public int readBytes(byte[] value) throws JMSException {
        byte[] field = (byte[]) next();
        if (field == null || bytesRead == field.length) {
            bytesRead = -1;
            return -1;
        }
        int from = Math.max(0, bytesRead);
        int count = Math.min(value.length, field.length - from);
        System.arraycopy(field, from, value, 0, count);
        if (count == value.length) {
            bytesRead = from + count;
            next--;
        } else {
            bytesRead = -1;
        }
        return count;
    }

    @Override
    public void writeBytes(byte[] value) throws JMSException {
        add(value);
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) throws JMSException {
        add(Arrays.copyOfRange(value, offset, offset + length));
    }

    @Override
    public boolean readBoolean() throws JMSException {
        return Values.truth(next());
    }

    @Override
    public void writeBoolean(boolean value) throws JMSException {
        add(value);
    }

    @Override
    public byte readByte() throws JMSException {
        return Values.number(next()).byteValue();
    }

    @Override
    public void writeByte(byte value) throws JMSException {
        add(value);
    }

    @Override
    public short readShort() throws JMSException {
        return Values.number(next()).shortValue();
    }

    @Override
    public void writeShort(short value) throws JMSException {
        add(value);
    }

    @Override
    public char readChar() throws JMSException {
        return Values.character(next());
    }

    @Override
    public void writeChar(char value) throws JMSException {
        add(value);
    }

    @Override
    public int readInt() throws JMSException {
        return Values.number(next()).intValue();
    }

    @Override
    public void writeInt(int value) throws JMSException {
        add(value);
    }

    @Override
    public long readLong() throws JMSException {
        return Values.number(next()).longValue();
    }

    @Override
    public void writeLong(long value) throws JMSException {
        add(value);
    }

    @Override
    public float readFloat() throws JMSException {
        return Values.number(next()).floatValue();
    }

    @Override
    public void writeFloat(float value) throws JMSException {
        add(value);
    }

    @Override
    public double readDouble() throws JMSException {
        return Values.number(next()).doubleValue();
    }

    @Override
    public void writeDouble(double value) throws JMSException {
        add(value);
    }
}
