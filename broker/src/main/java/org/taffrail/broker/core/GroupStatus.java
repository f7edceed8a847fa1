// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

/**
 * What is known of a group at a moment.
 *
 * @param kind its destination's kind
 * @param destination its destination's name
 * @param id never used again
 * @param source what kind of group it is
 * @param name the subscription's name, null for a queue's group and an unnamed one
 * @param clientId whose it is, or null
 * @param selector its selector's text, or null
 * @param noLocal whether messages of its own connection are left out
 * @param durable whether it outlives its consumers and the broker
 * @param depth how many messages are not settled
 * @param held how many of them a consumer holds
 * @param waiting how many of them wait until a time
 * @param failed of how many of them a delivery has failed
 * @param consumers how many consumers it has
 * @param firstUnsettled the first offset that is not settled, or the end
 * @param end the offset that the next message gets
 * @param oldestMs when the first that is not settled was appended, ms since 1970; 0 if there is
 *     none, -1 if it is not known yet: the log is asked then, and a later look may know it
 * @param counts what has happened to its messages
 */
public record GroupStatus(
        DestinationKind kind,
        String destination,
        long id,
        ClientFrame.Source source,
        String name,
        String clientId,
        String selector,
        boolean noLocal,
        boolean durable,
        long depth,
        long held,
        long waiting,
        long failed,
        long consumers,
        long firstUnsettled,
        long end,
        long oldestMs,
        Counts counts) {}
