// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.micronaut;

import io.micronaut.jms.annotations.JMSListener;
import io.micronaut.jms.annotations.Queue;
import io.micronaut.messaging.annotation.MessageBody;
import io.micronaut.messaging.annotation.MessageHeader;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts what became of the orders. Thread-safe. */
@JMSListener(Connections.NAME)
public class Tally {
    private final Map<String, Integer> confirmed = new TreeMap<>();
    private final Map<String, Integer> dead = new TreeMap<>();

    /** For Micronaut. */
    public Tally() {}

    /**
     * Takes a confirmation.
     *
     * @param text says so
     * @param orderId the order's number
     */
    @Queue("confirmations")
    public synchronized void confirmed(
            @MessageBody String text, @MessageHeader("orderId") String orderId) {
        confirmed.merge(orderId, 1, Integer::sum);
        notifyAll();
    }

    /**
     * Takes a dead letter.
     *
     * @param amount the order's body
     * @param orderId the order's number
     */
    @Queue("DLQ.orders")
    public synchronized void died(
            @MessageBody String amount, @MessageHeader("orderId") String orderId) {
        dead.merge(orderId, 1, Integer::sum);
        notifyAll();
    }

    /** Waits until so many were confirmed and so many died; whether they were in time. */
    synchronized boolean await(int confirmations, int deaths, long waitMs)
            throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        for (long left = waitMs;
                left > 0 && (confirmed.size() < confirmations || dead.size() < deaths);
                left = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())) {
            wait(left);
        }
        return confirmed.size() == confirmations && dead.size() == deaths;
    }

    /** How often each order was confirmed. */
    synchronized Map<String, Integer> confirmed() {
        return new TreeMap<>(confirmed);
    }

    /** How often each order was found on the dead-letter queue. */
    synchronized Map<String, Integer> dead() {
        return new TreeMap<>(dead);
    }
}
