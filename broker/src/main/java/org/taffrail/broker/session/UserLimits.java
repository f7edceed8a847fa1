// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

/**
 * What one user may have of a broker at once; 0 sets no limit.
 *
 * @param connectionsMax how many connections
 * @param consumersMax how many consumers and browsers
 * @param sendsPerSecondMax how many messages it may send in a second
 * @param sendBytesPerSecondMax how many bytes of them
 * @param messageBytesMax how many bytes each of them may have
 * @param heldBytesMax how many bytes of messages its consumers may hold
 * @param createsMax how many destinations it may make by naming them, in one life of the broker
 * @param temporaryMax how many temporary destinations
 */
public record UserLimits(
        int connectionsMax,
        int consumersMax,
        long sendsPerSecondMax,
        long sendBytesPerSecondMax,
        long messageBytesMax,
        long heldBytesMax,
        int createsMax,
        int temporaryMax) {
    /** No limits. */
    public static final UserLimits NONE = new UserLimits(0, 0, 0, 0, 0, 0, 0, 0);
}
