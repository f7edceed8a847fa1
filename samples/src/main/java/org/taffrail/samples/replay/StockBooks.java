// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much is there of each item: what is made of the messages, and can be made of them again.
 * Thread-safe. The order of moves after a count does not matter.
 */
final class StockBooks {
    private final boolean returnsCountAsSales;
    private final Map<String, Integer> levels = new TreeMap<>();
    private final Map<String, Integer> timesApplied = new HashMap<>();

    /**
     * Empty books.
     *
     * @param returnsCountAsSales whether what is brought back is taken off, as it was for a day
     */
    StockBooks(boolean returnsCountAsSales) {
        this.returnsCountAsSales = returnsCountAsSales;
    }

    synchronized void apply(StockMove move) {
        timesApplied.merge(move.name(), 1, Integer::sum);
        switch (move.kind()) {
            case COUNT -> levels.put(move.item(), move.quantity());
            case DELIVERY -> add(move.item(), move.quantity());
            case SALE -> add(move.item(), -move.quantity());
            case RETURN ->
                    add(move.item(), returnsCountAsSales ? -move.quantity() : move.quantity());
        }
        notifyAll();
    }

    private void add(String item, int quantity) {
        levels.merge(item, quantity, Integer::sum);
    }

    /** How much is there, by item. */
    synchronized Map<String, Integer> levels() {
        return new TreeMap<>(levels);
    }

    /** How many moves were applied, each as often as it was. */
    synchronized int applied() {
        return timesApplied.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many moves were applied more than once. */
    synchronized int appliedTwice() {
        return (int) timesApplied.values().stream().filter(times -> times > 1).count();
    }

    /**
     * Waits until so many moves were applied.
     *
     * @return whether they were in time
     */
    synchronized boolean await(int moves, long waitMs) throws InterruptedException {
        long endMs = System.nanoTime() / 1_000_000 + waitMs;
        for (long leftMs = waitMs;
                applied() < moves && leftMs > 0;
                leftMs = endMs - System.nanoTime() / 1_000_000) {
            wait(leftMs);
        }
        return applied() >= moves;
    }
}
