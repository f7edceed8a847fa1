// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.wire.record.DestinationKind;

/**
 * What is known of a destination at a moment. Numbers of messages and consumers are sums over its
 * groups, side groups left out.
 *
 * @param kind its kind
 * @param name its name
 * @param id never used again
 * @param depth how many messages are not settled
 * @param held how many of them a consumer holds
 * @param waiting how many of them wait until a time
 * @param failed of how many of them a delivery has failed
 * @param consumers how many consumers there are
 * @param groups how many groups: subscriptions, or the one of a queue and its side groups
 * @param firstNeeded the first offset that a group still needs, or the end
 * @param end the offset that the next message gets
 * @param oldestMs when the oldest message that is not settled was appended, ms since 1970; 0 if
 *     there is none, -1 if it is not known yet
 * @param counts what has happened to its messages
 * @param collects whether dead letters or expired messages may be moved to it
 * @param policy what holds for it
 */
public record DestinationStatus(
        DestinationKind kind,
        String name,
        long id,
        long depth,
        long held,
        long waiting,
        long failed,
        long consumers,
        long groups,
        long firstNeeded,
        long end,
        long oldestMs,
        Counts counts,
        boolean collects,
        DestinationPolicy policy) {}
