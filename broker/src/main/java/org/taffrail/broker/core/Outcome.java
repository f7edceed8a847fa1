// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What has come of an {@link Operation}.
 *
 * @param done how many messages, or destinations, were changed
 * @param held how many messages were passed over because a consumer holds them
 * @param left how many messages could not be treated so, and stay where they are
 * @param why why, for the first of those; null where none is left
 */
public record Outcome(long done, long held, long left, String why) {
    static Outcome done(long done) {
        return new Outcome(done, 0, 0, null);
    }
}
