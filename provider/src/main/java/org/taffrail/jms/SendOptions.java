// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * How a producer sends (Jakarta Messaging 7.4, 7.7 to 7.9). Mutable; used by one thread at a time,
 * as its session.
 */
final class SendOptions {
    private int deliveryMode = Message.DEFAULT_DELIVERY_MODE;
    private int priority = Message.DEFAULT_PRIORITY;
    private long timeToLiveMs = Message.DEFAULT_TIME_TO_LIVE;
    private long deliveryDelayMs = Message.DEFAULT_DELIVERY_DELAY;
    private boolean idDisabled;
    private boolean timestampDisabled;

    /** Returns the same options but for the three that a send may name. */
    SendOptions with(int newDeliveryMode, int newPriority, long newTimeToLiveMs)
            throws JMSException {
        SendOptions options = new SendOptions();
        options.deliveryMode(newDeliveryMode);
        options.priority(newPriority);
        options.timeToLiveMs(newTimeToLiveMs);
        options.deliveryDelayMs = deliveryDelayMs;
        options.idDisabled = idDisabled;
        options.timestampDisabled = timestampDisabled;
        return options;
    }

    int deliveryMode() {
        return deliveryMode;
    }

    boolean isPersistent() {
        return deliveryMode == DeliveryMode.PERSISTENT;
    }

    void deliveryMode(int mode) throws JMSException {
        if (mode != DeliveryMode.PERSISTENT && mode != DeliveryMode.NON_PERSISTENT) {
            throw new JMSException(mode + " is not a delivery mode");
        }
        deliveryMode = mode;
    }

    int priority() {
        return priority;
    }

    void priority(int newPriority) throws JMSException {
        if (newPriority < 0 || newPriority > 9) {
            throw new JMSException("priority " + newPriority + ", allowed are 0 to 9");
        }
        priority = newPriority;
    }

    long timeToLiveMs() {
        return timeToLiveMs;
    }

    void timeToLiveMs(long newTimeToLiveMs) throws JMSException {
        timeToLiveMs = notNegative("time to live", newTimeToLiveMs);
    }

    long deliveryDelayMs() {
        return deliveryDelayMs;
    }

    void deliveryDelayMs(long newDeliveryDelayMs) throws JMSException {
        deliveryDelayMs = notNegative("delivery delay", newDeliveryDelayMs);
    }

    boolean isIdDisabled() {
        return idDisabled;
    }

    void idDisabled(boolean disabled) {
        idDisabled = disabled;
    }

    boolean isTimestampDisabled() {
        return timestampDisabled;
    }

    void timestampDisabled(boolean disabled) {
        timestampDisabled = disabled;
    }

    /** Returns when a message that is sent now expires, 0 for never. */
    long expirationMs(long nowMs) {
        return timeToLiveMs == 0 ? 0 : later(nowMs, timeToLiveMs);
    }

    /** Returns before when a message that is sent now must not be delivered, 0 for at once. */
    long deliveryTimeMs(long nowMs) {
        return deliveryDelayMs == 0 ? 0 : later(nowMs, deliveryDelayMs);
    }

    private static long later(long nowMs, long byMs) {
        return byMs > Long.MAX_VALUE - nowMs ? Long.MAX_VALUE : nowMs + byMs;
    }

    private static long notNegative(String what, long timeMs) throws JMSException {
        if (timeMs < 0) {
            throw new JMSException("a " + what + " of " + timeMs + " ms");
        }
        return timeMs;
    }
}
