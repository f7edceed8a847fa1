// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;

import org.taffrail.jms.JmsErrors;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.BodyType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A message whose body is a serialized object or null (Jakarta Messaging 3.11). The object is
 * serialized when it is set, so that later changes to it don't matter, and deserialized each time
 * it is asked for. What was received is deserialized only as far as the {@link ObjectAllowList}
 * goes; what this message was given by its own application is trusted.
 */
public final class TaffrailObjectMessage extends TaffrailMessage implements ObjectMessage {
    private static final ObjectAllowList TRUSTED = ObjectAllowList.of("*");

    private final ObjectAllowList allowListOfReceived;

    /** Which classes the bytes may name. */
    private ObjectAllowList allowList = TRUSTED;

    /** The serialized object, null for none. */
    private byte[] serialized;

    /** Makes a new message without an object. */
    public TaffrailObjectMessage() {
        this(ObjectAllowList.STANDARD);
    }

    /**
     * Makes a new message.
     *
     * @param object its object or null
     * @throws JMSException if the object can't be serialized
     */
    public TaffrailObjectMessage(Serializable object) throws JMSException {
        this(ObjectAllowList.STANDARD);
        setObject(object);
    }

    /** Makes a message that will be a received one. */
    TaffrailObjectMessage(ObjectAllowList allowListOfReceived) {
        this.allowListOfReceived = allowListOfReceived;
    }

    @Override
    public void setObject(Serializable object) throws JMSException {
        requireWriteableBody();
        serialized = object == null ? null : serialize(object);
        allowList = TRUSTED;
    }

    @Override
    public Serializable getObject() throws JMSException {
        readBody();
        return serialized == null ? null : deserialize();
    }

    private static byte[] serialize(Serializable object) throws MessageFormatException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(object);
        } catch (IOException | RuntimeException e) {
            throw JmsErrors.caused(
                    new MessageFormatException(
                            "an object of "
                                    + object.getClass().getName()
                                    + " can't be serialized: "
                                    + e,
                            ErrorCode.MALFORMED.name()),
                    e);
        }
        return bytes.toByteArray();
    }

    private Serializable deserialize() throws MessageFormatException {
        try (GuardedObjectInput input =
                new GuardedObjectInput(serialized, 0, serialized.length, allowList)) {
            return deserialize(input);
        } catch (IOException e) {
            throw unreadable(e.toString(), e);
        }
    }

    private static Serializable deserialize(GuardedObjectInput input)
            throws MessageFormatException {
        try {
            return (Serializable) input.readObject();
        } catch (IOException
                | ClassNotFoundException
                | RuntimeException
                | LinkageError
                | StackOverflowError e) {
            throw unreadable(input.refusal() != null ? input.refusal() : e.toString(), e);
        }
    }

    private static MessageFormatException unreadable(String why, Throwable cause) {
        return JmsErrors.caused(
                new MessageFormatException(
                        "the object can't be deserialized: " + why, ErrorCode.MALFORMED.name()),
                cause);
    }

    @Override
    BodyType bodyType() {
        return BodyType.OBJECT;
    }

    @Override
    boolean bodyIsNull() {
        return serialized == null;
    }

    @Override
    void decodeBody(ByteSource source, boolean isNull) {
        int length = source.remaining();
        int at = source.skip(length);
        serialized = isNull ? null : Arrays.copyOfRange(source.array(), at, at + length);
        allowList = allowListOfReceived;
    }

    @Override
    void encodeBody(ByteSink sink) {
        if (serialized != null) {
            sink.putBytes(serialized, 0, serialized.length);
        }
    }

    @Override
    void resetBody() {
        serialized = null;
    }

    @Override
    Object bodyAs(Class<?> type) throws JMSException {
        Object object = getObject();
        if (object != null && !type.isInstance(object)) {
            throw notAssignable(type);
        }
        return object;
    }

    @Override
    boolean bodyIs(Class<?> type) {
        try {
            Object object = getObject();
            return object == null || type.isInstance(object);
        } catch (JMSException e) {
            return false;
        }
    }
}
