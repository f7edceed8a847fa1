// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was ordered and what was confirmed, wherever that was. Filled from messages alone: a
 * confirmation counts when it is found on a queue. Used by one thread at a time.
 */
final class Books {
    private final Map<String, Integer> confirmations = new TreeMap<>();
    private int orders;

    /** Takes the next number of an order. */
    String nextOrder() {
        orders++;
        String order = "M-" + orders;
        confirmations.put(order, 0);
        return order;
    }

    int orders() {
        return orders;
    }

    void confirmed(String order) {
        confirmations.merge(order, 1, Integer::sum);
    }

    int confirmations() {
        return confirmations.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What is wrong: each order must have been confirmed exactly once, and nothing else. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        confirmations.forEach(
                (order, times) -> {
                    if (times != 1) {
                        problems.add(order + " was confirmed " + times + " times");
                    }
                });
        if (confirmations.size() != orders) {
            problems.add("confirmations of orders that nobody placed");
        }
        return problems;
    }
}
