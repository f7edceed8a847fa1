// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import java.util.Collection;
import java.util.Locale;

/**
 * Finds the name that somebody who mistyped probably meant. Used in error messages only; never to
 * guess and go on.
 */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns the nearest of some names by the number of single-character edits, without regard to
     * case. A name that is more than half rewritten is no help and is not returned.
     *
     * @param given what was typed
     * @param known the names there are
     * @return the nearest, the first of several equally near, or null where none is near
     */
    public static String of(String given, Collection<String> known) {
        String best = null;
        int bestEdits = Integer.MAX_VALUE;
        for (String name : known) {
            int edits = edits(given, name);
            if (edits < bestEdits && 2 * edits <= Math.max(given.length(), name.length())) {
                best = name;
                bestEdits = edits;
            }
        }
        return best;
    }

    /**
     * Returns the end of a sentence that names the nearest of some names.
     *
     * @param given what was typed
     * @param known the names there are
     * @return {@code ; did you mean "x"?} or, where none is near, an empty text
     */
    public static String hint(String given, Collection<String> known) {
        String nearest = of(given, known);
        return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
    }

    /**
     * Counts how many characters must be put in, left out or replaced to make one name of another,
     * without regard to case.
     *
     * @param one a name
     * @param other another
     * @return 0 if they are the same
     */
    public static int edits(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
