// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The producers of a run: their senders, and a thread for each, which live as long as the run does.
 * So no thread is started while the clock runs, and none takes the count of what it has allocated
 * with it when it ends.
 *
 * <p>Used by the thread of the run.
 */
final class Producers implements AutoCloseable {
    /** What a producer does on its thread between being started and being waited for. */
    @FunctionalInterface
    interface Work {
        void run(int producer, Sender sender) throws JMSException;
    }

    private final RunFailure failure;
    private final List<Sender> senders = new ArrayList<>();
    private final ExecutorService threads;
    private CountDownLatch working = new CountDownLatch(0);

    Producers(Sender.Setting setting) throws JMSException {
        this.failure = setting.run().failure();
        AtomicInteger started = new AtomicInteger();
        threads =
                Executors.newFixedThreadPool(
                        setting.sending().producers(),
                        work -> {
                            Thread thread =
                                    new Thread(work, "perf-producer-" + started.getAndIncrement());
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            for (int number = 0; number < setting.sending().producers(); number++) {
                senders.add(Sender.open(setting, number));
            }
        } catch (JMSException e) {
            close();
            throw e;
        }
    }

    /** Puts each producer to work on a thread; each ends by settling what it has sent. */
    void start(Work work) {
        working = new CountDownLatch(senders.size());
        CountDownLatch done = working;
        for (int number = 0; number < senders.size(); number++) {
            int producer = number;
            Sender sender = senders.get(number);
            threads.execute(
                    () -> {
                        try {
                            work.run(producer, sender);
                            sender.settle();
                        } catch (JMSException | RuntimeException e) {
                            failure.report(e);
                        } finally {
                            done.countDown();
                        }
                    });
        }
    }

    /**
     * Waits for the producers that were started.
     *
     * @param timeoutMs for how long
     * @return whether all have ended
     * @throws RunFailedException if the run has failed
     */
    boolean await(long timeoutMs) throws RunFailedException {
        try {
            boolean ended = working.await(timeoutMs, TimeUnit.MILLISECONDS);
            failure.check();
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("Interrupted while the producers were working", e);
        }
    }

    /** What came back to those producers to which something does. */
    List<ReceivedLog> replies() {
        return senders.stream().map(Sender::replies).filter(Objects::nonNull).toList();
    }

    @Override
    public void close() throws JMSException {
        threads.shutdown();
        for (Sender sender : senders) {
            sender.close();
        }
    }
}
