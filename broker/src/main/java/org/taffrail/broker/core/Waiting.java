// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.Arrays;

/**
 * Messages that wait until a time, earliest first; equal times in the order of offsets. A heap of
 * numbers: 17 bytes a message, no object and no thread.
 */
final class Waiting {
    private long[] due = new long[8];
    private long[] offset = new long[8];
    private byte[] priority = new byte[8];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The earliest time; only where it is not empty. */
    long firstDueMs() {
        return due[0];
    }

    long firstOffset() {
        return offset[0];
    }

    int firstPriority() {
        return priority[0];
    }

    /** Takes the room for so many at once. */
    void reserve(int count) {
        if (count > due.length) {
            resize(count);
        }
    }

    void add(long dueMs, long messageOffset, int messagePriority) {
        if (size == due.length) {
            resize(size * 2);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(dueMs, messageOffset, due[parent], offset[parent])) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, dueMs, messageOffset, messagePriority);
    }

    void removeFirst() {
        size--;
        long lastDue = due[size];
        long lastOffset = offset[size];
        int lastPriority = priority[size];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size
                    && before(due[child + 1], offset[child + 1], due[child], offset[child])) {
                child++;
            }
            if (!before(due[child], offset[child], lastDue, lastOffset)) {
                break;
            }
            move(child, at);
            at = child;
        }
        if (size > 0) {
            put(at, lastDue, lastOffset, lastPriority);
        }
    }

    /** Visits all as they stand in the heap, so that it costs little to add them to another. */
    void forEach(Visitor visitor) {
        forEach(0, size, visitor);
    }

    /** Visits some of them, from one place up to another. */
    void forEach(int from, int upTo, Visitor visitor) {
        for (int i = from; i < upTo; i++) {
            visitor.visit(due[i], offset[i], priority[i]);
        }
    }

    /** Takes one waiting message. */
    interface Visitor {
        void visit(long dueMs, long offset, int priority);
    }

    private static boolean before(long dueA, long offsetA, long dueB, long offsetB) {
        return dueA < dueB || dueA == dueB && offsetA < offsetB;
    }

    private void resize(int room) {
        due = Arrays.copyOf(due, room);
        offset = Arrays.copyOf(offset, room);
        priority = Arrays.copyOf(priority, room);
    }

    private void move(int from, int to) {
        due[to] = due[from];
        offset[to] = offset[from];
        priority[to] = priority[from];
    }

    private void put(int at, long dueMs, long messageOffset, int messagePriority) {
        due[at] = dueMs;
        offset[at] = messageOffset;
        priority[at] = (byte) messagePriority;
    }
}
