// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkManager;

import java.util.List;

/**
 * Threads of the server's work manager, asked for as long-running ones where it knows that hint
 * (Jakarta Connectors 11.6).
 */
final class ServerThreads {
    private final WorkManager manager;
    private final boolean hints;

    ServerThreads(BootstrapContext context) {
        manager = context.getWorkManager();
        hints = context.isContextSupported(HintsContext.class);
    }

    /**
     * Has something run, soon.
     *
     * @param name for the server's logs
     * @param task what to run
     * @param rejected called instead, if the server takes its word back
     * @throws ResourceException if the server refuses
     */
    void run(String name, Runnable task, Runnable rejected) throws ResourceException {
        WorkAdapter listener =
                new WorkAdapter() {
                    @Override
                    public void workRejected(WorkEvent event) {
                        rejected.run();
                    }
                };
        manager.scheduleWork(
                hints ? new LongTask(name, task) : new Task(task),
                WorkManager.INDEFINITE,
                null,
                listener);
    }

    /** A task. It ends when its activation does, which the server ends before it stops. */
    private static class Task implements Work {
        private final Runnable task;

        Task(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }

        @Override
        public void release() {
            // the activation is ended as well
        }
    }

    /** A task that says of itself that it takes long. */
    private static final class LongTask extends Task implements WorkContextProvider {
        private static final long serialVersionUID = 1L;

        private final transient HintsContext context = new HintsContext();

        LongTask(String name, Runnable task) {
            super(task);
            context.setHint(HintsContext.NAME_HINT, "taffrail-" + name);
            context.setHint(HintsContext.LONGRUNNING_HINT, Boolean.TRUE);
        }

        @Override
        public List<WorkContext> getWorkContexts() {
            return List.of(context);
        }
    }
}
