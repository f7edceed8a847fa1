// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordView;

import java.nio.charset.StandardCharsets;

/** A message as a client has received it. */
public record Delivery(
        int consumerId,
        long partition,
        long offset,
        int count,
        boolean redelivered,
        String body,
        RecordView record) {
    /** Reads a delivery's frame. */
    public static Delivery of(BrokerFrame.Deliver frame) {
        byte[] bytes =
                java.util.Arrays.copyOfRange(
                        frame.array(), frame.at(), frame.at() + frame.length());
        return of(frame, bytes);
    }

    /** Takes a large message whose parts have all come. */
    public static Delivery of(BrokerFrame.Deliver frame, byte[] bytes) {
        RecordView record = new RecordView().wrap(bytes, 0);
        return new Delivery(
                frame.consumerId(),
                frame.partition(),
                frame.offset(),
                frame.count(),
                frame.redelivered(),
                new String(bytes, record.bodyAt(), record.bodyLength(), StandardCharsets.UTF_8),
                record);
    }

    /** Returns a property. */
    public Object property(String name) {
        return record.properties().get(name);
    }
}
