// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads messages of any provider. Stateless but for what it was told; thread-safe. */
public final class MessageReader {
    /** What providers set on receive, and on send: not the message's own. */
    private static final Set<String> SET_BY_PROVIDERS =
            Set.of(
                    "JMSXUserID",
                    "JMSXDeliveryCount",
                    "JMSXProducerTXID",
                    "JMSXConsumerTXID",
                    "JMSXRcvTimestamp",
                    "JMSXState");

    /** What Taffrail tells of its copies and positions: true there and then. */
    private static final String OURS = "JMS_TAFFRAIL_";

    private final boolean objectsUnread;

    /** A number in the header. */
    @FunctionalInterface
    private interface Field {
        long get() throws JMSException;
    }

    /**
     * Makes a reader.
     *
     * @param objectsUnread whether an object whose classes are not here may stay unread, because
     *     the message itself is passed on and not a copy
     */
    public MessageReader(boolean objectsUnread) {
        this.objectsUnread = objectsUnread;
    }

    /**
     * Reads a message that was received or browsed; it can be passed on afterwards.
     *
     * @param message of any provider
     * @return all of it
     * @throws RefusedException if something in it can't be read
     * @throws JMSException if the provider fails
     */
    public Parcel read(Message message) throws JMSException, RefusedException {
        BodyKind kind = kind(message);
        Address replyTo = Address.of(message.getJMSReplyTo());
        return new Parcel(
                message.getJMSMessageID(),
                orElse(0, message::getJMSTimestamp),
                correlation(message),
                message.getJMSType(),
                replyTo,
                replyTo == null && message.getJMSReplyTo() != null,
                message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT,
                (int) orElse(Message.DEFAULT_PRIORITY, message::getJMSPriority),
                orElse(0, message::getJMSExpiration),
                deliveryTimeMs(message),
                message.getJMSRedelivered(),
                message.getStringProperty("JMSXUserID"),
                properties(message),
                kind,
                body(message, kind));
    }

    private static BodyKind kind(Message message) {
        if (message instanceof TextMessage) {
            return BodyKind.TEXT;
        }
        if (message instanceof BytesMessage) {
            return BodyKind.BYTES;
        }
        if (message instanceof MapMessage) {
            return BodyKind.MAP;
        }
        if (message instanceof StreamMessage) {
            return BodyKind.STREAM;
        }
        return message instanceof ObjectMessage ? BodyKind.OBJECT : BodyKind.NONE;
    }

    /** A correlation id that was set as bytes has no text at some providers. */
    private static Object correlation(Message message) throws JMSException {
        String text = message.getJMSCorrelationID();
        if (text != null) {
            return text;
        }
        try {
            return message.getJMSCorrelationIDAsBytes();
        } catch (UnsupportedOperationException e) {
            return null; // it has none of the kind, says the specification (3.4.5)
        }
    }

    /** RabbitMQ's client throws where a message that was published over AMQP has no such field. */
    private static long orElse(long otherwise, Field field) throws JMSException {
        try {
            return field.get();
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** What is not there in providers of JMS 1.1. */
    private static long deliveryTimeMs(Message message) throws JMSException {
        try {
            return orElse(0, message::getJMSDeliveryTime);
        } catch (UnsupportedOperationException | AbstractMethodError e) {
            return 0;
        }
    }

    private static SortedMap<String, Object> properties(Message message) throws JMSException {
        SortedMap<String, Object> properties = new TreeMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            if (!SET_BY_PROVIDERS.contains(name) && !name.startsWith(OURS)) {
                properties.put(name, message.getObjectProperty(name));
            }
        }
        return properties;
    }

    private Object body(Message message, BodyKind kind) throws JMSException, RefusedException {
        return switch (kind) {
            case NONE -> null;
            case TEXT -> ((TextMessage) message).getText();
            case BYTES -> bytes((BytesMessage) message);
            case MAP -> map((MapMessage) message);
            case STREAM -> stream((StreamMessage) message);
            case OBJECT -> object((ObjectMessage) message);
        };
    }

    private static byte[] bytes(BytesMessage message) throws JMSException, RefusedException {
        message.reset();
        long length = message.getBodyLength();
        if (length > Integer.MAX_VALUE - 8) {
            throw new RefusedException(
                    "a body of " + length + " bytes does not fit in memory", null);
        }
        byte[] bytes = new byte[(int) length];
        int count = length == 0 ? 0 : message.readBytes(bytes);
        message.reset();
        if (count != length) {
            throw new RefusedException(
                    "a body of " + length + " bytes of which " + count + " can be read", null);
        }
        return bytes;
    }

    private static SortedMap<String, Object> map(MapMessage message) throws JMSException {
        SortedMap<String, Object> map = new TreeMap<>();
        Enumeration<?> names = message.getMapNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            map.put(name, message.getObject(name));
        }
        return map;
    }

    private static Bodies.Values stream(StreamMessage message) throws JMSException {
        message.reset();
        List<Object> values = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                values.add(message.readObject());
            } catch (MessageEOFException e) {
                more = false;
            }
        }
        message.reset();
        return new Bodies.Values(values);
    }

    private Object object(ObjectMessage message) throws JMSException, RefusedException {
        if (objectsUnread) {
            return Parcel.UNREAD;
        }
        try {
            Object object = message.getObject();
            return object == null ? null : new Bodies.Instance(object);
        } catch (MessageFormatException e) {
            throw unreadable(e);
        } catch (JMSException | RuntimeException | LinkageError e) {
            if (isAboutClasses(e)) {
                throw unreadable(e);
            }
            throw e;
        }
    }

    /** Providers differ in what they throw, and agree in what caused it. */
    private static boolean isAboutClasses(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String text = String.valueOf(t);
            if (t instanceof ClassNotFoundException
                    || t instanceof LinkageError
                    || text.contains("InvalidClassException")
                    || text.contains("ClassNotFoundException")
                    || text.contains("NotSerializableException")
                    || text.contains("not trusted")
                    || text.contains("nauthorized")) {
                return true;
            }
        }
        return false;
    }

    private static RefusedException unreadable(Throwable cause) {
        return new RefusedException(
                "the object in it can't be read: its classes must be on the class path"
                        + " (TAFFRAIL_CLASSPATH), and the provider's client must trust them: "
                        + cause.getMessage(),
                cause);
    }
}
