// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The desk's books: what was sent, handed out, filled and dead-lettered. All threads of the desk
 * write into it; each method is atomic.
 */
final class Ledger {
    private static final int NAMED_MAX = 5;

    /** Who was given an order first, as which of all orders, and as which of this clerk's. */
    private record HandOut(String clerk, int number, int numberOfClerk) {}

    /** The last attempt at an order that could not be filled. */
    private record Attempt(int delivery, String reason) {}

    private final Set<String> open = new HashSet<>();
    private final List<String> sent = new ArrayList<>();
    private final Map<String, HandOut> handedOut = new HashMap<>();
    private final Map<String, Integer> handedOutByClerk = new HashMap<>();
    private final Map<String, Attempt> attempts = new HashMap<>();
    private final Map<String, Integer> filled = new LinkedHashMap<>();
    private final Map<String, Integer> filledByClerk = new TreeMap<>();
    private final List<DeskSummary.DeadLetter> deadLettered = new ArrayList<>();
    private BigDecimal billed = BigDecimal.ZERO;
    private final List<String> faults = new ArrayList<>();

    /** Notes an order, just before it is sent. */
    synchronized void sending(String orderId) {
        sent.add(orderId);
        open.add(orderId);
    }

    /** Notes that a clerk was given an order; only the first time counts. */
    synchronized void handedOut(String orderId, String clerk) {
        if (!handedOut.containsKey(orderId)) {
            int ofClerk = handedOutByClerk.merge(clerk, 1, Integer::sum);
            handedOut.put(orderId, new HandOut(clerk, handedOut.size() + 1, ofClerk));
        }
    }

    /** Notes that a clerk failed at an order and rolled back. */
    synchronized void turnedDown(String orderId, int delivery, String reason) {
        attempts.put(orderId, new Attempt(delivery, reason));
    }

    /** Notes that a confirmation arrived. */
    synchronized void filled(String orderId, String clerk) {
        filled.merge(orderId, 1, Integer::sum);
        filledByClerk.merge(clerk, 1, Integer::sum);
        close(orderId);
    }

    /** Notes that an order was billed. */
    synchronized void billed(BigDecimal total) {
        billed = billed.add(total);
    }

    /** Notes that an order was found on the dead-letter queue. */
    synchronized void deadLettered(String orderId) {
        Attempt last = attempts.getOrDefault(orderId, new Attempt(0, "never handed out"));
        deadLettered.add(new DeskSummary.DeadLetter(orderId, last.delivery(), last.reason()));
        close(orderId);
    }

    /** Notes that something went wrong in a thread of the desk, and wakes who waits. */
    synchronized void fault(String what) {
        faults.add(what);
        notifyAll();
    }

    private void close(String orderId) {
        open.remove(orderId);
        if (open.isEmpty()) {
            notifyAll();
        }
    }

    /**
     * Waits until each order sent so far is filled or dead-lettered.
     *
     * @throws DeskException if nothing happens to any order for {@code waitMs}, or a thread of the
     *     desk fails
     */
    synchronized void awaitAllClosed(long waitMs) throws DeskException, InterruptedException {
        int openBefore = open.size();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (!open.isEmpty() && faults.isEmpty()) {
            if (open.size() != openBefore) {
                openBefore = open.size();
                deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                throw new DeskException(
                        String.format(
                                Locale.ROOT,
                                "waited %d ms in vain; of %d orders, %d are neither filled nor"
                                        + " dead: %s",
                                waitMs,
                                sent.size(),
                                open.size(),
                                someOf(open)));
            }
            wait(leftMs);
        }
        if (!faults.isEmpty()) {
            throw new DeskException("a thread of the desk failed: " + someOf(faults));
        }
    }

    private static String someOf(Collection<String> all) {
        String some = String.join(", ", all.stream().sorted().limit(NAMED_MAX).toList());
        return all.size() > NAMED_MAX ? some + ", …" : some;
    }

    /** How the urgent order fared among the first {@code waiting} orders sent. */
    synchronized DeskSummary.Overtaking overtaking(String urgentId, int waiting) {
        HandOut urgent = handedOut.get(urgentId);
        if (urgent == null) {
            return new DeskSummary.Overtaking(urgentId, "nobody", false, 0);
        }
        int overtook = 0;
        for (String id : sent.subList(0, waiting)) {
            HandOut other = handedOut.get(id);
            if (other != null && other.number() > urgent.number()) {
                overtook++;
            }
        }
        return new DeskSummary.Overtaking(
                urgentId, urgent.clerk(), urgent.numberOfClerk() == 1, overtook);
    }

    synchronized DeskSummary.Accounts accounts() {
        return new DeskSummary.Accounts(
                List.copyOf(sent),
                Map.copyOf(filled),
                List.copyOf(deadLettered),
                new TreeMap<>(filledByClerk),
                billed);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }
}
