// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

/** Where somebody outside the broker is asked, who may take long, or never answer. */
@FunctionalInterface
public interface OutsideLane {
    /**
     * Runs a task elsewhere, within a time limit.
     *
     * @param task the task, whose thread is interrupted when its time is over
     * @param whenOver called when the time is over, whether the task has begun or not; also where
     *     it has ended at the same moment
     * @throws java.util.concurrent.RejectedExecutionException if too many wait, or the broker stops
     */
    void run(Runnable task, Runnable whenOver);
}
