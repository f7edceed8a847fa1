// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which classes an object message may bring along. Deserialization runs code of the classes that
 * the sender names, so only classes on this list, and arrays of them, are loaded at all. A list of
 * plain values of the JDK is always on it: wrappers, texts, numbers, dates, collections; an
 * application adds its own with the option {@value #OPTION}.
 *
 * <p>Immutable and thread-safe.
 */
public final class ObjectAllowList {
    /** The connection option that adds to the list. */
    public static final String OPTION = "jms.deserializationAllowList";

    /** The JDK's plain values alone. */
    public static final ObjectAllowList STANDARD = new ObjectAllowList("");

    private static final String EVERYTHING = "*";

    private final Set<String> names = new HashSet<>(StandardClasses.NAMES);

    /** Packages, each with its last dot, of which the classes are allowed. */
    private final Set<String> packages = new HashSet<>(StandardClasses.PACKAGES);

    /** Packages, each with its last dot, of which the packages inside are allowed as well. */
    private final List<String> trees = new ArrayList<>();

    private boolean everything;

    private ObjectAllowList(String patterns) {
        for (String untrimmed : patterns.split(",")) {
            String pattern = untrimmed.trim();
            if (pattern.equals(EVERYTHING)) {
                everything = true;
            } else if (pattern.endsWith(".**")) {
                trees.add(pattern.substring(0, pattern.length() - 2));
            } else if (pattern.endsWith(".*")) {
                packages.add(pattern.substring(0, pattern.length() - 1));
            } else if (!pattern.isEmpty()) {
                names.add(pattern);
            }
        }
        for (String name : names) {
            if (name.indexOf('*') >= 0) {
                throw new IllegalArgumentException(
                        OPTION
                                + ": \""
                                + name
                                + "\" is not a class name, package.*, package.** or *");
            }
        }
    }

    /**
     * Makes a list of the standard classes and those named.
     *
     * @param patterns separated by commas: a class name ({@code a.b.Order$Line} for a nested one),
     *     {@code a.b.*} for a package, {@code a.b.**} for a package and those inside it, {@code *}
     *     for every class, which trusts everyone who may send; null or empty for none
     * @return the list
     * @throws IllegalArgumentException if a pattern is none of these
     */
    public static ObjectAllowList of(String patterns) {
        return patterns == null || patterns.isBlank() ? STANDARD : new ObjectAllowList(patterns);
    }

    /**
     * Tells whether a class may be loaded.
     *
     * @param className its binary name; that of an array counts as its elements'
     * @return true if so
     */
    boolean allows(String className) {
        if (everything) {
            return true;
        }
        String name = className;
        if (name.startsWith("[")) {
            int dimensions = name.lastIndexOf('[') + 1;
            if (name.charAt(dimensions) != 'L') {
                return true; // of a primitive type
            }
            name = name.substring(dimensions + 1, name.length() - 1);
        }
        return names.contains(name)
                || packages.contains(name.substring(0, name.lastIndexOf('.') + 1))
                || trees.stream().anyMatch(name::startsWith);
    }
}
