// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.core.policy.Retention;
import org.taffrail.wire.record.DestinationKind;

import java.util.Collection;

/**
 * What destinations keep though nobody needs it, as far as clients can know: when a message was
 * appended lies between its send and its answer, and a retention ends a little more than a second
 * at once. So of some messages it is known that they are kept, of others that they have ended, and
 * of a few neither.
 */
final class Chronicle {
    /** What is appended within less than this ends together. */
    private static final long STRETCH_MS = 1000;

    private final Policies policies;
    private final Collection<Letter> letters;
    private long nowMs;
    private int clock;
    private int scarceAt;

    Chronicle(Policies policies, Collection<Letter> letters) {
        this.policies = policies;
        this.letters = letters;
    }

    void time(long newNowMs) {
        nowMs = newNowMs;
    }

    long nowMs() {
        return nowMs;
    }

    /** A client sends. */
    void sent(Letter letter) {
        letter.sentAtMs = nowMs;
        letter.sentAt = ++clock;
    }

    /** A client knows that a message is in the log. */
    void appended(Letter letter) {
        if (letter.appendedBy == Integer.MAX_VALUE) {
            letter.appendedByMs = nowMs;
            letter.appendedBy = ++clock;
        }
    }

    /** Room is scarce: what nobody needs may go earlier. */
    void scarce() {
        scarceAt = ++clock;
    }

    private Retention retention(String destination) {
        boolean queue = destination.startsWith("q:");
        DestinationKind kind = queue ? DestinationKind.QUEUE : DestinationKind.TOPIC;
        return policies.of(kind, PolicyRules.name(destination)).retention();
    }

    /** Whether a destination keeps what nobody needs. */
    boolean keeps(String destination) {
        return retention(destination).keeps();
    }

    /** Whether some destination gives up what is old. */
    boolean ages() {
        return policies.anyRetainsForTime();
    }

    /** Whether a message, if it is in the log, is surely not given up by now. */
    boolean isKept(Letter letter) {
        Retention retention = retention(letter.destination);
        return retention.keeps()
                && letter.sentAt > scarceAt
                && !retention.isOver(nowMs - letter.sentAtMs, bytesSinceAtMost(letter));
    }

    private long bytesSinceAtMost(Letter letter) {
        return letters.stream()
                .filter(each -> each.destination.equals(letter.destination))
                .filter(each -> each != letter || each.mayBeRetried)
                .filter(each -> each.mayBeRetried || each.appendedBy > letter.sentAt)
                .mapToLong(each -> each.bytes)
                .sum();
    }

    /** Whether a message is surely past the bounds of its destination's retention. */
    boolean hasEnded(Letter letter) {
        Retention retention = retention(letter.destination);
        long appendedByMs = letter.appendedByMs;
        return !letter.mayBeRetried
                && appendedByMs < nowMs - STRETCH_MS
                && (!retention.keeps()
                        || retention.isOver(
                                nowMs - appendedByMs - STRETCH_MS, bytesSinceAtLeast(letter)));
    }

    private long bytesSinceAtLeast(Letter letter) {
        return letters.stream()
                .filter(each -> each.destination.equals(letter.destination))
                .filter(each -> each.persistent && each.isAcknowledged())
                .filter(each -> each.sentAtMs >= letter.appendedByMs + STRETCH_MS)
                .mapToLong(each -> each.body().length())
                .sum();
    }
}
