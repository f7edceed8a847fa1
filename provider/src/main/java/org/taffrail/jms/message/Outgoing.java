// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.wire.record.CompressedBody;
import org.taffrail.wire.record.MessageIds;
import org.taffrail.wire.record.RecordEncoder;

/**
 * What a producer decides about one send: where it goes and the header fields that are the
 * provider's to set (Jakarta Messaging 3.4.11). A new one stands for a persistent message of
 * priority 4 that never expires, without id and timestamp. Reusable; not thread-safe.
 */
public final class Outgoing {
    private long partition;
    private long idHigh;
    private long idLow;
    private String idText;
    private long sentMs;
    private boolean timestampDisabled;
    private int deliveryMode = Message.DEFAULT_DELIVERY_MODE;
    private int priority = Message.DEFAULT_PRIORITY;
    private long expirationMs;
    private long deliveryTimeMs;
    private String clientId;
    private String userId;
    private String applicationId;
    private int compressedFromBytes = Integer.MAX_VALUE;
    private int bodyBytesMax = Integer.MAX_VALUE;

    /** Makes one with the defaults. */
    public Outgoing() {}

    /**
     * Sets where the message goes.
     *
     * @param id the partition's id
     * @return this
     */
    public Outgoing partition(long id) {
        partition = id;
        return this;
    }

    /**
     * Sets the message id. Both halves zero stand for a message whose id was disabled: its {@code
     * JMSMessageID} is null, for the sender and for receivers.
     *
     * @param high high half
     * @param low low half
     * @return this
     */
    public Outgoing id(long high, long low) {
        idHigh = high;
        idLow = low;
        idText = null;
        return this;
    }

    /**
     * Sets when the message is sent.
     *
     * @param timeMs milliseconds since 1970
     * @return this
     */
    public Outgoing sent(long timeMs) {
        sentMs = timeMs;
        return this;
    }

    /**
     * Says whether the time of the send is no JMSTimestamp, which is zero then.
     *
     * @param disabled whether timestamps are disabled
     * @return this
     */
    public Outgoing timestampDisabled(boolean disabled) {
        timestampDisabled = disabled;
        return this;
    }

    /**
     * Sets the delivery mode.
     *
     * @param mode one of {@link DeliveryMode}
     * @return this
     */
    public Outgoing deliveryMode(int mode) {
        deliveryMode = mode;
        return this;
    }

    /**
     * Sets the priority.
     *
     * @param newPriority 0 to 9
     * @return this
     */
    public Outgoing priority(int newPriority) {
        priority = newPriority;
        return this;
    }

    /**
     * Sets when the message expires.
     *
     * @param timeMs milliseconds since 1970, 0 for never
     * @return this
     */
    public Outgoing expiration(long timeMs) {
        expirationMs = timeMs;
        return this;
    }

    /**
     * Sets before when the message must not be delivered.
     *
     * @param timeMs milliseconds since 1970, 0 where there is no delay
     * @return this
     */
    public Outgoing deliveryTime(long timeMs) {
        deliveryTimeMs = timeMs;
        return this;
    }

    /**
     * Sets the connection's client id, which noLocal needs.
     *
     * @param id the client id; null where it can't matter
     * @return this
     */
    public Outgoing clientId(String id) {
        clientId = id;
        return this;
    }

    /**
     * Sets JMSXUserID.
     *
     * @param id the connection's user; null where it is not asked for
     * @return this
     */
    public Outgoing userId(String id) {
        userId = id;
        return this;
    }

    /**
     * Sets JMSXAppID.
     *
     * @param id the application's name; null where it is not asked for
     * @return this
     */
    public Outgoing applicationId(String id) {
        applicationId = id;
        return this;
    }

    /**
     * Asks for bodies to be compressed where that makes them shorter.
     *
     * @param fromBytes the least body that is worth it
     * @param mostBytes the longest that its receiver may expand: that of a message's limit
     * @return this
     */
    public Outgoing compressed(int fromBytes, int mostBytes) {
        compressedFromBytes = fromBytes;
        bodyBytesMax = mostBytes;
        return this;
    }

