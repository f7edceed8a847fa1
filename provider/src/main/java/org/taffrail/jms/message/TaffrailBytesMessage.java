// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.BodyType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A message whose body is bytes as they are, written first and read after {@link #reset} (Jakarta
 * Messaging 3.11.3). Numbers are big-endian and texts in modified UTF-8, as {@code DataOutput}
 * writes them. A read that fails leaves the position where it was.
 */
public final class TaffrailBytesMessage extends TaffrailMessage implements BytesMessage {
    private static final int FIRST_CAPACITY = 64;

    /** The bytes in write-only mode, else null. */
    private ByteSink written = new ByteSink(FIRST_CAPACITY);

    /** The bytes and the position in read-only mode, else null. */
    private ByteBuffer readable;

    /** Makes a new message, to be written. */
    public TaffrailBytesMessage() {}

    private ByteBuffer readable(int bytes) throws JMSException {
        ByteBuffer buffer = readable();
        if (buffer.remaining() < bytes) {
            throw new MessageEOFException(
                    "needs " + bytes + " bytes, left are " + buffer.remaining());
        }
        return buffer;
    }

    private ByteBuffer readable() throws JMSException {
        if (!isBodyReadOnly()) {
            throw new MessageNotReadableException("the body is write-only until it is reset");
        }
        readBody();
        return readable;
    }

    private ByteSink writeable() throws JMSException {
        requireWriteableBody();
        return written;
    }

    @Override
    public long getBodyLength() throws JMSException {
        return readable().limit();
    }

    @Override
    public boolean readBoolean() throws JMSException {
        return readable(1).get() != 0;
    }

    @Override
    public byte readByte() throws JMSException {
        return readable(1).get();
    }

    @Override
    public int readUnsignedByte() throws JMSException {
        return readable(1).get() & 0xFF;
    }

    @Override
    public short readShort() throws JMSException {
        return readable(2).getShort();
    }

    @Override
    public int readUnsignedShort() throws JMSException {
        return readable(2).getShort() & 0xFFFF;
    }

    @Override
    public char readChar() throws JMSException {
        return readable(2).getChar();
    }

    @Override
    public int readInt() throws JMSException {
        return readable(4).getInt();
    }

    @Override
    public long readLong() throws JMSException {
        return readable(8).getLong();
    }

    @Override
    public float readFloat() throws JMSException {
        return readable(4).getFloat();
    }

    @Override
    public double readDouble() throws JMSException {
        return readable(8).getDouble();
    }

    @Override
    public String readUTF() throws JMSException {
        ByteBuffer buffer = readable(2);
        int length = buffer.getShort(buffer.position()) & 0xFFFF;
        readable(2 + length);
        String text =
                ModifiedUtf8.decode(
                        buffer.array(), buffer.arrayOffset() + buffer.position(), 2 + length);
        buffer.position(buffer.position() + 2 + length);
        return text;
    }

    @Override
    public int readBytes(byte[] value) throws JMSException {
        return readBytes(value, value.length);
    }

    @Override
    public int readBytes(byte[] value, int length) throws JMSException {
        if (length < 0 || length > value.length) {
            throw new IndexOutOfBoundsException(
                    "length " + length + " of a buffer of " + value.length);
        }
        ByteBuffer buffer = readable();
        int count = Math.min(length, buffer.remaining());
        if (count == 0 && !buffer.hasRemaining()) {
            return -1;
        }
        buffer.get(value, 0, count);
        return count;
    }

    @Override
    public void writeBoolean(boolean value) throws JMSException {
        writeable().putBoolean(value);
    }

    @Override
    public void writeByte(byte value) throws JMSException {
        writeable().putByte(value);
    }

    @Override
    public void writeShort(short value) throws JMSException {
        writeable().putShort(Short.reverseBytes(value));
    }

    @Override
    public void writeChar(char value) throws JMSException {
        writeable().putShort(Character.reverseBytes(value));
    }

    @Override
    public void writeInt(int value) throws JMSException {
        writeable().putInt(Integer.reverseBytes(value));
    }

    @Override
    public void writeLong(long value) throws JMSException {
        writeable().putLong(Long.reverseBytes(value));
    }

    @Override
    public void writeFloat(float value) throws JMSException {
        writeInt(Float.floatToRawIntBits(value));
    }

    @Override
    public void writeDouble(double value) throws JMSException {
        writeLong(Double.doubleToRawLongBits(value));
    }

    @Override
    public void writeUTF(String value) throws JMSException {
        requireWriteableBody();
        writeBytes(ModifiedUtf8.encode(value));
    }

    @Override
    public void writeBytes(byte[] value) throws JMSException {
        writeable().putBytes(value, 0, value.length);
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) throws JMSException {
        Conversions.end(value, offset, length);
        writeable().putBytes(value, offset, length);
    }

    @Override
    public void writeObject(Object value) throws JMSException {
        requireWriteableBody();
        Objects.requireNonNull(value, "writeObject(null)");
        if (value instanceof byte[] bytes) {
            writeBytes(bytes);
        } else if (value instanceof String text) {
            writeUTF(text);
        } else if (value instanceof Integer number) {
            writeInt(number);
        } else if (value instanceof Long number) {
            writeLong(number);
        } else if (value instanceof Boolean flag) {
            writeBoolean(flag);
        } else if (value instanceof Double number) {
            writeDouble(number);
        } else if (value instanceof Float number) {
            writeFloat(number);
        } else if (value instanceof Short number) {
            writeShort(number);
        } else if (value instanceof Byte number) {
            writeByte(number);
        } else if (value instanceof Character character) {
            writeChar(character);
        } else {
            throw new MessageFormatException(
                    "a value of " + value.getClass().getName(), ErrorCode.MALFORMED.name());
        }
    }

    @Override
    public void reset() throws JMSException {
        readBody();
        if (written != null) {
            readable = ByteBuffer.wrap(written.array(), 0, written.length()).slice();
            written = null;
        }
        readable.rewind();
        makeBodyReadOnly();
    }

    @Override
    BodyType bodyType() {
        return BodyType.BYTES;
    }

    @Override
    void decodeBody(ByteSource source, boolean isNull) {
        int length = source.remaining();
        readable = ByteBuffer.wrap(source.array(), source.skip(length), length).slice();
        written = null;
    }

    @Override
    void encodeBody(ByteSink sink) {
        if (written != null) {
            sink.putBytes(written.array(), 0, written.length());
        } else {
            sink.putBytes(readable.array(), readable.arrayOffset(), readable.limit());
        }
    }

    @Override
    void resetBody() {
        written = new ByteSink(FIRST_CAPACITY);
        readable = null;
    }

    @Override
    Object bodyAs(Class<?> type) throws JMSException {
        if (!bodyIs(type)) {
            throw notAssignable(type);
        }
        reset();
        return readable.hasRemaining()
                ? Arrays.copyOfRange(
                        readable.array(),
                        readable.arrayOffset(),
                        readable.arrayOffset() + readable.limit())
                : null;
    }

    @Override
    boolean bodyIs(Class<?> type) {
        int length = written != null ? written.length() : readable.limit();
        return length == 0 || type == byte[].class || type == Object.class;
    }
}
