// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to be done later, run by whoever owns it when it is due. Thread-safe. */
final class DueTasks {
    /** One task and when it is due. */
    private record Due(long atNs, long number, Runnable task) {}

    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::number));

    private final long startNs;
    private long lastNumber;

    /**
     * Makes it.
     *
     * @param startNs the time now, on the clock of all later times
     */
    DueTasks(long startNs) {
        this.startNs = startNs;
    }

    /**
     * Adds a task.
     *
     * @param nowNs the time
     * @param delayNs when it is due, from now
     * @return takes it back if it has not begun
     */
    synchronized Runnable add(long nowNs, long delayNs, Runnable task) {
        Due due = new Due(nowNs - startNs + delayNs, ++lastNumber, task);
        tasks.add(due);
        return () -> remove(due);
    }

    private synchronized void remove(Due due) {
        tasks.remove(due);
    }

    /**
     * Returns how long it is until one is due.
     *
     * @return in ns, 0 if one is, {@link Long#MAX_VALUE} if there is none
     */
    synchronized long untilNextNs(long nowNs) {
        Due next = tasks.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.atNs - (nowNs - startNs));
    }

    /** Runs what is due, one after the other. */
    void run(long nowNs) {
        for (Runnable task = take(nowNs); task != null; task = take(nowNs)) {
            task.run();
        }
    }

    private synchronized Runnable take(long nowNs) {
        return untilNextNs(nowNs) == 0 ? tasks.remove().task : null;
    }
}
