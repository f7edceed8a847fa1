// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.record;

import org.taffrail.wire.ByteSink;

import java.util.Map;

/**
 * Makes the broker's copies of a record: for a dead-letter queue, an expiry queue or a move. A copy
 * keeps the message id and everything the sender set but what its {@link Changes} say.
 */
public final class RecordEditor {
    private RecordEditor() {}

    /**
     * What a copy has in place of what its original has.
     *
     * @param properties all of its properties, at most {@link RunCheck#COPY_PROPERTIES_MAX}
     * @param expirationMs when it expires, 0 for never
     * @param deliveryTimeMs before when it is not delivered, 0 for at once
     */
    public record Changes(Map<String, Object> properties, long expirationMs, long deliveryTimeMs) {}

    /**
     * Returns the changes of a copy that never expires, may be delivered at once, and gains
     * properties.
     *
     * @param original the record
     * @param added properties that replace those of the same name; so few that a message with as
     *     many as it may have stays within {@link RunCheck#COPY_PROPERTIES_MAX}
     * @return the changes
     */
    public static Changes adding(RecordView original, Map<String, Object> added) {
        Map<String, Object> properties = original.properties();
        properties.putAll(added);
        return new Changes(properties, 0, 0);
    }

    /**
     * Appends a run of one record, the copy, without producer and sequence. The copy of a large
     * message's head says that as many parts follow it.
     *
     * @param sink where the run goes
     * @param partition the partition it is meant for
     * @param original the record
     * @param changes what the copy has in place of it
     */
    public static void copy(ByteSink sink, long partition, RecordView original, Changes changes) {
        int run = RunLayout.begin(sink, partition, 0, 0);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(
                original.idHigh(),
                original.idLow(),
                original.sentMs(),
                original.persistent(),
                original.priority());
        encoder.bodyType(original.bodyType(), original.bodyIsNull());
        encoder.copied();
        if (original.timestampDisabled()) {
            encoder.timestampDisabled();
        }
        if (original.compressed()) {
            encoder.compressed();
        }
        if (changes.expirationMs != 0) {
            encoder.expiration(changes.expirationMs);
        }
        if (changes.deliveryTimeMs != 0) {
            encoder.deliveryTime(changes.deliveryTimeMs);
        }
        encoder.key(original.key())
                .correlation(original.correlationText())
                .correlation(original.correlationBytes())
                .type(original.type())
                .replyTo(original.replyToKind(), original.replyToName())
                .clientId(original.clientId())
                .userId(original.userId())
                .messageIdText(original.hasForeignId() ? original.messageId() : null)
                .properties(changes.properties)
                .parts(original.partCount(), original.partBytes());
        sink.putBytes(original.array(), original.bodyAt(), original.bodyLength());
        encoder.end();
        RunLayout.end(sink, run, 1);
    }

    /**
     * Appends a run of one record, the same part of a large message, without producer and sequence.
     *
     * @param sink where the run goes
     * @param partition the partition it is meant for
     * @param array the bytes
     * @param at where the part begins
     */
    public static void copyPart(ByteSink sink, long partition, byte[] array, int at) {
        int run = RunLayout.begin(sink, partition, 0, 0);
        sink.putBytes(array, at, RecordLayout.length(array, at));
        RunLayout.end(sink, run, 1);
    }
}
