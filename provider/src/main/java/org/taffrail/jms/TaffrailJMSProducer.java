// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.TextMessage;

import org.taffrail.jms.message.TaffrailMessage;

import java.io.Serializable;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A producer of the simplified API: send options, and a template of the header fields and
 * properties that go onto each message it sends.
 */
final class TaffrailJMSProducer implements JMSProducer {
    private final TaffrailSession session;
    private final SendOptions options = new SendOptions();

    /** Properties and header fields, with a message's rules of names and conversions. */
    private final TaffrailMessage template = new TaffrailMessage();

    private boolean correlationSet;
    private boolean correlationAsBytes;
    private boolean typeSet;
    private boolean replyToSet;
    private CompletionListener completion;

    TaffrailJMSProducer(TaffrailSession session) {
        this.session = session;
    }

    private TaffrailJMSProducer with(Unchecked.Action action) {
        Unchecked.run(action);
        return this;
    }

    // ---- sends

    @Override
    public JMSProducer send(Destination destination, Message message) {
        return with(() -> doSend(destination, message));
    }

    private void doSend(Destination destination, Message message) throws JMSException {
        SessionCore core = session.open();
        if (destination == null) {
            throw new InvalidDestinationException("the destination is null");
        }
        if (message == null) {
            throw new MessageFormatException("the message is null");
        }
        TaffrailDestination ours = TaffrailDestination.of(destination);
        for (String name : getPropertyNames()) {
            message.setObjectProperty(name, template.getObjectProperty(name));
        }
        if (correlationSet && correlationAsBytes) {
            message.setJMSCorrelationIDAsBytes(template.getJMSCorrelationIDAsBytes());
        } else if (correlationSet) {
            message.setJMSCorrelationID(template.getJMSCorrelationID());
        }
        if (typeSet) {
            message.setJMSType(template.getJMSType());
        }
        if (replyToSet) {
            message.setJMSReplyTo(template.getJMSReplyTo());
        }
        core.sender().send(this, ours, message, options, completion);
    }

    @Override
    public JMSProducer send(Destination destination, String body) {
        return with(
                () -> {
                    TextMessage message = session.createTextMessage(body);
                    doSend(destination, message);
                });
    }

    @Override
    public JMSProducer send(Destination destination, Map<String, Object> body) {
        return with(
                () -> {
                    MapMessage message = session.createMapMessage();
                    if (body != null) {
                        for (Map.Entry<String, Object> entry : body.entrySet()) {
                            message.setObject(entry.getKey(), entry.getValue());
                        }
                    }
                    doSend(destination, message);
                });
    }

    @Override
    public JMSProducer send(Destination destination, byte[] body) {
        return with(
                () -> {
                    BytesMessage message = session.createBytesMessage();
                    if (body != null) {
                        message.writeBytes(body);
                    }
                    doSend(destination, message);
                });
    }

    @Override
    public JMSProducer send(Destination destination, Serializable body) {
        return with(
                () -> {
                    ObjectMessage message = session.createObjectMessage(body);
                    doSend(destination, message);
                });
    }

    // ---- send options

    @Override
    public JMSProducer setDisableMessageID(boolean value) {
        options.idDisabled(value);
        return this;
    }

    @Override
    public boolean getDisableMessageID() {
        return options.isIdDisabled();
    }

    @Override
    public JMSProducer setDisableMessageTimestamp(boolean value) {
        options.timestampDisabled(value);
        return this;
    }

    @Override
    public boolean getDisableMessageTimestamp() {
        return options.isTimestampDisabled();
    }

    @Override
    public JMSProducer setDeliveryMode(int deliveryMode) {
        return with(() -> options.deliveryMode(deliveryMode));
    }

    @Override
    public int getDeliveryMode() {
        return options.deliveryMode();
    }

    @Override
    public JMSProducer setPriority(int priority) {
        return with(() -> options.priority(priority));
    }

    @Override
    public int getPriority() {
        return options.priority();
    }

    @Override
    public JMSProducer setTimeToLive(long timeToLive) {
        return with(() -> options.timeToLiveMs(timeToLive));
    }

    @Override
    public long getTimeToLive() {
        return options.timeToLiveMs();
    }

