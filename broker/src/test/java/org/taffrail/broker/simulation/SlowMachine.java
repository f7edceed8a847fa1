// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.file.Machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The threads of a machine, simulated in one: what is handed to them is done sooner or later. Jobs
 * on files are done in their order, and so are reads; forces in any.
 */
final class SlowMachine {
    private static final long MOVE_NS = 100_000_000;

    private final Random random;
    private final int pace;
    private final int forcePace;
    private final ArrayDeque<Runnable> files = new ArrayDeque<>();
    private final ArrayDeque<Runnable> reads = new ArrayDeque<>();
    private final List<Runnable> forces = new ArrayList<>();
    private boolean hurried;
    private Runnable overtaken;
    private int overtakesUntilCalled = -1;
    private long nowNs;

    /**
     * Makes a machine.
     *
     * @param random decides when what is done
     * @param pace how much of a hundred is done with each move
     * @param forcePace how many of a hundred forces are
     */
    SlowMachine(Random random, int pace, int forcePace) {
        this.random = random;
        this.forcePace = forcePace;
        this.pace = pace;
    }

    /** Has something done before a force that overtakes another, but for so many. */
    void whenOvertaken(int others, Runnable call) {
        overtakesUntilCalled = others;
        overtaken = call;
    }

    /** Returns it as a store sees it. */
    Machine machine() {
        return new Machine(
                () -> nowNs,
                () -> 42,
                job -> take(job, files),
                read -> take(read, reads),
                force -> {
                    if (hurried) {
                        force.run();
                    } else {
                        forces.add(force);
                    }
                },
                () -> {});
    }

    private void take(Runnable job, ArrayDeque<Runnable> queue) {
        if (hurried) {
            job.run();
        } else {
            queue.add(job);
        }
    }

    /** Does all that is waiting, and from now on everything at once, or not any more. */
    void hurry(boolean from) {
        hurried = from;
        if (from) {
            drain(files);
            drain(reads);
            while (!forces.isEmpty()) {
                forces.remove(0).run();
            }
        }
    }

    /** Whoever waits for a job is not kept waiting; what is waiting already is done later. */
    void serveAtOnce(boolean from) {
        hurried = from;
    }

    /** Does some of what is waiting. */
    void move() {
        nowNs += MOVE_NS;
        move(files);
        move(reads);
        while (!forces.isEmpty() && random.nextInt(100) < forcePace) {
            int next = random.nextInt(forces.size());
            if (next > 0 && overtakesUntilCalled-- == 0) {
                overtaken.run();
            }
            forces.remove(next).run();
        }
    }

    private void move(ArrayDeque<Runnable> queue) {
        while (!queue.isEmpty() && random.nextInt(100) < pace) {
            queue.remove().run();
        }
    }

    private static void drain(ArrayDeque<Runnable> queue) {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    boolean isIdle() {
        return files.isEmpty() && reads.isEmpty() && forces.isEmpty();
    }
}
