// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.boot;

import org.springframework.jms.annotation.JmsListener;
import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Collects confirmations. */
@Component
class Confirmations {
    private final List<String> texts = new ArrayList<>();

    @JmsListener(destination = OrderClerk.CONFIRMATIONS)
    synchronized void onConfirmation(String text) {
        texts.add(text);
        notifyAll();
    }

    /** Waits until there are so many, or it takes too long. */
    synchronized void await(int count, long most, TimeUnit unit) {
        long endNs = System.nanoTime() + unit.toNanos(most);
        try {
            while (texts.size() < count && System.nanoTime() < endNs) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, endNs - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized int all() {
        return texts.size();
    }

    synchronized long distinct() {
        return texts.stream().distinct().count();
    }

    synchronized long again() {
        return texts.stream().filter(text -> text.endsWith(" 2")).count();
    }
}
