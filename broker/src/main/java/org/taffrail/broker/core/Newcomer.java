// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.BrokerFrame;

/**
 * A client that has just connected.
 *
 * @param clientId the client id or null
 * @param user its user, null for an anonymous one
 * @param instanceHigh high half of the client instance's random id
 * @param instanceLow low half
 * @param producerId as whom it sends if it begins; never used before
 * @param resumable whether it is to be remembered when this connection is lost
 * @param resumes as whom it goes on, 0 where it begins
 * @param nextSequence what its first send will have that was not sent before; 1 where it begins
 */
public record Newcomer(
        String clientId,
        String user,
        long instanceHigh,
        long instanceLow,
        long producerId,
        boolean resumable,
        long resumes,
        long nextSequence) {
    /**
     * What it is told.
     *
     * @param producerId as whom it sends
     * @param recognition whether it goes on
     */
    public record Granted(long producerId, BrokerFrame.Recognition recognition) {}

    /**
     * Makes one that begins, of whom nothing is remembered.
     *
     * @param clientId the client id or null
     * @param producerId as whom it sends
     * @return the newcomer
     */
    public static Newcomer passing(String clientId, long producerId) {
        return new Newcomer(clientId, null, 0, 0, producerId, false, 0, 1);
    }
}
