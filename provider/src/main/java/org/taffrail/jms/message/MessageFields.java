// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.link.Link;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;

import java.util.Enumeration;

/**
 * What a message has beside its body: the header (Jakarta Messaging 3.4), which is never read-only,
 * and the properties (3.5), which are after receive.
 */
public abstract sealed class MessageFields implements Message permits TaffrailMessage {
    private final MessageHeader header = new MessageHeader();
    private final MessageProperties properties = new MessageProperties();

    /** Makes the fields of a new message. */
    MessageFields() {}

    /** Makes these the fields of a received message. */
    final void receivedFields(Link.Delivery delivery, RecordView record, Destination destination) {
        header.received(delivery, record, destination);
        properties.received(delivery, record);
    }

    /**
     * Sets JMSXRcvTimestamp of a received message whose properties nobody has read yet.
     *
     * @param timeMs when it was handed to its consumer, ms since 1970
     */
    public final void receivedAt(long timeMs) {
        properties.receivedAt(timeMs);
    }

    /**
     * Sets the name of the group of which the message was received; before its properties are read.
     *
     * @param group the name, or null where it has none
     */
    public final void receivedOf(String group) {
        properties.receivedOf(group);
    }

    /** Sets a property that the provider sets on send. */
    final void setOnSend(String name, String value) throws JMSException {
        properties.setOnSend(name, value);
    }

    /** Writes the optional fields in the order that a record has them. */
    final void encodeFields(RecordEncoder encoder, Outgoing outgoing) throws JMSException {
        properties.encodeKey(encoder);
        header.encode(encoder);
        encoder.clientId(outgoing.clientId())
                .userId(outgoing.userId())
                .messageIdText(outgoing.idText());
        properties.encode(encoder, outgoing.applicationId());
    }

    @Override
    public final String getJMSMessageID() throws JMSException {
        return header.messageId();
    }

    @Override
    public final void setJMSMessageID(String id) {
        header.messageId(id);
    }

    @Override
    public final long getJMSTimestamp() {
        return header.timestampMs();
    }

    @Override
    public final void setJMSTimestamp(long timestamp) {
        header.timestampMs(timestamp);
    }

    @Override
    public final byte[] getJMSCorrelationIDAsBytes() throws JMSException {
        return header.correlationBytes();
    }

    @Override
    public final void setJMSCorrelationIDAsBytes(byte[] correlationId) {
        header.correlation(correlationId);
    }

    @Override
    public final void setJMSCorrelationID(String correlationId) {
        header.correlation(correlationId);
    }

    @Override
    public final String getJMSCorrelationID() throws JMSException {
        return header.correlationText();
    }

    @Override
    public final Destination getJMSReplyTo() throws JMSException {
        return header.replyTo();
    }

    @Override
    public final void setJMSReplyTo(Destination replyTo) {
        header.replyTo(replyTo);
    }

    @Override
    public final Destination getJMSDestination() {
        return header.destination();
    }

    @Override
    public final void setJMSDestination(Destination destination) {
        header.destination(destination);
    }

    @Override
    public final int getJMSDeliveryMode() {
        return header.deliveryMode();
    }

    @Override
    public final void setJMSDeliveryMode(int deliveryMode) {
        header.deliveryMode(deliveryMode);
    }

    @Override
    public final boolean getJMSRedelivered() {
        return header.redelivered();
    }

    @Override
    public final void setJMSRedelivered(boolean redelivered) {
        header.redelivered(redelivered);
    }

    @Override
    public final String getJMSType() throws JMSException {
        return header.type();
    }

    @Override
    public final void setJMSType(String type) {
        header.type(type);
    }

    @Override
    public final long getJMSExpiration() {
        return header.expirationMs();
    }

    @Override
    public final void setJMSExpiration(long expiration) {
        header.expirationMs(expiration);
    }

    @Override
    public final long getJMSDeliveryTime() {
        return header.deliveryTimeMs();
    }

    @Override
    public final void setJMSDeliveryTime(long deliveryTime) {
        header.deliveryTimeMs(deliveryTime);
    }

    @Override
    public final int getJMSPriority() {
        return header.priority();
    }

    @Override
    public final void setJMSPriority(int priority) {
        header.priority(priority);
    }

    @Override
    public final void clearProperties() {
        properties.clear();
    }

    @Override
    public final boolean propertyExists(String name) throws JMSException {
        return properties.exists(name);
    }

    @Override
    public final boolean getBooleanProperty(String name) throws JMSException {
        return Conversions.toBoolean(properties.get(name));
    }

    @Override
    public final byte getByteProperty(String name) throws JMSException {
        return Conversions.toByte(properties.get(name));
    }

    @Override
    public final short getShortProperty(String name) throws JMSException {
        return Conversions.toShort(properties.get(name));
    }

    @Override
    public final int getIntProperty(String name) throws JMSException {
        return Conversions.toInt(properties.get(name));
    }

    @Override
    public final long getLongProperty(String name) throws JMSException {
        return Conversions.toLong(properties.get(name));
    }

    @Override
    public final float getFloatProperty(String name) throws JMSException {
        return Conversions.toFloat(properties.get(name));
    }

    @Override
    public final double getDoubleProperty(String name) throws JMSException {
        return Conversions.toDouble(properties.get(name));
    }

    @Override
    public final String getStringProperty(String name) throws JMSException {
        return Conversions.toText(properties.get(name));
    }

    @Override
    public final Object getObjectProperty(String name) throws JMSException {
        return properties.get(name);
    }

    @Override
    public final Enumeration<String> getPropertyNames() throws JMSException {
        return properties.names();
    }

    @Override
    public final void setBooleanProperty(String name, boolean value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setByteProperty(String name, byte value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setShortProperty(String name, short value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setIntProperty(String name, int value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setLongProperty(String name, long value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setFloatProperty(String name, float value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setDoubleProperty(String name, double value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setStringProperty(String name, String value) throws JMSException {
        properties.set(name, value);
    }

    @Override
    public final void setObjectProperty(String name, Object value) throws JMSException {
        properties.set(name, value);
    }

    /**
     * Names the message for a log, without anything of its content.
     *
     * @return class, id and destination
     */
    @Override
    public final String toString() {
        String id;
        try {
            id = header.messageId();
        } catch (JMSException e) {
            id = "unreadable";
        }
        return getClass().getSimpleName()
                + "[id="
                + id
                + ", destination="
                + header.destination()
                + "]";
    }
}