    /**
     * Takes the place of what the producer decided, but for where the message goes: what the
     * message says of itself, as another provider has set it. A message without an id keeps none.
     * Called after everything else is set.
     *
     * @param message of any provider
     * @throws JMSException if its header can't be read, or is out of bounds
     */
    public void keep(Message message) throws JMSException {
        idText = Texts.checked("JMSMessageID", message.getJMSMessageID());
        if (idText == null) {
            id(0, 0);
        }
        timestampDisabled = message.getJMSTimestamp() == 0;
        sentMs = timestampDisabled ? sentMs : notNegative(message.getJMSTimestamp());
        deliveryMode = message.getJMSDeliveryMode();
        priority = message.getJMSPriority();
        if (priority < 0 || priority > 9) {
            throw new JMSException("a message with priority " + priority);
        }
        expirationMs = notNegative(message.getJMSExpiration());
        long deliverMs = notNegative(message.getJMSDeliveryTime());
        deliveryTimeMs = deliverMs > sentMs ? deliverMs : 0;
        userId = text(message, PropertyNames.USER_ID);
        applicationId = text(message, PropertyNames.APPLICATION_ID);
    }

    private static String text(Message message, String property) throws JMSException {
        return Texts.checked(property, message.getStringProperty(property));
    }

    private static long notNegative(long timeMs) throws JMSException {
        if (timeMs < 0) {
            throw new JMSException("a message with the time " + timeMs + " in its header");
        }
        return timeMs;
    }

    /** Compresses the body that an encoder's sink ends with, if that is asked for and helps. */
    void compressBody(RecordEncoder encoder, int at) {
        int bytes = encoder.sink().length() - at;
        boolean wanted = compressedFromBytes <= bytes && bytes <= bodyBytesMax;
        if (wanted && CompressedBody.compress(encoder.sink(), at)) {
            encoder.compressed();
        }
    }

    /**
     * Sets the header fields of a message to what was sent, and the properties that were set on
     * send, as the application sees them when {@code send} returns (Jakarta Messaging 3.4.11,
     * 3.5.9). Works on messages of any provider; one of another that refuses the properties goes
     * without.
     *
     * @param message the message that the application sent
     * @param destination where to
     * @throws JMSException if a foreign message refuses
     */
    public void applyTo(Message message, Destination destination) throws JMSException {
        message.setJMSDestination(destination);
        message.setJMSMessageID(idText != null ? idText : ownId());
        message.setJMSTimestamp(timestampDisabled ? 0 : sentMs);
        message.setJMSDeliveryMode(deliveryMode);
        message.setJMSPriority(priority);
        message.setJMSExpiration(expirationMs);
        message.setJMSDeliveryTime(deliveryTimeMs == 0 ? sentMs : deliveryTimeMs);
        show(message, PropertyNames.USER_ID, userId);
        show(message, PropertyNames.APPLICATION_ID, applicationId);
    }

    private static void show(Message message, String name, String value) throws JMSException {
        if (value == null) {
            return;
        }
        if (message instanceof TaffrailMessage ours) {
            ours.setOnSend(name, value);
            return;
        }
        try {
            message.setStringProperty(name, value);
        } catch (JMSException e) {
            // read-only, or a name that its provider keeps to itself: no reason not to send it
            return;
        }
    }

    private String ownId() {
        return idHigh == 0 && idLow == 0 ? null : MessageIds.format(idHigh, idLow);
    }

    long partition() {
        return partition;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    String idText() {
        return idText;
    }

    long sentMs() {
        return sentMs;
    }

    boolean timestampDisabled() {
        return timestampDisabled;
    }

    boolean persistent() {
        return deliveryMode == DeliveryMode.PERSISTENT;
    }

    int priority() {
        return priority;
    }

    long expirationMs() {
        return expirationMs;
    }

    long deliveryTimeMs() {
        return deliveryTimeMs;
    }

    String clientId() {
        return clientId;
    }

    String userId() {
        return userId;
    }

    String applicationId() {
        return applicationId;
    }
}
