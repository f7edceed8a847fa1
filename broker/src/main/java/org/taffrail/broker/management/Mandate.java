// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.management;

import org.taffrail.wire.record.DestinationKind;

/** What a manager may manage, as whoever has let the manager in knows. */
@FunctionalInterface
public interface Mandate {
    /**
     * Tells whether a destination may be managed, and so be shown.
     *
     * @param kind its kind
     * @param name its name
     * @return whether it may
     */
    boolean covers(DestinationKind kind, String name);
}
