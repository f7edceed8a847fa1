// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

import java.util.Locale;
import java.util.Map;

/**
 * What can be set: the one place where each setting is declared and read. It is looked for in the
 * JNDI environment where there is one, then among the system properties, then in the environment of
 * the process, where the name is in capitals with underscores for dots.
 */
public enum Setting {
    /** The folder that files are written to. */
    FOLDER("taffrail.check.folder", "taffrail-check"),

    /** The class of the provider's own initial context factory; there is no default. */
    INITIAL("taffrail.check.initial", null);

    private final String key;
    private final String byDefault;

    Setting(String key, String byDefault) {
        this.key = key;
        this.byDefault = byDefault;
    }

    /**
     * Returns its name.
     *
     * @return such as {@code taffrail.check.folder}
     */
    public String key() {
        return key;
    }

    /**
     * Returns its value where there is no JNDI environment.
     *
     * @return the value or the default; null where there is neither
     */
    public String value() {
        String value = null;
        try {
            value = System.getProperty(key);
            if (value == null) {
                value = System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_'));
            }
        } catch (SecurityException e) {
            // not allowed to ask: then it is not set
            return byDefault;
        }
        return value == null || value.isEmpty() ? byDefault : value;
    }

    /**
     * Returns its value.
     *
     * @param environment of JNDI, or null
     * @return the value or the default; null where there is neither
     */
    public String value(Map<?, ?> environment) {
        Object value = environment == null ? null : environment.get(key);
        return value instanceof String && !((String) value).isEmpty() ? (String) value : value();
    }
}
