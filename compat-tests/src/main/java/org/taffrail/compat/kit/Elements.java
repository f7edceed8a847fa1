// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** What an enumeration of the interfaces, which say no type, holds. */
public final class Elements {
    /** More than any check asks for. */
    private static final int MOST = 100_000;

    private Elements() {}

    /**
     * Reads an enumeration to its end. One that goes on and on fails the check, before it fills the
     * memory.
     *
     * @param enumeration names or messages
     * @return its elements, in a list that can be changed
     */
    public static List<Object> of(Enumeration<?> enumeration) {
        List<Object> elements = new ArrayList<>();
        while (enumeration.hasMoreElements()) {
            Expect.that(elements.size() < MOST, "it has more than " + MOST + " elements");
            elements.add(enumeration.nextElement());
        }
        return elements;
    }
}
