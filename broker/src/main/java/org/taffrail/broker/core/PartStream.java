// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RecordView;

/**
 * A large message on its way to one consumer, whose head was told. Until the last part is told as
 * well the consumer is delivered nothing else, and no settlement can name the message.
 */
final class PartStream {
    final Consumer consumer;

    /** What the consumer holds; null for a browser. */
    final Hold hold;

    /** Where the head stands. */
    final long offset;

    /** Whether it is on the list of those that can go on. */
    boolean queued;

    /** Whether it has asked for its next part. */
    boolean loading;

    private final PartStreams streams;
    private final int parts;
    private final long bytes;
    private final int resets;
    private int next;

    PartStream(PartStreams streams, Consumer consumer, long offset, RecordView head) {
        this.streams = streams;
        this.consumer = consumer;
        this.offset = offset;
        hold = consumer instanceof Browser ? null : consumer.group.position.holdOf(offset);
        parts = head.partCount();
        bytes = head.wholeLength();
        resets = consumer.resets();
    }

    Partition partition() {
        return consumer.group.position.partition;
    }

    /** Which part is told next, from 0. */
    int next() {
        return next;
    }

    long nextOffset() {
        return offset + 1 + next;
    }

    /** Notes that a part was told; returns whether it was the last. */
    boolean told() {
        next++;
        return next == parts;
    }

    /** Whether this is what its consumer waits for. */
    boolean isUnderWay() {
        return consumer.stream == this;
    }

    /** Whether it is shown to a browser of a queue, and was taken by others meanwhile. */
    boolean hasVanished() {
        return hold == null
                && !consumer.group.isOnlookers()
                && !consumer.group.position.isUnsettled(offset);
    }

    /** Whether its parts may be given up before they are told: nobody keeps them for it. */
    boolean mayLoseParts() {
        return consumer.group.isOnlookers();
    }

    /** Ends in the middle, because the message has left the consumer. */
    void abandon() {
        streams.ended(this);
    }

    /** Ends in the middle, with the consumer, and puts the message back. */
    void takeBack() {
        streams.takeBack(this);
    }

    /** Gives the consumer back the credit for a message that it does not get. */
    void refund() {
        consumer.refund(bytes, resets);
    }
}
