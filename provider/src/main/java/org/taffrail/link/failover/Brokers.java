// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.Continuity;
import org.taffrail.link.FrameLink;
import org.taffrail.link.Link;

/** The brokers that a {@link FailoverLink} may go on with. */
public interface Brokers {
    /**
     * Tells how many there are.
     *
     * @return 1 or more
     */
    int count();

    /**
     * Makes a link to one of them.
     *
     * @param index which, from 0
     * @param listener hears of its loss
     * @param continuity what the links before have left
     * @return a link to be opened once
     */
    FrameLink make(int index, Link.Listener listener, Continuity continuity);

    /**
     * Names them all, for messages.
     *
     * @return such as {@code failover:(taffrail://a:61700,taffrail://b:61700)}
     */
    String address();
}
