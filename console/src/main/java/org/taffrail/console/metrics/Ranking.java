// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses, of many that have a score, a bounded number that are shown: those with the highest, but
 * who is shown stays so unless another has more than twice as much, so that series do not come and
 * go. Owned by one thread at a time.
 */
final class Ranking {
    /** So much more another must have in any case. */
    private static final double MARGIN = 100;

    private final int shownMax;
    private final Set<String> shown = new LinkedHashSet<>();

    /**
     * Makes one that shows nobody yet.
     *
     * @param shownMax how many are shown at most
     */
    Ranking(int shownMax) {
        this.shownMax = shownMax;
    }

    /**
     * Takes new scores.
     *
     * @param scores of all that there are, by their keys
     * @return the keys of those that are shown
     */
    Set<String> choose(Map<String, Double> scores) {
        shown.retainAll(scores.keySet());
        List<String> others = new ArrayList<>();
        for (String key : scores.keySet()) {
            if (!shown.contains(key)) {
                others.add(key);
            }
        }
        Comparator<String> highestFirst =
                Comparator.<String>comparingDouble(key -> -scores.get(key))
                        .thenComparing(Comparator.naturalOrder());
        others.sort(highestFirst);
        int next = 0;
        while (shown.size() < shownMax && next < others.size()) {
            shown.add(others.get(next++));
        }
        replace(scores, others.subList(next, others.size()), highestFirst.reversed());
        return new HashSet<>(shown);
    }

    private void replace(
            Map<String, Double> scores, List<String> others, Comparator<String> lowestFirst) {
        List<String> weakest = new ArrayList<>(others.isEmpty() ? List.of() : shown);
        weakest.sort(lowestFirst);
        for (int i = 0; i < Math.min(others.size(), weakest.size()); i++) {
            double least = scores.get(weakest.get(i));
            if (scores.get(others.get(i)) <= 2 * least + MARGIN) {
                return;
            }
            shown.remove(weakest.get(i));
            shown.add(others.get(i));
        }
    }
}
