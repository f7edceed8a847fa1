// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.taffrail.samples.report.Percentiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All clients asking at once, each its next question as soon as the last is answered. What they are
 * told is compared with the tide table.
 */
final class RushHour {
    static final String PILOTS = "temporary queue";
    static final String OFFICES = "fixed queue";

    private static final long FIRST_DAY_MS = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000;

    private final TideOptions options;
    private final String run;
    private final ServiceBook book;
    private final Percentiles percentiles;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();
    private final CountDownLatch half;

    RushHour(TideOptions options, String run, ServiceBook book, Percentiles percentiles) {
        this.options = options;
        this.run = run;
        this.book = book;
        this.percentiles = percentiles;
        half = new CountDownLatch(options.requests() / 2);
    }

    /** Starts the clients. */
    void begin(Connection connection, TideResources resources) throws JMSException {
        for (int i = 0; i < options.pilots(); i++) {
            start(PILOTS, new TemporaryQueueClient(connection, resources));
        }
        for (int i = 0; i < options.offices(); i++) {
            start(OFFICES, new FixedQueueClient(connection, resources, "office-" + i + "-" + run));
        }
    }

    private void start(String kind, TideClient client) {
        Thread thread = new Thread(() -> askAll(kind, client), "tides-client-" + clients.size());
        thread.setDaemon(true);
        thread.start();
        clients.add(thread);
    }

    private void askAll(String kind, TideClient client) {
        List<String> ports = TideTable.ports();
        try (client) {
            for (int i = asked.getAndIncrement();
                    i < options.requests();
                    i = asked.getAndIncrement()) {
                String port = ports.get(i % ports.size());
                long afterMs = FIRST_DAY_MS + i * HOUR_MS;
                long startNanos = System.nanoTime();
                Answer answer = client.ask(nameOf(i), port, afterMs, options.patienceMs());
                percentiles.record(kind, System.nanoTime() - startNanos);
                if (TideTable.next(port, afterMs).equals(answer.tide())) {
                    right.incrementAndGet();
                }
                half.countDown();
            }
        } catch (JMSException e) {
            book.fault(kind + ": " + e);
        }
    }

    private String nameOf(int request) {
        return run + "-" + request;
    }

    /** Waits until half of the requests are answered; whether they are in time. */
    boolean awaitHalf(long waitMs) throws InterruptedException {
        return half.await(waitMs, TimeUnit.MILLISECONDS);
    }

    /** Waits until the clients have ended; whether they have in time. */
    boolean awaitEnd(long waitMs) throws InterruptedException {
        for (Thread client : clients) {
            client.join(waitMs);
            if (client.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** What became of the requests. */
    TideSummary.Busy summary(Map<String, Integer> answeredBy, int afterShutdown) {
        int twice = 0;
        for (int i = 0; i < options.requests(); i++) {
            twice += book.timesHandedOut(nameOf(i)) > 1 ? 1 : 0;
        }
        return new TideSummary.Busy(
                options.requests(), right.get(), twice, answeredBy, afterShutdown);
    }
}
