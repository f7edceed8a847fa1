// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.DestinationKind;

/** What a manager wants changed. */
public sealed interface Operation {
    /**
     * Makes a destination with the policy that its name has; nothing where it exists.
     *
     * @param kind queue or topic
     * @param name its name
     */
    record Create(DestinationKind kind, String name) implements Operation {}

    /**
     * Deletes a destination with all that is in it.
     *
     * @param kind queue or topic
     * @param name its name
     * @param force also where it has consumers, subscriptions or messages
     */
    record Delete(DestinationKind kind, String name, boolean force) implements Operation {}

    /**
     * Settles messages.
     *
     * @param selection which
     */
    record Purge(Selection selection) implements Operation {}

    /**
     * Moves messages to a queue, which is made where its policy allows. Copies keep all but their
     * place: also when they expire, and when they may be delivered. Failed deliveries are counted
     * anew.
     *
     * @param selection which
     * @param target the queue's name
     */
    record Move(Selection selection, String target) implements Operation {}

    /**
     * Moves dead letters, or expired messages, back to the queues they came from, as they were
     * before: without what tells of their death, and with their expiration if that is still to
     * come. One that died in a subscription stays where it is, unless a target is named: its topic
     * would give it to all subscriptions.
     *
     * @param selection which
     * @param target a queue to take in place of where each came from, or null
     */
    record Retry(Selection selection, String target) implements Operation {}
}
