// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a check has opened, closed in reverse order. Used by the check's thread and, when the check
 * is given up, by the one that closes in its place: what is opened after that is closed at once.
 */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    /**
     * Sees to it that something is closed.
     *
     * @param closeable what is closed
     * @throws IllegalStateException if the check was given up
     */
    void add(AutoCloseable closeable) {
        synchronized (this) {
            if (!closed) {
                opened.push(closeable);
                return;
            }
        }
        close(closeable);
        throw new IllegalStateException("the check was given up");
    }

    private synchronized AutoCloseable next() {
        closed = true;
        return opened.poll();
    }

    /** Closes what was opened, whatever becomes of it. */
    @Override
    public void close() {
        for (AutoCloseable next = next(); next != null; next = next()) {
            close(next);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // A lost connection, or one that the check has closed: what counts was checked.
            return;
        }
    }
}
