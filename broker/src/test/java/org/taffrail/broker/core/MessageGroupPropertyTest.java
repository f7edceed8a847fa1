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
        STICKY(1000, null),

        /** Groups are forgotten all the time. */
        FORGETFUL(1, null),

        /** Consumers select. */
        SELECTIVE(1000, "c"),

        /** Consumers select, and groups are forgotten all the time. */
        SELECTIVE_AND_FORGETFUL(1, "c"),

        /** Consumers wait for a correlation id each. */
        CORRELATED(1000, "JMSCorrelationID"),

        /** They do, and groups are forgotten all the time. */
        CORRELATED_AND_FORGETFUL(1, "JMSCorrelationID");

        final int keysMax;
        final String selectedBy;

        Kind(int keysMax, String selectedBy) {
            this.keysMax = keysMax;
            this.selectedBy = selectedBy;
        }
    }

    @ParameterizedTest
    @EnumSource
    void messageGroupsFollowTheirRules(Kind kind) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                new GroupedQueue(seed, kind.keysMax, kind.selectedBy).history();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(kind + ", seed " + seed, e);
            }
        }
    }
}
