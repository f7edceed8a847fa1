// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls into a provider that may never return: made by a thread that can be left behind. */
public final class Bounded {
    private Bounded() {}

    /**
     * Makes a call.
     *
     * @param <T> what it returns
     * @param name the name of the thread that makes it
     * @param limitMs how long it may take
     * @param call the call
     * @return what it returned
     * @throws ExecutionException if it threw
     * @throws TimeoutException if it has not returned in time; it is interrupted then
     * @throws InterruptedException if the caller was interrupted meanwhile
     */
    public static <T> T call(String name, long limitMs, Callable<T> call)
            throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }
}
