// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** Bytes. */
final class ForeignBytesMessage extends ForeignMessage implements BytesMessage {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final DataOutputStream output = new DataOutputStream(body);
    private DataInputStream input;

    private interface Read<T> {
        T from(DataInputStream input) throws IOException;
    }

    private interface Write {
        void to(DataOutputStream output) throws IOException;
    }

    private <T> T read(Read<T> read) throws JMSException {
        if (input == null) {
            throw new MessageNotReadableException("the bytes are write-only");
        }
        try {
            return read.from(input);
        } catch (EOFException e) {
            throw new MessageEOFException("the bytes have ended");
        } catch (IOException e) {
            throw new MessageFormatException(e.toString());
        }
    }

    private void write(Write write) throws JMSException {
        if (input != null) {
            throw new MessageNotWriteableException("the bytes are read-only");
        }
        try {
            write.to(output);
        } catch (IOException e) {
            throw new MessageFormatException(e.toString());
        }
    }

    @Override
    public void reset() {
        input = new DataInputStream(new ByteArrayInputStream(body.toByteArray()));
    }

    @Override
    public void clearBody() {
        body.reset();
        input = null;
    }

    @Override
    Object body() {
        reset();
        return body.toByteArray();
    }

    @Override
    public long getBodyLength() throws JMSException {
        return read(any -> (long) body.size());
    }

    @Override
    public int readUnsignedByte() throws JMSException {
        return read(DataInputStream::readUnsignedByte);
    }

    @Override
    public int readUnsignedShort() throws JMSException {
        return read(DataInputStream::readUnsignedShort);
    }

    @Override
    public String readUTF() throws JMSException {
        return read(from -> from.readUTF());
    }

    @Override
    public void writeUTF(String value) throws JMSException {
        write(to -> to.writeUTF(value));
    }

    @Override
    public int readBytes(byte[] value) throws JMSException {
        return read(from -> from.read(value));
    }

    @Override
    public int readBytes(byte[] value, int length) throws JMSException {
        return read(from -> from.read(value, 0, length));
    }

    @Override
    public void writeBytes(byte[] value) throws JMSException {
        write(to -> to.write(value));
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) throws JMSException {
        write(to -> to.write(value, offset, length));
    }

    @Override
    public void writeObject(Object value) throws JMSException {
        if (value instanceof byte[] bytes) {
            writeBytes(bytes);
        } else if (value instanceof String text) {
            writeUTF(text);
        } else if (value instanceof Integer number) {
            writeInt(number);
        } else {
            throw new MessageFormatException("this lazy provider can't write " + value.getClass());
        }
    }

    @Override
    public boolean readBoolean() throws JMSException {
        return read(DataInputStream::readBoolean);
    }

    @Override
    public void writeBoolean(boolean value) throws JMSException {
        write(to -> to.writeBoolean(value));
    }

    @Override
    public byte readByte() throws JMSException {
        return read(DataInputStream::readByte);
    }

    @Override
    public void writeByte(byte value) throws JMSException {
        write(to -> to.writeByte(value));
    }

    @Override
    public short readShort() throws JMSException {
        return read(DataInputStream::readShort);
    }

    @Override
    public void writeShort(short value) throws JMSException {
        write(to -> to.writeShort(value));
    }

    @Override
    public char readChar() throws JMSException {
        return read(DataInputStream::readChar);
    }

    @Override
    public void writeChar(char value) throws JMSException {
        write(to -> to.writeChar(value));
    }

    @Override
    public int readInt() throws JMSException {
        return read(DataInputStream::readInt);
    }

    @Override
    public void writeInt(int value) throws JMSException {
        write(to -> to.writeInt(value));
    }

    @Override
    public long readLong() throws JMSException {
        return read(DataInputStream::readLong);
    }

    @Override
    public void writeLong(long value) throws JMSException {
        write(to -> to.writeLong(value));
    }

    @Override
    public float readFloat() throws JMSException {
        return read(DataInputStream::readFloat);
    }

    @Override
    public void writeFloat(float value) throws JMSException {
        write(to -> to.writeFloat(value));
    }

    @Override
    public double readDouble() throws JMSException {
        return read(DataInputStream::readDouble);
    }

    @Override
    public void writeDouble(double value) throws JMSException {
        write(to -> to.writeDouble(value));
    }
}
