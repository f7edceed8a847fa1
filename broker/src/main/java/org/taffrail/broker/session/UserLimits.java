// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

/**
 * What one user may have of a broker at once; 0 sets no limit.
 *
 * @param connectionsMax how many connections
 * @param consumersMax how many consumers and browsers
 * @param sendsPerSecondMax how many messages it may send in a second
 * @param sendBytesPerSecondMax how many bytes of them
 */
public record UserLimits(
        int connectionsMax, int consumersMax, long sendsPerSecondMax, long sendBytesPerSecondMax) {
    /** No limits. */
    public static final UserLimits NONE = new UserLimits(0, 0, 0, 0);
}
