// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;

import java.io.Serializable;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A producer of the simplified API, over one of the classic API. Its properties are those of a
 * message that is never sent, which knows the rules of names, types and conversions.
 */
final class ContextProducer implements JMSProducer {
    private final SessionHandle session;
    private final ProducerHandle producer;
    private final Message properties;
    private byte[] correlationBytes;
    private String correlation;
    private String type;
    private Destination replyTo;

    ContextProducer(SessionHandle session, ProducerHandle producer) {
        this.session = session;
        this.producer = producer;
        this.properties = Unchecked.get(session::createMessage);
    }

    private JMSProducer set(Unchecked.Action action) {
        Unchecked.run(action);
        return this;
    }

    // ---- sending

    @Override
    public JMSProducer send(Destination destination, Message message) {
        return set(
                () -> {
                    if (message == null) {
                        throw new jakarta.jms.MessageFormatException("the message is null");
                    }
                    for (String name : getPropertyNames()) {
                        message.setObjectProperty(name, properties.getObjectProperty(name));
                    }
                    if (correlation != null) {
                        message.setJMSCorrelationID(correlation);
                    }
                    if (correlationBytes != null) {
                        message.setJMSCorrelationIDAsBytes(correlationBytes);
                    }
                    if (type != null) {
                        message.setJMSType(type);
                    }
                    if (replyTo != null) {
                        message.setJMSReplyTo(replyTo);
                    }
                    producer.send(destination, message);
                });
    }

    @Override
    public JMSProducer send(Destination destination, String body) {
        return send(destination, Unchecked.get(() -> session.createTextMessage(body)));
    }

    @Override
    public JMSProducer send(Destination destination, Map<String, Object> body) {
        return send(
                destination,
                Unchecked.get(
                        () -> {
                            var message = session.createMapMessage();
                            if (body != null) {
                                for (Map.Entry<String, Object> entry : body.entrySet()) {
                                    message.setObject(entry.getKey(), entry.getValue());
                                }
                            }
                            return message;
                        }));
    }

    @Override
    public JMSProducer send(Destination destination, byte[] body) {
        return send(
                destination,
                Unchecked.get(
                        () -> {
                            var message = session.createBytesMessage();
                            if (body != null) {
                                message.writeBytes(body);
                            }
                            return message;
                        }));
    }

    @Override
    public JMSProducer send(Destination destination, Serializable body) {
        return send(destination, Unchecked.get(() -> session.createObjectMessage(body)));
    }

    // ---- what is not for applications in a server

    @Override
    public JMSProducer setAsync(CompletionListener completionListener) {
        if (completionListener != null) {
            throw Refusals.notInAServerUnchecked("setAsync");
        }
        return this;
    }

    @Override
    public CompletionListener getAsync() {
        return null;
    }

    // ---- settings

    @Override
    public JMSProducer setDisableMessageID(boolean disableMessageID) {
        return set(() -> producer.setDisableMessageID(disableMessageID));
    }

    @Override
    public boolean getDisableMessageID() {
        return Unchecked.get(producer::getDisableMessageID);
    }

    @Override
    public JMSProducer setDisableMessageTimestamp(boolean disableMessageTimestamp) {
        return set(() -> producer.setDisableMessageTimestamp(disableMessageTimestamp));
    }

    @Override
    public boolean getDisableMessageTimestamp() {
        return Unchecked.get(producer::getDisableMessageTimestamp);
    }

    @Override
    public JMSProducer setDeliveryMode(int deliveryMode) {
        return set(() -> producer.setDeliveryMode(deliveryMode));
    }

    @Override
    public int getDeliveryMode() {
        return Unchecked.get(producer::getDeliveryMode);
    }

    @Override
    public JMSProducer setPriority(int priority) {
        return set(() -> producer.setPriority(priority));
    }

    @Override
    public int getPriority() {
        return Unchecked.get(producer::getPriority);
    }

    @Override
    public JMSProducer setTimeToLive(long timeToLive) {
        return set(() -> producer.setTimeToLive(timeToLive));
    }

