// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the instances of the service have done, written down by all of them. Thread-safe. */
final class ServiceBook {
    private final Map<String, Integer> handedOut = new HashMap<>();
    private final Map<String, Integer> answeredBy = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int tooLate;

    synchronized void handedOut(String request) {
        handedOut.merge(request, 1, Integer::sum);
    }

    synchronized void answered(String instance) {
        answeredBy.merge(instance, 1, Integer::sum);
    }

    /** The sender had lost patience before the answer was there. */
    synchronized void tooLate() {
        tooLate++;
        notifyAll();
    }

    synchronized void fault(String what) {
        faults.add(what);
    }

    /** How often a request was given to an instance. */
    synchronized int timesHandedOut(String request) {
        return handedOut.getOrDefault(request, 0);
    }

    /** How many requests each instance has answered, by its name. */
    synchronized Map<String, Integer> answeredBy() {
        return new TreeMap<>(answeredBy);
    }

    /**
     * Waits until instances were too late some times.
     *
     * @return how often they were; less than expected if that did not happen in time
     */
    synchronized int awaitTooLate(int expected, long waitMs) throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        for (long leftNanos = endNanos - System.nanoTime();
                tooLate < expected && leftNanos > 0;
                leftNanos = endNanos - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
        }
        return tooLate;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
