// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What managers have wanted and were told, as far as it changes what is expected of messages. */
final class OrderBook {
    private final Map<Integer, Letter> letters;
    private final Map<String, Group> groups;
    private final List<Orders.Order> open = new ArrayList<>();

    OrderBook(Map<Integer, Letter> letters, Map<String, Group> groups) {
        this.letters = letters;
        this.groups = groups;
    }

    /** A manager wants something done with messages: those that are there, or come before it is. */
    void begins(Orders.Order order) {
        open.add(order);
        letters.values().forEach(order::mayTreat);
    }

    /** It is done, or will not go on. */
    void isOver(Orders.Order order) {
        open.remove(order);
    }

    /** A client sends. */
    void sent(Letter letter) {
        open.forEach(order -> order.mayTreat(letter));
    }

    /** At rest a manager was told that all in a group is ended which nobody holds. */
    void ended(Group group) {
        for (Letter letter : letters.values()) {
            Copy copy = group.byLetter.get(Integer.toString(letter.id));
            boolean held = copy != null && (copy.isHeld() || copy.mayBeHeld());
            boolean elsewhere = held || letter.mayBeRetried;
            if (group.isFor(letter) && letter.isDecided() && !elsewhere) {
                letter.ended.add(group.key);
            }
        }
    }

    /** Whether more messages of a group may be held. */
    static boolean mayBeMore(Group group) {
        return group.copies.values().stream().anyMatch(Copy::mayBeHeld);
    }

    /** The lasting subscriptions that are known to exist. */
    List<Group> subscriptions() {
        return groups.values().stream()
                .filter(group -> group.exists && !group.vague && group.key.startsWith("t:"))
                .filter(group -> !Instances.isOne(group.key))
                .toList();
    }
}
