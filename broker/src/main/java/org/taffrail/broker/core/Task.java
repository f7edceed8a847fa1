// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What a {@link Pass} does with each message that it is for. A message is ready or waiting when its
 * turn comes, never held.
 */
interface Task {
    /** What has become of a message. */
    enum Step {
        /** It is treated. */
        DONE,
        /** It can't be treated so, and stays where it is; {@link #why} tells why. */
        LEFT,
        /** It is being treated, which the pass hears of when it looks again. */
        BEGUN,
        /** This step has done enough. */
        LATER
    }

    /** Whether messages' records are needed in memory. */
    boolean needsRecords();

    /**
     * Treats a message.
     *
     * @param run holds its record; null where records are not needed
     * @throws org.taffrail.wire.WireException if no message can be treated any more
     */
    Step treat(Position position, long offset, Window.Run run);

    /** Whether a message for which {@link Step#BEGUN} was returned is still being treated. */
    boolean isTreating(Position position, long offset);

    /** Whether that one, which is not being treated any more, is treated. */
    boolean hasTreated(long offset);

    /** Hears that nothing more will be treated, however the pass has ended. */
    default void close() {}

    /** Ends a step: what was put off within it is decided. */
    void flush();

    /** Why the first message was left, or null. */
    String why();
}
