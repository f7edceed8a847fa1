// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;

/** Makes messages of a session's provider. Used by the session's thread. */
public final class MessageWriter {
    private final Session session;
    private final boolean imports;

    /**
     * Makes a writer.
     *
     * @param session of the provider that the messages are for
     * @param imports whether it takes id, time and user from the message
     */
    public MessageWriter(Session session, boolean imports) {
        this.session = session;
        this.imports = imports;
    }

    /**
     * Makes the message of a parcel; what the producer sets on a plain send is set as well where
     * the provider imports.
     *
     * @param parcel what was read from the other provider
     * @return a message that nobody has sent yet
     * @throws RefusedException if the provider can't hold what is in it, for what reason
     * @throws JMSException if the provider fails
     */
    public Message write(Parcel parcel) throws JMSException, RefusedException {
        try {
            Message message = body(parcel);
            header(parcel, message);
            properties(parcel, message);
            return message;
        } catch (MessageFormatException | IllegalArgumentException e) {
            throw new RefusedException("the new provider can't hold it: " + e.getMessage(), e);
        }
    }

    private Message body(Parcel parcel) throws JMSException, RefusedException {
        return switch (parcel.kind()) {
            case NONE -> session.createMessage();
            case TEXT -> session.createTextMessage((String) parcel.body());
            case BYTES -> {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes((byte[]) parcel.body());
                yield message;
            }
            case MAP -> {
                MapMessage message = session.createMapMessage();
                for (Map.Entry<?, ?> entry : ((SortedMap<?, ?>) parcel.body()).entrySet()) {
                    message.setObject((String) entry.getKey(), entry.getValue());
                }
                yield message;
            }
            case STREAM -> {
                StreamMessage message = session.createStreamMessage();
                for (Object value : ((Bodies.Values) parcel.body()).list()) {
                    message.writeObject(value);
                }
                yield message;
            }
            case OBJECT -> object(parcel);
        };
    }

    private Message object(Parcel parcel) throws JMSException, RefusedException {
        if (parcel.body() == Parcel.UNREAD) {
            throw new RefusedException("its object was not read", null);
        }
        return session.createObjectMessage(
                parcel.body() instanceof Bodies.Instance instance
                        ? (Serializable) instance.object()
                        : null);
    }

    private void header(Parcel parcel, Message message) throws JMSException {
        if (parcel.correlation() instanceof byte[] bytes) {
            message.setJMSCorrelationIDAsBytes(bytes);
        } else {
            message.setJMSCorrelationID((String) parcel.correlation());
        }
        message.setJMSType(parcel.type());
        if (parcel.replyTo() != null) {
            String name = parcel.replyTo().name();
            message.setJMSReplyTo(
                    parcel.replyTo().kind() == Address.Kind.QUEUE
                            ? session.createQueue(name)
                            : session.createTopic(name));
        }
        if (imports) {
            message.setJMSMessageID(parcel.id());
            message.setJMSTimestamp(parcel.timestampMs());
            message.setJMSDeliveryMode(mode(parcel));
            message.setJMSPriority(parcel.priority());
            message.setJMSExpiration(parcel.expirationMs());
            message.setJMSDeliveryTime(parcel.deliveryTimeMs());
            if (parcel.userId() != null) {
                message.setStringProperty("JMSXUserID", parcel.userId());
            }
        }
    }

    /**
     * Returns the delivery mode to send a parcel with.
     *
     * @param parcel what was read
     * @return one of {@link DeliveryMode}
     */
    public static int mode(Parcel parcel) {
        return parcel.persistent() ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
    }

    private static void properties(Parcel parcel, Message message)
            throws JMSException, RefusedException {
        for (Map.Entry<String, Object> property : parcel.properties().entrySet()) {
            try {
                message.setObjectProperty(property.getKey(), property.getValue());
            } catch (JMSException | IllegalArgumentException e) {
                throw new RefusedException(
                        "the new provider does not take its property "
                                + property.getKey()
                                + ": "
                                + e.getMessage(),
                        e);
            }
        }
    }
}
