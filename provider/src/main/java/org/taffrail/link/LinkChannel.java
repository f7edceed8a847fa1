// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.frame.FrameChannel;

/** The channel of one link: a {@link FrameChannel} that can also end at once and tell the time. */
public interface LinkChannel extends FrameChannel {
    /**
     * Ends the connection at once, without regard to what was sent; {@link Receiver#closed}
     * follows. Ending twice is nothing. Does not block.
     */
    void abort();

    /**
     * Calls a task once, unless the connection has ended by then. Who has a thread for the receiver
     * calls the task there.
     *
     * @param delayMs after how many milliseconds, 1 or more
     * @param task must not block
     * @return takes the task back if it has not begun; calling it twice, or later, is nothing
     */
    Runnable after(long delayMs, Runnable task);
}
