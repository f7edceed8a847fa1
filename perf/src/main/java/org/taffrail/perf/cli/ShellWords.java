// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line as it is typed into a shell. */
final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/.:=,@%+-]+");

    private ShellWords() {}

    /**
     * Puts words together, with quotes around those that need them.
     *
     * @param words the program and its arguments
     * @return a line that a POSIX shell takes apart into the same words
     */
    static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
