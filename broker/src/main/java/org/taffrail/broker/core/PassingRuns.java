// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.record.RunLayout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that were loaded to be looked at, not to be kept: whoever reads through a long backlog
 * must not push out of the window what consumers are about to get.
 */
final class PassingRuns {
    static final PassingRuns NONE = new PassingRuns();

    private final TreeMap<Long, Window.Run> runs = new TreeMap<>();

    private PassingRuns() {}

    /**
     * Takes loaded runs.
     *
     * @param arrays stamped runs, one in each array
     */
    static PassingRuns of(Partition partition, List<byte[]> arrays) {
        PassingRuns passing = new PassingRuns();
        for (byte[] array : arrays) {
            passing.runs.put(RunLayout.offset(array, 0), new Window.Run(partition, array, 0));
        }
        return passing;
    }

    /** Tells whether loaded runs hold a record. */
    static boolean isAmong(List<byte[]> arrays, long offset) {
        for (byte[] run : arrays) {
            long first = RunLayout.offset(run, 0);
            if (first <= offset && offset < first + RunLayout.count(run, 0)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the run that holds a record, or null. */
    Window.Run find(long offset) {
        Map.Entry<Long, Window.Run> entry = runs.floorEntry(offset);
        return entry == null || entry.getValue().lastOffset() < offset ? null : entry.getValue();
    }
}
