// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.List;

/**
 * Some of what there is.
 *
 * @param <T> of what
 * @param rows at most as many as were asked for
 * @param next where the next page begins; null where this is the last
 */
public record Page<T>(List<T> rows, String next) {
    /**
     * Copies the rows.
     *
     * @param rows at most as many as were asked for
     * @param next where the next page begins
     */
    public Page {
        rows = List.copyOf(rows);
    }
}
