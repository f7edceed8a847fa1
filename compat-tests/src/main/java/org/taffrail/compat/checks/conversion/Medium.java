// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.conversion;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;

import java.util.Arrays;
import java.util.Set;

/** The part of a message that holds one value: a property, a map's entry or a stream's field. */
enum Medium {
    PROPERTY("property", Kind.OF_PROPERTIES) {
        @Override
        Message write(Session session, Kind kind, Object value) throws JMSException {
            Message message = session.createMessage();
            switch (kind) {
                case BOOLEAN -> message.setBooleanProperty(NAME, (boolean) value);
                case BYTE -> message.setByteProperty(NAME, (byte) value);
                case SHORT -> message.setShortProperty(NAME, (short) value);
                case INT -> message.setIntProperty(NAME, (int) value);
                case LONG -> message.setLongProperty(NAME, (long) value);
                case FLOAT -> message.setFloatProperty(NAME, (float) value);
                case DOUBLE -> message.setDoubleProperty(NAME, (double) value);
                case STRING -> message.setStringProperty(NAME, (String) value);
                case CHAR, BYTES -> throw new IllegalArgumentException("no property is a " + kind);
            }
            return message;
        }

        @Override
        Message writeAsObject(Session session, Object value) throws JMSException {
            Message message = session.createMessage();
            message.setObjectProperty(NAME, value);
            return message;
        }

        @Override
        Object read(Message message, Kind kind) throws JMSException {
            return switch (kind) {
                case BOOLEAN -> message.getBooleanProperty(NAME);
                case BYTE -> message.getByteProperty(NAME);
                case SHORT -> message.getShortProperty(NAME);
                case INT -> message.getIntProperty(NAME);
                case LONG -> message.getLongProperty(NAME);
                case FLOAT -> message.getFloatProperty(NAME);
                case DOUBLE -> message.getDoubleProperty(NAME);
                case STRING -> message.getStringProperty(NAME);
                case CHAR, BYTES -> throw new IllegalArgumentException("no property is a " + kind);
            };
        }

        @Override
        Object readAsObject(Message message) throws JMSException {
            return message.getObjectProperty(NAME);
        }
    },

    MAP("map entry", Kind.OF_BODIES) {
        @Override
        Message write(Session session, Kind kind, Object value) throws JMSException {
            MapMessage map = session.createMapMessage();
            switch (kind) {
                case BOOLEAN -> map.setBoolean(NAME, (boolean) value);
                case BYTE -> map.setByte(NAME, (byte) value);
                case SHORT -> map.setShort(NAME, (short) value);
                case CHAR -> map.setChar(NAME, (char) value);
                case INT -> map.setInt(NAME, (int) value);
                case LONG -> map.setLong(NAME, (long) value);
                case FLOAT -> map.setFloat(NAME, (float) value);
                case DOUBLE -> map.setDouble(NAME, (double) value);
                case STRING -> map.setString(NAME, (String) value);
                case BYTES -> map.setBytes(NAME, (byte[]) value);
            }
            return map;
        }

        @Override
        Message writeAsObject(Session session, Object value) throws JMSException {
            MapMessage map = session.createMapMessage();
            map.setObject(NAME, value);
            return map;
        }

        @Override
        Object read(Message message, Kind kind) throws JMSException {
            MapMessage map = (MapMessage) message;
            return switch (kind) {
                case BOOLEAN -> map.getBoolean(NAME);
                case BYTE -> map.getByte(NAME);
                case SHORT -> map.getShort(NAME);
                case CHAR -> map.getChar(NAME);
                case INT -> map.getInt(NAME);
                case LONG -> map.getLong(NAME);
                case FLOAT -> map.getFloat(NAME);
                case DOUBLE -> map.getDouble(NAME);
                case STRING -> map.getString(NAME);
                case BYTES -> map.getBytes(NAME);
            };
        }

        @Override
        Object readAsObject(Message message) throws JMSException {
            return ((MapMessage) message).getObject(NAME);
        }
    },

    /** Reads always begin at the stream's beginning. */
    STREAM("stream field", Kind.OF_BODIES) {
        @Override
        Message write(Session session, Kind kind, Object value) throws JMSException {
            StreamMessage stream = session.createStreamMessage();
            switch (kind) {
                case BOOLEAN -> stream.writeBoolean((boolean) value);
                case BYTE -> stream.writeByte((byte) value);
                case SHORT -> stream.writeShort((short) value);
                case CHAR -> stream.writeChar((char) value);
                case INT -> stream.writeInt((int) value);
                case LONG -> stream.writeLong((long) value);
                case FLOAT -> stream.writeFloat((float) value);
                case DOUBLE -> stream.writeDouble((double) value);
                case STRING -> stream.writeString((String) value);
                case BYTES -> stream.writeBytes((byte[]) value);
            }
            return stream;
        }

        @Override
        Message writeAsObject(Session session, Object value) throws JMSException {
            StreamMessage stream = session.createStreamMessage();
            stream.writeObject(value);
            return stream;
        }

        @Override
        Object read(Message message, Kind kind) throws JMSException {
            StreamMessage stream = (StreamMessage) message;
            stream.reset();
            return switch (kind) {
                case BOOLEAN -> stream.readBoolean();
                case BYTE -> stream.readByte();
                case SHORT -> stream.readShort();
                case CHAR -> stream.readChar();
                case INT -> stream.readInt();
                case LONG -> stream.readLong();
                case FLOAT -> stream.readFloat();
                case DOUBLE -> stream.readDouble();
                case STRING -> stream.readString();
                case BYTES -> readBytes(stream);
            };
        }

        @Override
        Object readAsObject(Message message) throws JMSException {
            StreamMessage stream = (StreamMessage) message;
            stream.reset();
            return stream.readObject();
        }

        private static byte[] readBytes(StreamMessage stream) throws JMSException {
            byte[] bytes = new byte[BYTES_MAX];
            int count = stream.readBytes(bytes);
            return count < 0 ? null : Arrays.copyOf(bytes, count);
        }
    };

    private static final String NAME = "it";
    private static final int BYTES_MAX = 64;

    private final String words;
    private final Set<Kind> kinds;

    Medium(String words, Set<Kind> kinds) {
        this.words = words;
        this.kinds = kinds;
    }

    /** Returns what it can hold. */
    Set<Kind> kinds() {
        return kinds;
    }

    /** Writes a value into a new message by its kind's own method. */
    abstract Message write(Session session, Kind kind, Object value) throws JMSException;

    /** Writes a value into a new message by the method that takes any object. */
    abstract Message writeAsObject(Session session, Object value) throws JMSException;

    /** Reads the value by a kind's own method. */
    abstract Object read(Message message, Kind kind) throws JMSException;

    /** Reads the value by the method that returns an object. */
    abstract Object readAsObject(Message message) throws JMSException;

    @Override
    public String toString() {
        return words;
    }
}
