// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.StreamMessage;

import java.util.LinkedHashMap;
import java.util.Map;

/** All methods that read from streams and bytes or write to them, by their names. */
final class Fields {
    /** Calls a method of a stream. */
    interface StreamCall {
        void on(StreamMessage message) throws JMSException;
    }

    /** Calls a method of bytes. */
    interface BytesCall {
        void on(BytesMessage message) throws JMSException;
    }

    static final Map<String, StreamCall> STREAM_READS = streamReads();
    static final Map<String, StreamCall> STREAM_WRITES = streamWrites();

    /** Those that throw at the end; not the ones that say -1. */
    static final Map<String, BytesCall> BYTES_READS = bytesReads();

    static final Map<String, BytesCall> BYTES_WRITES = bytesWrites();

    private Fields() {}

    private static Map<String, StreamCall> streamReads() {
        Map<String, StreamCall> all = new LinkedHashMap<>();
        all.put("readBoolean", StreamMessage::readBoolean);
        all.put("readByte", StreamMessage::readByte);
        all.put("readShort", StreamMessage::readShort);
        all.put("readChar", StreamMessage::readChar);
        all.put("readInt", StreamMessage::readInt);
        all.put("readLong", StreamMessage::readLong);
        all.put("readFloat", StreamMessage::readFloat);
        all.put("readDouble", StreamMessage::readDouble);
        all.put("readString", StreamMessage::readString);
        all.put("readBytes", message -> message.readBytes(new byte[8]));
        all.put("readObject", StreamMessage::readObject);
        return all;
    }

    private static Map<String, StreamCall> streamWrites() {
        Map<String, StreamCall> all = new LinkedHashMap<>();
        all.put("writeBoolean", message -> message.writeBoolean(true));
        all.put("writeByte", message -> message.writeByte((byte) 1));
        all.put("writeShort", message -> message.writeShort((short) 1));
        all.put("writeChar", message -> message.writeChar('1'));
        all.put("writeInt", message -> message.writeInt(1));
        all.put("writeLong", message -> message.writeLong(1));
        all.put("writeFloat", message -> message.writeFloat(1));
        all.put("writeDouble", message -> message.writeDouble(1));
        all.put("writeString", message -> message.writeString("1"));
        all.put("writeBytes", message -> message.writeBytes(new byte[] {1}));
        all.put("writeBytes(part)", message -> message.writeBytes(new byte[] {1, 2}, 0, 1));
        all.put("writeObject", message -> message.writeObject(1));
        return all;
    }

    private static Map<String, BytesCall> bytesReads() {
        Map<String, BytesCall> all = new LinkedHashMap<>();
        all.put("readBoolean", BytesMessage::readBoolean);
        all.put("readByte", BytesMessage::readByte);
        all.put("readUnsignedByte", BytesMessage::readUnsignedByte);
        all.put("readShort", BytesMessage::readShort);
        all.put("readUnsignedShort", BytesMessage::readUnsignedShort);
        all.put("readChar", BytesMessage::readChar);
        all.put("readInt", BytesMessage::readInt);
        all.put("readLong", BytesMessage::readLong);
        all.put("readFloat", BytesMessage::readFloat);
        all.put("readDouble", BytesMessage::readDouble);
        all.put("readUTF", BytesMessage::readUTF);
        return all;
    }

    private static Map<String, BytesCall> bytesWrites() {
        Map<String, BytesCall> all = new LinkedHashMap<>();
        all.put("writeBoolean", message -> message.writeBoolean(true));
        all.put("writeByte", message -> message.writeByte((byte) 1));
        all.put("writeShort", message -> message.writeShort((short) 1));
        all.put("writeChar", message -> message.writeChar('1'));
        all.put("writeInt", message -> message.writeInt(1));
        all.put("writeLong", message -> message.writeLong(1));
        all.put("writeFloat", message -> message.writeFloat(1));
        all.put("writeDouble", message -> message.writeDouble(1));
        all.put("writeUTF", message -> message.writeUTF("1"));
        all.put("writeBytes", message -> message.writeBytes(new byte[] {1}));
        all.put("writeBytes(part)", message -> message.writeBytes(new byte[] {1, 2}, 0, 1));
        all.put("writeObject", message -> message.writeObject(1));
        return all;
    }
}
