// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongConsumer;

/** Lanes for logins whose work is done when a test says so, on its own thread. */
public final class Lanes {
    private final Queue<Runnable> lookups = new ArrayDeque<>();
    private final Queue<Runnable> hashes = new ArrayDeque<>();
    private final Queue<Runnable> outside = new ArrayDeque<>();
    private final Queue<LongConsumer> home = new ArrayDeque<>();

    public LoginLanes lanes(int waitingMax) {
        return new LoginLanes(
                lookups::add,
                hashes::add,
                (task, whenOver) -> outside.add(task),
                home::add,
                waitingMax);
    }

    public void runLookups() {
        run(lookups);
    }

    public void runHashes() {
        run(hashes);
    }

    private static void run(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    public void goHome(long nowMs) {
        for (LongConsumer task = home.poll(); task != null; task = home.poll()) {
            task.accept(nowMs);
        }
    }

    public void runAll(long nowMs) {
        runLookups();
        runHashes();
        run(outside);
        goHome(nowMs);
    }

    public int hashesWaiting() {
        return hashes.size();
    }
}
