// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEditor;
import org.taffrail.wire.record.RecordView;

import java.util.Map;
import java.util.function.Predicate;

/** Moves dead letters and expired messages back to where they came from, as they were. */
final class RetryTask extends MoveTask {
    private final Decisions decisions;
    private final Attachments attachments;
    private final Predicate<String> mayReturnTo;

    /** Makes one; with a target, all go there. */
    RetryTask(
            Decisions decisions,
            Attachments attachments,
            Partition target,
            Predicate<String> mayReturnTo) {
        super(decisions, target);
        this.decisions = decisions;
        this.attachments = attachments;
        this.mayReturnTo = mayReturnTo;
    }

    @Override
    Moves.Transfer transfer(Position position, RecordView original) {
        Map<String, Object> properties = original.properties();
        Partition target = target();
        if (target == null) {
            target = origin(original, properties);
        }
        if (target == null) {
            return null;
        }
        if (target == position.partition) {
            leave("a message would come back to the queue it is in");
            return null;
        }
        long expiration = Origins.expirationMs(properties);
        Origins.remove(properties);
        RecordEditor.Changes changes =
                new RecordEditor.Changes(
                        properties, expiration > decisions.nowMs() ? expiration : 0, 0);
        return new Moves.Transfer(Event.Reason.MOVED, target, changes);
    }

    private Partition origin(RecordView original, Map<String, Object> properties) {
        String queue = original.copy() ? Origins.queue(properties) : null;
        if (queue != null && !mayReturnTo.test(queue)) {
            leave("a message came from " + queue + ", which the user may not manage");
            return null;
        }
        if (queue != null) {
            try {
                return attachments.resolve(DestinationKind.QUEUE, queue).partition;
            } catch (WireException e) {
                leave("a message came from " + queue + ": " + e.getMessage());
                return null;
            }
        }
        String topic = original.copy() ? Origins.topic(properties) : null;
        leave(
                topic == null
                        ? "a message does not say where it came from"
                        : "a message died in a subscription of "
                                + topic
                                + ", and all would get it again: name a queue to send it to");
        return null;
    }
}
