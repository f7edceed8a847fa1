// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.Random;

/** What a broker's store is made of. */
enum Medium {
    /** A store in memory that does to batches what disks and machines do. */
    MEMORY(240, 100, 100) {
        @Override
        Disk disk(Conditions conditions, long seed, Plant plant) {
            return new MemoryDisk(conditions.faults(), seed);
        }
    },

    /** The embedded store, on files that do it to bytes. */
    FILES(300, 35, 40) {
        @Override
        Disk disk(Conditions conditions, long seed, Plant plant) {
            return new FileDisk(seed, plant);
        }
    };

    private final int steps;
    private final int crashPercent;
    private final int comparePercent;

    /**
     * Names a medium.
     *
     * @param steps how long a history is
     * @param crashPercent of a hundred chances to crash, how many are taken: on files more has to
     *     happen between two crashes
     * @param comparePercent of a hundred chances to compare what is recovered with what is live,
     *     how many are taken: on files it takes long
     */
    Medium(int steps, int crashPercent, int comparePercent) {
        this.steps = steps;
        this.comparePercent = comparePercent;
        this.crashPercent = crashPercent;
    }

    int steps() {
        return steps;
    }

    boolean mayCrashNow(Random random) {
        return random.nextInt(100) < crashPercent;
    }

    boolean isComparedNow(Random random) {
        return random.nextInt(100) < comparePercent;
    }

    abstract Disk disk(Conditions conditions, long seed, Plant plant);
}
