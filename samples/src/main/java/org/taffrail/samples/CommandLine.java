// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a command, each a name and a value: {@code --data DIR --orders 500}.
 *
 * @param options the values by the names of their options
 */
record CommandLine(Map<String, String> options) {
    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException if an option is not among the known, is given twice, or has
     *     no value
     */
    static CommandLine parse(List<String> args, Set<String> known) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            String option = args.get(i);
            if (!known.contains(option)) {
                throw new IllegalArgumentException("unknown option " + option);
            }
            if (i + 1 == args.size()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            if (options.put(option, args.get(i + 1)) != null) {
                throw new IllegalArgumentException(option + " is given twice");
            }
        }
        return new CommandLine(Map.copyOf(options));
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /**
     * Reads a number.
     *
     * @throws IllegalArgumentException if the option's value is none
     */
    int number(String option, int otherwise) {
        String value = options.get(option);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " " + value + " is not a number", e);
        }
    }
}
