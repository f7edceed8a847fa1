// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.NoRoomException;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Work on files that the loop does not wait for, one job after the other. Called from the loop's
 * thread, which also hears there what became of a job.
 */
final class FileJobs {
    private final Executor executor;
    private final Runnable wakeup;
    private final ArrayDeque<Job> running = new ArrayDeque<>();

    FileJobs(Executor executor, Runnable wakeup) {
        this.executor = executor;
        this.wakeup = wakeup;
    }

    /** Does something, to files or because something was done to them. */
    interface Task {
        void run() throws IOException, StoreException;
    }

    private record Job(CompletableFuture<Void> end, Task done, Runnable refused) {}

    /**
     * Begins a job that needs no room.
     *
     * @param task runs on another thread, after all begun before
     * @param done runs when it is done
     */
    void begin(Task task, Task done) {
        begin(task, done, null);
    }

    /**
     * Begins a job.
     *
     * @param task runs on another thread, after all begun before
     * @param done runs when it is done
     * @param refused runs when there was no room for it; null where that is a failure
     */
    void begin(Task task, Task done, Runnable refused) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        running.addLast(new Job(end, done, refused));
        executor.execute(
                () -> {
                    try {
                        task.run();
                        end.complete(null);
                    } catch (IOException | StoreException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                    wakeup.run();
                });
    }

    /**
     * Tells of one job that has ended, if there is one.
     *
     * @return whether there was
     * @throws IOException if it failed, but for want of room
     * @throws StoreException if it found something damaged
     */
    boolean poll() throws IOException, StoreException {
        Job first = running.peekFirst();
        if (first == null || !first.end.isDone()) {
            return false;
        }
        running.removeFirst();
        try {
            first.end.join();
        } catch (CompletionException e) {
            if (first.refused != null && e.getCause() instanceof NoRoomException) {
                first.refused.run();
                return true;
            }
            if (e.getCause() instanceof StoreException damage) {
                throw damage;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
        first.done.run();
        return true;
    }

    boolean idle() {
        return running.isEmpty();
    }

    /** Waits until the oldest job has ended. */
    void await() {
        Job first = running.peekFirst();
        if (first != null) {
            first.end.handle((nothing, failure) -> nothing).join();
        }
    }
}
