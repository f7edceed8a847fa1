// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/**
 * Names of destinations that are alike: words with dots between them, of which {@code *} stands for
 * any one word and {@code #} or {@code >}, as the last one, for any number of words, also none.
 * {@code orders.*} matches {@code orders.eu}, {@code orders.#} also {@code orders} and {@code
 * orders.eu.open}, {@code #} everything.
 *
 * <p>The natural order has the more specific of two patterns first that match the same name: the
 * first word from the left in which they differ decides, where a word itself (or the end of the
 * pattern) is more specific than {@code *}, and {@code *} more than {@code #}. Of two patterns with
 * the same words the one for queues or topics only is the more specific.
 *
 * @param scope the kinds of destinations it is for
 * @param words its words; the last is {@code #} where it was typed as {@code >}
 */
public record DestinationPattern(Scope scope, List<String> words)
        implements Comparable<DestinationPattern> {
    private static final String ONE = "*";
    private static final String REST = "#";
    private static final String ALSO_REST = ">";

    /**
     * Makes a pattern of checked words.
     *
     * @param scope the kinds of destinations it is for
     * @param words its words
     */
    public DestinationPattern {
        words = List.copyOf(words);
    }

    /**
     * Reads a pattern.
     *
     * @param scope the kinds of destinations it is for
     * @param text the pattern as typed
     * @return the pattern
     * @throws IllegalArgumentException if a wildcard is not a whole word or not where it may be;
     *     the message says what is wrong
     */
    public static DestinationPattern of(Scope scope, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a pattern needs a name");
        }
        String[] words = text.split("\\.", -1);
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            boolean rest = word.equals(REST) || word.equals(ALSO_REST);
            if (rest && i < words.length - 1) {
                throw new IllegalArgumentException(word + " must be the last word of a pattern");
            }
            if (rest) {
                words[i] = REST;
            } else if (!word.equals(ONE) && hasWildcard(word)) {
                throw new IllegalArgumentException(
                        "in \"" + word + "\" a wildcard is not a whole word between dots");
            }
        }
        return new DestinationPattern(scope, List.of(words));
    }

    private static boolean hasWildcard(String word) {
        return word.contains(ONE) || word.contains(REST) || word.contains(ALSO_REST);
    }

    /**
     * Tells whether a destination is meant.
     *
     * @param kind its kind
     * @param name its name
     * @return whether the pattern matches
     */
    public boolean matches(DestinationKind kind, String name) {
        if (!scope.includes(kind)) {
            return false;
        }
        int from = 0;
        for (String word : words) {
            if (word.equals(REST)) {
                return true;
            }
            if (from > name.length()) {
                return false;
            }
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            boolean same = end - from == word.length() && name.startsWith(word, from);
            if (!same && !word.equals(ONE)) {
                return false;
            }
            from = end + 1;
        }
        return from > name.length();
    }

    /**
     * Tells whether it is a name, which nothing else matches.
     *
     * @return false where a word stands for others
     */
    public boolean isName() {
        return words.stream().noneMatch(word -> vagueness(word) > 0);
    }

    @Override
    public int compareTo(DestinationPattern other) {
        int common = Math.min(words.size(), other.words.size());
        for (int i = 0; i < common; i++) {
            String mine = words.get(i);
            String others = other.words.get(i);
            int order = Integer.compare(vagueness(mine), vagueness(others));
            order = order == 0 ? mine.compareTo(others) : order;
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(words.size(), other.words.size());
        return order == 0 ? scope.compareTo(other.scope) : order;
    }

    private static int vagueness(String word) {
        return word.equals(REST) ? 2 : word.equals(ONE) ? 1 : 0;
    }

    /** Returns the words with dots between them. */
    @Override
    public String toString() {
        return String.join(".", words);
    }
}
