// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import java.util.EnumSet;
import java.util.Set;

/**
 * The stages of a broker's life.
 *
 * <pre>
 *   NEW -> STARTING -> RUNNING -> STOPPING -> STOPPED
 *             |           |          |
 *             +-----------+----------+------> FAILED
 * </pre>
 */
public enum Stage {
    /** Made, nothing opened. */
    NEW,
    /** The store is being claimed and recovered. */
    STARTING,
    /** Clients are served; also while the broker recovers from a failure of its store. */
    RUNNING,
    /** Clients are told to go, and the store is closed in order. */
    STOPPING,
    /** Everything is released, in order. */
    STOPPED,
    /** Everything is released, because something could not go on. */
    FAILED;

    /**
     * Tells where this stage may lead.
     *
     * @return the legal next stages
     */
    public Set<Stage> next() {
        return switch (this) {
            case NEW -> EnumSet.of(STARTING, STOPPED);
            case STARTING -> EnumSet.of(RUNNING, FAILED);
            case RUNNING -> EnumSet.of(STOPPING, FAILED);
            case STOPPING -> EnumSet.of(STOPPED, FAILED);
            case STOPPED, FAILED -> EnumSet.noneOf(Stage.class);
        };
    }

    /**
     * Tells whether everything is over.
     *
     * @return true for the two last stages
     */
    public boolean isFinal() {
        return next().isEmpty();
    }
}
