// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.transaction.TransactionSynchronizationRegistry;

import org.awaitility.Awaitility;

import java.util.Map;
import java.util.Timer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of an application server: as many as it is said to have, and no more. */
final class FakeServer implements BootstrapContext, WorkManager {
    private final Semaphore free;
    private final AtomicInteger busy = new AtomicInteger();
    final ConcurrentLinkedQueue<Map<String, ?>> hints = new ConcurrentLinkedQueue<>();

    FakeServer(int threads) {
        free = new Semaphore(threads);
    }

    /** Waits until the last thread has come back, a moment after its task has ended. */
    void awaitIdle() {
        Awaitility.await("threads that go on").until(() -> busy.get() == 0);
    }

    /** Has more threads from now on. */
    void hire(int threads) {
        free.release(threads);
    }

    /** Returns how many threads are at work. */
    int busy() {
        return busy.get();
    }

    @Override
    public void scheduleWork(
            Work work, long startTimeout, ExecutionContext context, WorkListener listener)
            throws WorkRejectedException {
        if (work instanceof WorkContextProvider provider) {
            for (WorkContext given : provider.getWorkContexts()) {
                hints.add(((HintsContext) given).getHints());
            }
        }
        if (!free.tryAcquire()) {
            WorkRejectedException refusal = new WorkRejectedException("no thread is free");
            if (listener != null) {
                listener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, work, refusal));
            }
            throw refusal;
        }
        busy.incrementAndGet();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } finally {
                                busy.decrementAndGet();
                                free.release();
                            }
                        },
                        "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void scheduleWork(Work work) throws WorkRejectedException {
        scheduleWork(work, INDEFINITE, null, null);
    }

    @Override
    public void doWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(
            Work work, long startTimeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(
            Work work, long startTimeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkManager getWorkManager() {
        return this;
    }

    @Override
    public XATerminator getXATerminator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Timer createTimer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return type == HintsContext.class;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        throw new UnsupportedOperationException();
    }
}
