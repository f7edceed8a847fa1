// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.Start;
import org.taffrail.wire.record.DestinationKind;

import java.util.function.Predicate;

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
     * @param mayReturnTo knows to which queues messages may go back, where no target is named;
     *     those of others stay
     */
    record Retry(Selection selection, String target, Predicate<String> mayReturnTo)
            implements Operation {
        /**
         * Makes one for messages from everywhere.
         *
         * @param selection see above
         * @param target see above
         */
        public Retry(Selection selection, String target) {
            this(selection, target, queue -> true);
        }
    }

    /**
     * Lets a durable subscription that nobody is consuming from begin anew: what it has not
     * consumed before that is not for it any more, what it has consumed behind it comes again,
     * flagged.
     *
     * @param topic the topic's name
     * @param group the subscription's group
     * @param start where it begins
     */
    record Reset(String topic, long group, Start start) implements Operation {}

    /**
     * Appends what a log has to a queue once more, in the order of the log, consumed or not: copies
     * that keep their message ids. Up to where the log ends now; what has expired is passed over.
     *
     * @param kind of the destination that is read
     * @param name its name
     * @param start where to begin
     * @param filter which messages of those
     * @param target the queue's name, which may be the same
     */
    record Replay(
            DestinationKind kind, String name, Start start, Selection.Filter filter, String target)
            implements Operation {}

    /**
     * Ends a branch that is prepared, though its transaction manager has not decided: it is told so
     * until the branch is forgotten.
     *
     * @param id its id, see {@link BranchStatus}
     * @param commit false to roll back
     */
    record EndBranch(long id, boolean commit) implements Operation {}

    /**
     * Forgets how an operator has ended a branch.
     *
     * @param id its id, see {@link BranchStatus}
     */
    record ForgetBranch(long id) implements Operation {}
}
