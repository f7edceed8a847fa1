// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.frame.FrameChannel;

/**
 * The channel of one link: a {@link FrameChannel} that can also end at once and tell the time.
 *
 * <p>A channel whose bytes come from elsewhere may be helped by those who wait for them: {@link
 * #lend}. One that has no use for that has nothing to do but what the methods do of themselves.
 */
public interface LinkChannel extends FrameChannel {
    /**
     * Takes bytes as {@link #send} does, which need not leave before something else does, or
     * somebody calls {@link #leave} or {@link #lend}.
     *
     * @param array the bytes
     * @param at where they begin
     * @param length how many
     */
    default void collect(byte[] array, int at, int length) {
        send(array, at, length);
    }

    /** Has what was collected leave at once, as far as that goes without blocking. */
    default void leave() {}

    /**
     * Lends the caller's thread to the channel while the caller waits: {@link #leave}, and then, if
     * it helps, reads what the peer sends and has the receiver hear it on this thread. Returns when
     * the wait is over, or earlier. While a thread is lent again and again the channel need not
     * read by itself, or not at once: see {@link #attend}.
     *
     * @param awaited what the caller waits for
     * @param timeoutNs how long at most
     * @throws InterruptedException if the thread is interrupted; it may also return with its flag
     *     set
     */
    default void lend(Awaited awaited, long timeoutNs) throws InterruptedException {
        awaited.block(timeoutNs);
    }

    /** Has a thread that is lent look whether its wait is over. */
    default void wake() {}

    /**
     * Says that something will come that nobody lends a thread for: the channel reads by itself.
     */
    default void attend() {}

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
