// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The messages sent ahead to one consumer, highest priority first and in the order of their arrival
 * within a priority: what comes late and is urgent overtakes what waits here, so that priority is
 * honoured under prefetch too. Not thread-safe: guarded by the session's lock.
 */
final class ConsumerBuffer {
    private static final int PRIORITIES = 10;

    private final ArrayDeque<Held>[] byPriority;
    private int waiting;
    private int size;
    private long bytes;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ConsumerBuffer() {
        byPriority = new ArrayDeque[PRIORITIES];
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a message behind those of its priority. */
    void add(Held held) {
        queue(held.priority()).addLast(held);
        added(held);
    }

    /** Puts a message back that was taken last, before those of its priority. */
    void putBack(Held held) {
        queue(held.priority()).addFirst(held);
        added(held);
    }

    /** Takes the next message, null if there is none. */
    Held poll() {
        if (size == 0) {
            return null;
        }
        int priority = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(waiting);
        ArrayDeque<Held> queue = byPriority[priority];
        Held held = queue.pollFirst();
        if (queue.isEmpty()) {
            waiting &= ~(1 << priority);
        }
        size--;
        bytes -= held.bytes();
        return held;
    }

    /** Takes all messages, in order. */
    void drainTo(Consumer<Held> taker) {
        for (Held held = poll(); held != null; held = poll()) {
            taker.accept(held);
        }
    }

    private ArrayDeque<Held> queue(int priority) {
        ArrayDeque<Held> queue = byPriority[priority];
        if (queue == null) {
            queue = new ArrayDeque<>();
            byPriority[priority] = queue;
        }
        return queue;
    }

    private void added(Held held) {
        waiting |= 1 << held.priority();
        size++;
        bytes += held.bytes();
    }
}
