// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.Session;

/** How a consumer acknowledges what it receives. */
public enum AckMode {
    /** {@code AUTO_ACKNOWLEDGE}. */
    AUTO(Session.AUTO_ACKNOWLEDGE),
    /** {@code CLIENT_ACKNOWLEDGE}: {@code acknowledge()} after each batch. */
    CLIENT(Session.CLIENT_ACKNOWLEDGE),
    /** {@code DUPS_OK_ACKNOWLEDGE}. */
    DUPS_OK(Session.DUPS_OK_ACKNOWLEDGE),
    /** A transacted session that commits after each batch. */
    TRANSACTED(Session.SESSION_TRANSACTED);

    private final int sessionMode;

    AckMode(int sessionMode) {
        this.sessionMode = sessionMode;
    }

    int sessionMode() {
        return sessionMode;
    }
}
