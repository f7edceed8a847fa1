// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import java.util.function.UnaryOperator;

import javax.naming.ConfigurationException;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} in the value of a property. What a variable
 * is replaced by is not looked at again.
 */
final class Variables {
    private Variables() {}

    /**
     * Replaces variables by the system property or else the environment variable of the name.
     *
     * @param key whose value it is, for messages
     * @throws ConfigurationException if a variable has neither value nor default, or does not end
     */
    static String replace(String key, String value) throws ConfigurationException {
        return replace(key, value, Variables::lookup);
    }

    /** Replaces variables by what a function says; null where it knows none. */
    static String replace(String key, String value, UnaryOperator<String> known)
            throws ConfigurationException {
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        for (int begin = value.indexOf("${"); begin >= 0; begin = value.indexOf("${", at)) {
            int end = value.indexOf('}', begin);
            if (end < 0) {
                throw new ConfigurationException(key + ": ${ without }");
            }
            replaced.append(value, at, begin);
            replaced.append(valueOf(key, value.substring(begin + 2, end), known));
            at = end + 1;
        }
        return replaced.append(value, at, value.length()).toString();
    }

    private static String valueOf(String key, String variable, UnaryOperator<String> known)
            throws ConfigurationException {
        int separator = variable.indexOf(":-");
        String name = separator < 0 ? variable : variable.substring(0, separator);
        String found = name.isEmpty() ? null : known.apply(name);
        if (found != null) {
            return found;
        }
        if (separator < 0) {
            throw new ConfigurationException(
                    key
                            + ": ${"
                            + name
                            + "} is neither a system property nor an environment variable; a"
                            + " default is written ${"
                            + name
                            + ":-default}");
        }
        return variable.substring(separator + 2);
    }

    private static String lookup(String name) {
        String property = System.getProperty(name);
        return property != null ? property : System.getenv(name);
    }
}
