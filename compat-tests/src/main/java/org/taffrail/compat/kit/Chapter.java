// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import java.util.List;

/**
 * Checks that belong together, in the order in which they are shown.
 *
 * @param title what they are about, for people
 * @param classes classes whose methods are marked with {@link Check}; each has a constructor
 *     without arguments
 * @param unchecked statements of the same part of the specification that have no check
 */
public record Chapter(String title, List<Class<?>> classes, List<Unchecked> unchecked) {
    /**
     * Keeps copies of the lists.
     *
     * @param title what they are about
     * @param classes the classes
     * @param unchecked the statements without a check
     */
    public Chapter {
        classes = List.copyOf(classes);
        unchecked = List.copyOf(unchecked);
    }
}
