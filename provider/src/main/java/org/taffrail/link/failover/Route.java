// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.FrameLink;
import org.taffrail.link.Link;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** One of the links that follow each other. */
final class Route implements Link.Listener {
    /**
     * The consumers on it have this id, or a higher one; those of earlier routes have lower ones.
     */
    final int firstConsumerId;

    final FrameLink link;
    private final BiConsumer<Route, Throwable> whenLost;
    private volatile boolean lost;

    Route(
            int firstConsumerId,
            Function<Link.Listener, FrameLink> maker,
            BiConsumer<Route, Throwable> whenLost) {
        this.firstConsumerId = firstConsumerId;
        this.whenLost = whenLost;
        link = maker.apply(this);
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public void lost(Throwable cause) {
        lost = true;
        whenLost.accept(this, cause);
    }
}
