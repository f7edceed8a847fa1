// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** What an enumeration of the interfaces, which say no type, holds. */
public final class Elements {
    private Elements() {}

    /**
     * Reads an enumeration to its end.
     *
     * @param enumeration names or messages
     * @return its elements, in a list that can be changed
     */
    public static List<Object> of(Enumeration<?> enumeration) {
        return new ArrayList<>(Collections.list(enumeration));
    }
}