    @Override
    public long getTimeToLive() {
        return Unchecked.get(producer::getTimeToLive);
    }

    @Override
    public JMSProducer setDeliveryDelay(long deliveryDelay) {
        return set(() -> producer.setDeliveryDelay(deliveryDelay));
    }

    @Override
    public long getDeliveryDelay() {
        return Unchecked.get(producer::getDeliveryDelay);
    }

    @Override
    public JMSProducer setJMSCorrelationID(String correlationID) {
        correlation = correlationID;
        correlationBytes = null;
        return set(() -> properties.setJMSCorrelationID(correlationID));
    }

    @Override
    public String getJMSCorrelationID() {
        return Unchecked.get(properties::getJMSCorrelationID);
    }

    @Override
    public JMSProducer setJMSCorrelationIDAsBytes(byte[] correlationID) {
        correlationBytes = correlationID == null ? null : correlationID.clone();
        correlation = null;
        return set(() -> properties.setJMSCorrelationIDAsBytes(correlationID));
    }

    @Override
    public byte[] getJMSCorrelationIDAsBytes() {
        return Unchecked.get(properties::getJMSCorrelationIDAsBytes);
    }

    @Override
    public JMSProducer setJMSType(String newType) {
        type = newType;
        return this;
    }

    @Override
    public String getJMSType() {
        return type;
    }

    @Override
    public JMSProducer setJMSReplyTo(Destination newReplyTo) {
        replyTo = newReplyTo;
        return this;
    }

    @Override
    public Destination getJMSReplyTo() {
        return replyTo;
    }

    // ---- properties

    @Override
    public JMSProducer clearProperties() {
        return set(() -> properties.clearProperties());
    }

    @Override
    public boolean propertyExists(String name) {
        return Unchecked.get(() -> properties.propertyExists(name));
    }

    @Override
    public Set<String> getPropertyNames() {
        return Unchecked.get(
                () -> {
                    Set<String> names = new LinkedHashSet<>();
                    Enumeration<?> all = properties.getPropertyNames();
                    while (all.hasMoreElements()) {
                        names.add((String) all.nextElement());
                    }
                    return Collections.unmodifiableSet(names);
                });
    }

    @Override
    public JMSProducer setProperty(String name, boolean value) {
        return set(() -> properties.setBooleanProperty(name, value));
    }

    @Override
    public boolean getBooleanProperty(String name) {
        return Unchecked.get(() -> properties.getBooleanProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, byte value) {
        return set(() -> properties.setByteProperty(name, value));
    }

    @Override
    public byte getByteProperty(String name) {
        return Unchecked.get(() -> properties.getByteProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, short value) {
        return set(() -> properties.setShortProperty(name, value));
    }

    @Override
    public short getShortProperty(String name) {
        return Unchecked.get(() -> properties.getShortProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, int value) {
        return set(() -> properties.setIntProperty(name, value));
    }

    @Override
    public int getIntProperty(String name) {
        return Unchecked.get(() -> properties.getIntProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, long value) {
        return set(() -> properties.setLongProperty(name, value));
    }

    @Override
    public long getLongProperty(String name) {
        return Unchecked.get(() -> properties.getLongProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, float value) {
        return set(() -> properties.setFloatProperty(name, value));
    }

    @Override
    public float getFloatProperty(String name) {
        return Unchecked.get(() -> properties.getFloatProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, double value) {
        return set(() -> properties.setDoubleProperty(name, value));
    }

    @Override
    public double getDoubleProperty(String name) {
        return Unchecked.get(() -> properties.getDoubleProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, String value) {
        return set(() -> properties.setStringProperty(name, value));
    }

    @Override
    public String getStringProperty(String name) {
        return Unchecked.get(() -> properties.getStringProperty(name));
    }

    @Override
    public JMSProducer setProperty(String name, Object value) {
        return set(() -> properties.setObjectProperty(name, value));
    }

    @Override
    public Object getObjectProperty(String name) {
        return Unchecked.get(() -> properties.getObjectProperty(name));
    }
}
