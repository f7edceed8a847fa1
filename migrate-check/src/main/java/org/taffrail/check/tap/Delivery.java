// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

/**
 * What a producer is set to, as far as the application has set it. Not thread-safe, as producers
 * are not.
 */
final class Delivery {
    private int mode = Message.DEFAULT_DELIVERY_MODE;
    private int priority = Message.DEFAULT_PRIORITY;
    private long timeToLiveMs = Message.DEFAULT_TIME_TO_LIVE;
    private long delayMs = Message.DEFAULT_DELIVERY_DELAY;

    /** Takes note of a setter that has returned. */
    void set(String setter, Object value, Recorder recorder) {
        switch (setter) {
            case "setDeliveryMode":
                mode = (Integer) value;
                break;
            case "setPriority":
                priority = (Integer) value;
                break;
            case "setTimeToLive":
                timeToLiveMs = (Long) value;
                break;
            case "setDeliveryDelay":
                delayMs = (Long) value;
                break;
            case "setDisableMessageID":
                if (Boolean.TRUE.equals(value)) {
                    recorder.used(Feature.MESSAGE_ID_DISABLED);
                }
                break;
            case "setDisableMessageTimestamp":
                if (Boolean.TRUE.equals(value)) {
                    recorder.used(Feature.TIMESTAMP_DISABLED);
                }
                break;
            default:
                break;
        }
    }

    /** Counts a send that goes as the producer is set. */
    void count(Recorder recorder) {
        count(mode, priority, timeToLiveMs, recorder);
        if (delayMs > 0) {
            recorder.used(Feature.DELIVERY_DELAY);
        }
    }

    /** Counts a send that says itself how it goes, but for the delay. */
    void count(int sendMode, int sendPriority, long sendTimeToLiveMs, Recorder recorder) {
        if (sendMode == DeliveryMode.NON_PERSISTENT) {
            recorder.used(Feature.NON_PERSISTENT);
        }
        if (sendPriority != Message.DEFAULT_PRIORITY) {
            recorder.used(Feature.PRIORITY, Integer.toString(sendPriority));
        }
        if (sendTimeToLiveMs > 0) {
            recorder.used(Feature.TIME_TO_LIVE);
        }
    }

    long delayMs() {
        return delayMs;
    }
}
