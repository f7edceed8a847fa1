// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import java.util.concurrent.atomic.AtomicReference;

/** Whose turn it is to read from a socket: one thread's at a time, or nobody's. */
final class Turn {
    private final AtomicReference<Thread> holder = new AtomicReference<>();

    /** Takes the turn for the calling thread; false if somebody has it. */
    boolean take() {
        return holder.get() == null && holder.compareAndSet(null, Thread.currentThread());
    }

    /** Gives back what the calling thread has taken. */
    void pass() {
        holder.set(null);
    }

    /** Returns who has the turn now, null for nobody. */
    Thread holder() {
        return holder.get();
    }
}
