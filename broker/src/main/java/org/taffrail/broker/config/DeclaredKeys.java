// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys that say which destinations there are from the start. */
public final class DeclaredKeys {
    private static final int CHARS_MAX = 256 << 10;

    /** Queues that are made at the start. */
    public static final ConfigKey<String> QUEUES =
            named("destinations.queues")
                    .does(
                            "Queues that are made at each start where they are missing, with commas"
                                    + " between them. Those that are there stay as they are, and"
                                    + " nothing is ever deleted because it is not named here.")
                    .from(1, CHARS_MAX)
                    .checkedBy(DeclaredKeys::check)
                    .text(null);

    /** Topics that are made at the start. */
    public static final ConfigKey<String> TOPICS =
            named("destinations.topics")
                    .does("Topics, the same way.")
                    .from(1, CHARS_MAX)
                    .checkedBy(DeclaredKeys::check)
                    .text(null);

    static final List<ConfigKey<?>> ALL = List.of(QUEUES, TOPICS);

    private DeclaredKeys() {}

    /** Reads a list; two commas in a row, or one at the end, are no name. */
    static List<String> names(String text) {
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static void check(String text) {
        Set<String> seen = new TreeSet<>();
        for (String name : names(text)) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is named twice");
            }
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a name has a control character");
            }
        }
    }
}
