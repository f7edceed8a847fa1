// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant. */
final class Nearest {
    private static final int SHOWN_MAX = 3;

    private Nearest() {}

    /**
     * Finds names that are spelt much like a word.
     *
     * @param word what was typed
     * @param names what there is
     * @return the nearest first, a few at most
     */
    static List<String> to(String word, Collection<String> names) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return names.stream()
                .distinct()
                .sorted(
                        Comparator.comparingInt(
                                        (String name) ->
                                                distance(wanted, name.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN_MAX)
                .toList();
    }

    /** How many letters must be changed, added or left out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
