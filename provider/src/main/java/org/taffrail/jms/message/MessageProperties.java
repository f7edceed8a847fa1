// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

import org.taffrail.jms.JmsErrors;
import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.SenderClaims;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A message's properties: read from the record at the first touch, read-only after receive until
 * they are cleared. The group id travels as the record's key; the delivery count, the user, the
 * time of receipt, and where a message stands or came from, are told by the broker and the
 * connections, so what an application sets or has received under those names stays with it.
 */
final class MessageProperties {
    /** What is a field of its own in a record, or comes with the delivery. */
    private static final Set<String> NOT_AMONG_PROPERTIES =
            Set.of(
                    PropertyNames.GROUP_ID,
                    PropertyNames.USER_ID,
                    PropertyNames.DELIVERY_COUNT,
                    PropertyNames.RECEIVE_TIMESTAMP);

    private Link.Delivery delivery;
    private RecordView record;
    private Map<String, Object> values;
    private boolean readOnly;
    private long receivedMs;
    private String group;

    /** Makes the empty properties of a new message. */
    MessageProperties() {}

    /** Goes to the properties of a received message, unread. */
    void received(Link.Delivery newDelivery, RecordView newRecord) {
        delivery = newDelivery;
        record = newRecord;
        values = null;
        readOnly = true;
    }

    /** Sets when the message was handed to its consumer, ms since 1970. Before the first touch. */
    void receivedAt(long timeMs) {
        receivedMs = timeMs;
    }

    /** Sets the name of the group, or null. Before the first touch. */
    void receivedOf(String groupName) {
        group = groupName;
    }

    /** Sets what the provider sets on send, also where an application may not. */
    void setOnSend(String name, String value) throws JMSException {
        values().put(name, value);
    }

    boolean exists(String name) throws JMSException {
        return values().containsKey(name);
    }

    Object get(String name) throws JMSException {
        return values().get(name);
    }

    Enumeration<String> names() throws JMSException {
        return Collections.enumeration(new ArrayList<>(values().keySet()));
    }

    /**
     * Sets a property.
     *
     * @throws IllegalArgumentException if the name is not allowed
     * @throws MessageNotWriteableException if the properties are read-only
     * @throws MessageFormatException if the value's type is not allowed
     */
    void set(String name, Object value) throws JMSException {
        PropertyNames.check(name);
        if (readOnly) {
            throw new MessageNotWriteableException(
                    "the properties of a received message are read-only until they are cleared");
        }
        if (!isAllowed(value)) {
            throw refused(
                    name, value, "a boolean, byte, short, int, long, float, double or String");
        }
        if (name.equals(PropertyNames.GROUP_ID) && value != null && !(value instanceof String)) {
            throw refused(name, value, "a String");
        }
        if (name.equals(PropertyNames.GROUP_SEQUENCE) && !(value instanceof Integer)) {
            throw refused(name, value, "an int");
        }
        values().put(name, value);
    }

    private static boolean isAllowed(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }

    private static MessageFormatException refused(String name, Object value, String allowed) {
        return new MessageFormatException(
                "property "
                        + name
                        + " is "
                        + (value == null ? "null" : "of " + value.getClass().getName())
                        + ", allowed is "
                        + allowed,
                ErrorCode.MALFORMED.name());
    }

    void clear() {
        values = new LinkedHashMap<>();
        readOnly = false;
    }

    /**
     * Writes the key, which comes before most of a record's fields.
     *
     * @throws JMSException if the group id can't travel
     */
    void encodeKey(RecordEncoder encoder) throws JMSException {
        Object key = values().get(PropertyNames.GROUP_ID);
        encoder.key(Texts.checked(PropertyNames.GROUP_ID, (String) key));
    }

    /**
     * Writes the rest, which is a record's last field.
     *
     * @param applicationId takes the place of the application's JMSXAppID, unless null
     * @throws JMSException if a text can't travel or there are too many
     */
    void encode(RecordEncoder encoder, String applicationId) throws JMSException {
        if (values().isEmpty() && applicationId == null) {
            return;
        }
        Map<String, Object> sent = sent(applicationId);
        if (sent.size() > RunCheck.PROPERTIES_MAX) {
            throw JmsErrors.of(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    sent.size() + " properties, allowed are " + RunCheck.PROPERTIES_MAX);
        }
        for (Map.Entry<String, Object> property : sent.entrySet()) {
            if (property.getValue() instanceof String text) {
                Texts.checked(property.getKey(), text);
            }
        }
        encoder.properties(sent);
    }

    private Map<String, Object> sent(String applicationId) throws JMSException {
        if (applicationId == null && doAllTravel()) {
            return values;
        }
        Map<String, Object> sent = new LinkedHashMap<>(values());
        sent.keySet().removeIf(name -> !travels(name));
        if (applicationId != null) {
            sent.put(PropertyNames.APPLICATION_ID, applicationId);
        }
        return sent;
    }

    private boolean doAllTravel() {
        for (String name : values.keySet()) {
            if (!travels(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean travels(String name) {
        return !NOT_AMONG_PROPERTIES.contains(name)
                && !name.startsWith(SenderClaims.RESERVED_PREFIX);
    }

    private Map<String, Object> values() throws JMSException {
        if (values == null) {
            values = record == null ? new LinkedHashMap<>() : read();
        }
        return values;
    }

    private Map<String, Object> read() throws JMSException {
        try {
            Map<String, Object> read = record.properties();
            putPresent(read, PropertyNames.GROUP_ID, record.key());
            putPresent(read, PropertyNames.USER_ID, record.userId());
            read.put(PropertyNames.DELIVERY_COUNT, delivery.count());
            read.remove(PropertyNames.RECEIVE_TIMESTAMP);
            if (receivedMs != 0) {
                read.put(PropertyNames.RECEIVE_TIMESTAMP, receivedMs);
            }
            if (delivery.appendTimeMs() != 0) {
                read.put(PropertyNames.OFFSET, delivery.offset());
                read.put(PropertyNames.APPEND_TIME, delivery.appendTimeMs());
                putPresent(read, PropertyNames.GROUP, group);
            }
            return read;
        } catch (WireException e) {
            throw JmsErrors.of(e);
        }
    }

    private static void putPresent(Map<String, Object> read, String name, String value) {
        if (value != null) {
            read.put(name, value);
        }
    }
}
