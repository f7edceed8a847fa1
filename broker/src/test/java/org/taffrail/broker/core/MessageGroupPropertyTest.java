// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of messages with keys, held against the rules of {@link Lanes} as {@link
 * GroupedQueue} writes them down: each delivery, and whenever the broker has come to rest.
 */
class MessageGroupPropertyTest {
    private static final int HISTORIES = 100;

    /** What else makes a history hard. */
    enum Kind {
        /** All groups are remembered. */
        STICKY(1000, false),

        /** Groups are forgotten all the time. */
        FORGETFUL(1, false),

        /** Consumers select. */
        SELECTIVE(1000, true),

        /** Consumers select, and groups are forgotten all the time. */
        SELECTIVE_AND_FORGETFUL(1, true);

        final int keysMax;
        final boolean selective;

        Kind(int keysMax, boolean selective) {
            this.keysMax = keysMax;
            this.selective = selective;
        }
    }

    @ParameterizedTest
    @EnumSource
    void messageGroupsFollowTheirRules(Kind kind) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                new GroupedQueue(seed, kind.keysMax, kind.selective).history();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(kind + ", seed " + seed, e);
            }
        }
    }
}
