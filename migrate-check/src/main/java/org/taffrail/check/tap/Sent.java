// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;

import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.util.Enumeration;
import java.util.Map;

/**
 * What is seen of a message before it is sent, while it is the application's; counted when the send
 * has returned.
 */
final class Sent {
    /** What a map's entry needs besides its name, where the value's size is not known. */
    private static final int VALUE_BYTES = 9;

    private final DestinationUse destination;
    private final BodyKind body;
    private final long bytes;

    Sent(DestinationUse destination, BodyKind body, long bytes) {
        this.destination = destination;
        this.body = body;
        this.bytes = bytes;
    }

    void count(Recorder recorder) {
        recorder.sent();
        destination.sent(body, bytes);
    }

    /** Looks at a message; the order in which a provider may notice is: it does not. */
    static Sent look(Message message, DestinationUse destination, Recorder recorder)
            throws JMSException {
        BodyKind body = BodyKind.of(message);
        Sent sent = new Sent(destination, body, bytes(message, body));
        replyTo(message.getJMSReplyTo(), recorder);
        if (message.getJMSCorrelationID() != null) {
            recorder.used(Feature.CORRELATION_ID);
        }
        if (message.getJMSType() != null) {
            recorder.used(Feature.JMS_TYPE);
        }
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            property(name, message.getObjectProperty(name), recorder);
        }
        return sent;
    }

    static void property(String name, Object value, Recorder recorder) {
        String type = value == null ? "null" : value.getClass().getName();
        recorder.used(Feature.PROPERTY_SENT, name + '\t' + type);
    }

    static void replyTo(Destination replyTo, Recorder recorder) {
        if (replyTo != null) {
            String kind = replyTo instanceof Queue ? "queue" : "topic";
            boolean temporary =
                    replyTo instanceof TemporaryQueue || replyTo instanceof TemporaryTopic;
            recorder.used(Feature.REPLY_TO, temporary ? "temporary " + kind : kind);
        }
    }

    private static long bytes(Message message, BodyKind body) throws JMSException {
        switch (body) {
            case NONE:
                return 0;
            case TEXT:
                return chars(((TextMessage) message).getText());
            case MAP:
                return mapBytes((MapMessage) message);
            case BYTES:
                // while it is written its length can't be asked for; one that is passed on tells it
                return message.getJMSMessageID() == null ? -1 : passedOn((BytesMessage) message);
            default:
                return -1;
        }
    }

    private static long passedOn(BytesMessage message) {
        try {
            return message.getBodyLength();
        } catch (JMSException e) {
            // it was emptied and written anew
            return -1;
        }
    }

    private static long mapBytes(MapMessage map) throws JMSException {
        long bytes = 0;
        Enumeration<?> names = map.getMapNames();
        while (names.hasMoreElements()) {
            String name = (String) names.nextElement();
            bytes += name.length() + valueBytes(map.getObject(name));
        }
        return bytes;
    }

    private static long valueBytes(Object value) {
        if (value instanceof byte[]) {
            return ((byte[]) value).length;
        }
        return value instanceof String ? ((String) value).length() : VALUE_BYTES;
    }

    /** The size of a body that is given or taken without its message, -1 where it is not known. */
    static long bodyBytes(Object body) {
        if (body == null) {
            return 0;
        }
        if (body instanceof String) {
            return ((String) body).length();
        }
        if (body instanceof byte[]) {
            return ((byte[]) body).length;
        }
        if (body instanceof Map) {
            long bytes = 0;
            for (Map.Entry<?, ?> each : ((Map<?, ?>) body).entrySet()) {
                bytes += String.valueOf(each.getKey()).length() + valueBytes(each.getValue());
            }
            return bytes;
        }
        return -1;
    }

    static long chars(String text) {
        return text == null ? 0 : text.length();
    }
}
