// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import org.taffrail.jms.JmsErrors;
import org.taffrail.wire.ErrorCode;

import java.util.Enumeration;
import java.util.Set;

/**
 * Copies messages of other providers into ours (Jakarta Messaging 3.12): type, correlation id,
 * reply-to, properties and body; the rest of the header is the send's to set. What a provider sets
 * on send or receive is not copied.
 */
final class ForeignMessages {
    private static final int CHUNK_BYTES = 8192;

    private static final Set<String> SET_BY_PROVIDER =
            Set.of(
                    PropertyNames.DELIVERY_COUNT,
                    PropertyNames.USER_ID,
                    PropertyNames.APPLICATION_ID,
                    "JMSXProducerTXID",
                    "JMSXConsumerTXID",
                    PropertyNames.RECEIVE_TIMESTAMP,
                    "JMSXState");

    private ForeignMessages() {}

    /**
     * Copies a message.
     *
     * @param foreign a message of any class
     * @return a new one of ours
     * @throws MessageFormatException if it is null, or holds what ours can't
     * @throws JMSException if the foreign message fails
     */
    static TaffrailMessage copy(Message foreign) throws JMSException {
        if (foreign == null) {
            throw new MessageFormatException("the message is null", ErrorCode.MALFORMED.name());
        }
        TaffrailMessage copy = copyBody(foreign);
        copyHeader(foreign, copy);
        copyProperties(foreign, copy);
        return copy;
    }

    private static TaffrailMessage copyBody(Message foreign) throws JMSException {
        if (foreign instanceof TextMessage text) {
            return new TaffrailTextMessage(text.getText());
        }
        if (foreign instanceof BytesMessage bytes) {
            return copyBytes(bytes);
        }
        if (foreign instanceof MapMessage map) {
            return copyMap(map);
        }
        if (foreign instanceof StreamMessage stream) {
            return copyStream(stream);
        }
        if (foreign instanceof ObjectMessage object) {
            return new TaffrailObjectMessage(object.getObject());
        }
        return new TaffrailMessage();
    }

    private static TaffrailMessage copyBytes(BytesMessage foreign) throws JMSException {
        TaffrailBytesMessage copy = new TaffrailBytesMessage();
        foreign.reset();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = foreign.readBytes(chunk); count > 0; count = foreign.readBytes(chunk)) {
            copy.writeBytes(chunk, 0, count);
        }
        foreign.reset();
        return copy;
    }

    private static TaffrailMessage copyMap(MapMessage foreign) throws JMSException {
        TaffrailMapMessage copy = new TaffrailMapMessage();
        Enumeration<?> names = foreign.getMapNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            copy.setObject(name, foreign.getObject(name));
        }
        return copy;
    }

    private static TaffrailMessage copyStream(StreamMessage foreign) throws JMSException {
        TaffrailStreamMessage copy = new TaffrailStreamMessage();
        foreign.reset();
        boolean more = true;
        while (more) {
            try {
                copy.writeObject(foreign.readObject());
            } catch (MessageEOFException e) {
                more = false;
            }
        }
        foreign.reset();
        return copy;
    }

    private static void copyHeader(Message foreign, TaffrailMessage copy) throws JMSException {
        copy.setJMSType(foreign.getJMSType());
        copy.setJMSCorrelationID(foreign.getJMSCorrelationID());
        Destination replyTo = foreign.getJMSReplyTo();
        copy.setJMSReplyTo(replyTo);
    }

    private static void copyProperties(Message foreign, TaffrailMessage copy) throws JMSException {
        Enumeration<?> names = foreign.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            if (!SET_BY_PROVIDER.contains(name)) {
                try {
                    copy.setObjectProperty(name, property(foreign, name));
                } catch (IllegalArgumentException e) {
                    throw JmsErrors.caused(
                            new MessageFormatException(e.getMessage(), ErrorCode.MALFORMED.name()),
                            e);
                }
            }
        }
    }

    private static Object property(Message foreign, String name) throws JMSException {
        return name.equals(PropertyNames.GROUP_SEQUENCE)
                ? (Object) foreign.getIntProperty(name)
                : foreign.getObjectProperty(name);
    }
}