    @Override
    public JMSProducer setDeliveryDelay(long deliveryDelay) {
        return with(() -> options.deliveryDelayMs(deliveryDelay));
    }

    @Override
    public long getDeliveryDelay() {
        return options.deliveryDelayMs();
    }

    @Override
    public JMSProducer setAsync(CompletionListener completionListener) {
        completion = completionListener;
        return this;
    }

    @Override
    public CompletionListener getAsync() {
        return completion;
    }

    // ---- properties

    @Override
    public JMSProducer setProperty(String name, boolean value) {
        return with(() -> template.setBooleanProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, byte value) {
        return with(() -> template.setByteProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, short value) {
        return with(() -> template.setShortProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, int value) {
        return with(() -> template.setIntProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, long value) {
        return with(() -> template.setLongProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, float value) {
        return with(() -> template.setFloatProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, double value) {
        return with(() -> template.setDoubleProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, String value) {
        return with(() -> template.setStringProperty(name, value));
    }

    @Override
    public JMSProducer setProperty(String name, Object value) {
        return with(() -> template.setObjectProperty(name, value));
    }

    @Override
    public JMSProducer clearProperties() {
        template.clearProperties();
        return this;
    }

    @Override
    public boolean propertyExists(String name) {
        return Unchecked.get(() -> template.propertyExists(name));
    }

    @Override
    public boolean getBooleanProperty(String name) {
        return Unchecked.get(() -> template.getBooleanProperty(name));
    }

    @Override
    public byte getByteProperty(String name) {
        return Unchecked.get(() -> template.getByteProperty(name));
    }

    @Override
    public short getShortProperty(String name) {
        return Unchecked.get(() -> template.getShortProperty(name));
    }

    @Override
    public int getIntProperty(String name) {
        return Unchecked.get(() -> template.getIntProperty(name));
    }

    @Override
    public long getLongProperty(String name) {
        return Unchecked.get(() -> template.getLongProperty(name));
    }

    @Override
    public float getFloatProperty(String name) {
        return Unchecked.get(() -> template.getFloatProperty(name));
    }

    @Override
    public double getDoubleProperty(String name) {
        return Unchecked.get(() -> template.getDoubleProperty(name));
    }

    @Override
    public String getStringProperty(String name) {
        return Unchecked.get(() -> template.getStringProperty(name));
    }

    @Override
    public Object getObjectProperty(String name) {
        return Unchecked.get(() -> template.getObjectProperty(name));
    }

    @Override
    public Set<String> getPropertyNames() {
        return Collections.unmodifiableSet(new Names());
    }

    /** The names of the properties as they are when it is looked at. */
    private final class Names extends AbstractSet<String> {
        @Override
        public Iterator<String> iterator() {
            return Unchecked.get(template::getPropertyNames).asIterator();
        }

        @Override
        public int size() {
            return Collections.list(Unchecked.get(template::getPropertyNames)).size();
        }

        @Override
        public boolean contains(Object name) {
            return name instanceof String text && propertyExists(text);
        }
    }

    // ---- header fields

    @Override
    public JMSProducer setJMSCorrelationIDAsBytes(byte[] correlationID) {
        template.setJMSCorrelationIDAsBytes(correlationID);
        correlationSet = true;
        correlationAsBytes = true;
        return this;
    }

    @Override
    public byte[] getJMSCorrelationIDAsBytes() {
        return Unchecked.get(template::getJMSCorrelationIDAsBytes);
    }

    @Override
    public JMSProducer setJMSCorrelationID(String correlationID) {
        template.setJMSCorrelationID(correlationID);
        correlationSet = true;
        correlationAsBytes = false;
        return this;
    }

    @Override
    public String getJMSCorrelationID() {
        return Unchecked.get(template::getJMSCorrelationID);
    }

    @Override
    public JMSProducer setJMSType(String type) {
        template.setJMSType(type);
        typeSet = true;
        return this;
    }

    @Override
    public String getJMSType() {
        return Unchecked.get(template::getJMSType);
    }

    @Override
    public JMSProducer setJMSReplyTo(Destination replyTo) {
        template.setJMSReplyTo(replyTo);
        replyToSet = true;
        return this;
    }

    @Override
    public Destination getJMSReplyTo() {
        return Unchecked.get(template::getJMSReplyTo);
    }
}
