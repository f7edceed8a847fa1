// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordParts;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message as the tests write it down: {@code message("m").priority(9).expiresAt(t)}. */
public final class Message {
    private final String body;
    private int priority = 4;
    private boolean persistent = true;
    private long expirationMs;
    private long deliveryTimeMs;
    private String clientId;
    private String type;
    private String key;
    private String correlation;
    private byte[] correlationBytes;
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private Message(String body) {
        this.body = body;
    }

    /** Begins a persistent message of priority 4. */
    public static Message message(String body) {
        return new Message(body);
    }

    public Message priority(int value) {
        priority = value;
        return this;
    }

    public Message nonPersistent() {
        persistent = false;
        return this;
    }

    public Message expiresAt(long timeMs) {
        expirationMs = timeMs;
        return this;
    }

    public Message notBefore(long timeMs) {
        deliveryTimeMs = timeMs;
        return this;
    }

    public Message from(String senderClientId) {
        clientId = senderClientId;
        return this;
    }

    public Message type(String value) {
        type = value;
        return this;
    }

    /** Sets JMSXGroupID. */
    public Message key(String value) {
        key = value;
        return this;
    }

    /** Sets JMSCorrelationID. */
    public Message correlation(String value) {
        correlation = value;
        return this;
    }

    /** Sets JMSCorrelationIDAsBytes. */
    public Message correlationBytes(byte[] value) {
        correlationBytes = value;
        return this;
    }

    public Message property(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** Cuts the record into pieces, each a complete run. */
    public RecordParts parts(int pieceBytes) {
        ByteSink sink = new ByteSink(64);
        encode(sink);
        return new RecordParts(sink.array(), 0, pieceBytes, sink.length());
    }

    /** Appends the record. */
    public void encode(ByteSink sink) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(7, body.hashCode(), 1_000, persistent, priority)
                .bodyType(BodyType.TEXT, false)
                .expiration(expirationMs)
                .deliveryTime(deliveryTimeMs)
                .key(key)
                .correlation(correlation)
                .correlation(correlationBytes)
                .type(type)
                .clientId(clientId)
                .properties(properties);
        sink.putBytes(bytes, 0, bytes.length);
        encoder.end();
    }
}
