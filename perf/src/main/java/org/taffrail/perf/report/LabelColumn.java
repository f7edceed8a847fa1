// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Labels above each other, each as near to its line as the others let it be. */
final class LabelColumn {
    private LabelColumn() {}

    /**
     * Moves labels apart.
     *
     * @param wanted where each would like to be; downwards is more
     * @param gap how far two must be apart
     * @param top the least
     * @param bottom the most, kept to as far as there is room for all
     * @return where each is, in the same order as they were given
     */
    static double[] spread(double[] wanted, double gap, double top, double bottom) {
        List<Integer> downwards = new ArrayList<>();
        for (int label = 0; label < wanted.length; label++) {
            downwards.add(label);
        }
        downwards.sort(Comparator.comparingDouble(label -> wanted[label]));
        double[] places = Arrays.copyOf(wanted, wanted.length);
        double free = bottom;
        for (int i = downwards.size() - 1; i >= 0; i--) {
            int label = downwards.get(i);
            places[label] = Math.min(places[label], free);
            free = places[label] - gap;
        }
        free = top;
        for (int label : downwards) {
            places[label] = Math.max(places[label], free);
            free = places[label] + gap;
        }
        return places;
    }
}
