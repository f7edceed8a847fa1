// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.StreamMessage;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.TypedValues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message whose body is a sequence of typed values, written first and read after {@link #reset}
 * (Jakarta Messaging 3.11.3). In the record the values follow each other as {@link TypedValues}
 * writes them. A read that fails leaves the position where it was.
 */
public final class TaffrailStreamMessage extends TaffrailMessage implements StreamMessage {
    /** What {@link #bytesRead} is where no bytes field has been begun. */
    private static final int NOT_BEGUN = -1;

    private List<Object> values = new ArrayList<>();

    /** Which value is read next. */
    private int position;

    /** How much of the bytes field at the position {@link #readBytes} has given out. */
    private int bytesRead = NOT_BEGUN;

    /** Makes a new message, to be written. */
    public TaffrailStreamMessage() {}

    /** Returns the next value and leaves the position to {@link #advance}. */
    private Object next() throws JMSException {
        Object value = nextField();
        if (bytesRead != NOT_BEGUN) {
            throw new MessageFormatException(
                    "readBytes has begun a field that must be read to its end",
                    ErrorCode.MALFORMED.name());
        }
        return value;
    }

    private Object nextField() throws JMSException {
        if (!isBodyReadOnly()) {
            throw new MessageNotReadableException("the body is write-only until it is reset");
        }
        readBody();
        if (position == values.size()) {
            throw new MessageEOFException("the stream has ended after " + position + " values");
        }
        return values.get(position);
    }

    private void advance() {
        position++;
        bytesRead = NOT_BEGUN;
    }

    @Override
    public boolean readBoolean() throws JMSException {
        boolean value = Conversions.toBoolean(next());
        advance();
        return value;
    }

    @Override
    public byte readByte() throws JMSException {
        byte value = Conversions.toByte(next());
        advance();
        return value;
    }

    @Override
    public short readShort() throws JMSException {
        short value = Conversions.toShort(next());
        advance();
        return value;
    }

    @Override
    public char readChar() throws JMSException {
        char value = Conversions.toChar(next());
        advance();
        return value;
    }

    @Override
    public int readInt() throws JMSException {
        int value = Conversions.toInt(next());
        advance();
        return value;
    }

    @Override
    public long readLong() throws JMSException {
        long value = Conversions.toLong(next());
        advance();
        return value;
    }

    @Override
    public float readFloat() throws JMSException {
        float value = Conversions.toFloat(next());
        advance();
        return value;
    }

    @Override
    public double readDouble() throws JMSException {
        double value = Conversions.toDouble(next());
        advance();
        return value;
    }

    @Override
    public String readString() throws JMSException {
        String value = Conversions.toText(next());
        advance();
        return value;
    }

    @Override
    public int readBytes(byte[] buffer) throws JMSException {
        Object field = nextField();
        if (field == null) {
            advance();
            return -1;
        }
        if (!(field instanceof byte[] bytes)) {
            throw Conversions.refused(field, "byte[]");
        }
        int from = Math.max(bytesRead, 0);
        int count = Math.min(buffer.length, bytes.length - from);
        if (from > 0 && from == bytes.length) {
            advance();
            return -1;
        }
        System.arraycopy(bytes, from, buffer, 0, count);
        if (count < buffer.length || bytes.length == 0) {
            advance();
        } else {
            bytesRead = from + count;
        }
        return count;
    }

    @Override
    public Object readObject() throws JMSException {
        Object value = Conversions.copy(next());
        advance();
        return value;
    }

    private void write(Object value) throws JMSException {
        requireWriteableBody();
        values.add(value);
    }

    @Override
    public void writeBoolean(boolean value) throws JMSException {
        write(value);
    }

    @Override
    public void writeByte(byte value) throws JMSException {
        write(value);
    }

    @Override
    public void writeShort(short value) throws JMSException {
        write(value);
    }

    @Override
    public void writeChar(char value) throws JMSException {
        write(value);
    }

    @Override
    public void writeInt(int value) throws JMSException {
        write(value);
    }

    @Override
    public void writeLong(long value) throws JMSException {
        write(value);
    }

    @Override
    public void writeFloat(float value) throws JMSException {
        write(value);
    }

    @Override
    public void writeDouble(double value) throws JMSException {
        write(value);
    }

    @Override
    public void writeString(String value) throws JMSException {
        write(value);
    }

    @Override
    public void writeBytes(byte[] value) throws JMSException {
        write(Conversions.copy(value));
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) throws JMSException {
        write(Arrays.copyOfRange(value, offset, Conversions.end(value, offset, length)));
    }

    @Override
    public void writeObject(Object value) throws JMSException {
        requireWriteableBody();
        write(Conversions.copy(Conversions.allowed(value)));
    }

    @Override
    public void reset() {
        makeBodyReadOnly();
        position = 0;
        bytesRead = NOT_BEGUN;
    }

    @Override
    BodyType bodyType() {
        return BodyType.STREAM;
    }

    @Override
    void decodeBody(ByteSource source, boolean isNull) {
        List<Object> read = new ArrayList<>();
        while (source.remaining() > 0) {
            read.add(TypedValues.read(source));
        }
        values = read;
    }

    @Override
    void encodeBody(ByteSink sink) throws JMSException {
        for (Object value : values) {
            if (value instanceof String text) {
                Texts.checked("a text in the stream", text);
            }
            TypedValues.write(sink, value);
        }
    }

    @Override
    void resetBody() {
        values = new ArrayList<>();
        position = 0;
        bytesRead = NOT_BEGUN;
    }

    @Override
    Object bodyAs(Class<?> type) throws JMSException {
        throw notAssignable(type);
    }

    @Override
    boolean bodyIs(Class<?> type) {
        return false;
    }
}
