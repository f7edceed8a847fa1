// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import java.util.function.ToDoubleFunction;

/**
 * One figure of something that has a row in each sample: what it is called, what it says, and where
 * it is read.
 *
 * @param name the end of the meter's name
 * @param unit its base unit, or null
 * @param counter whether it only grows
 * @param description for people
 * @param value reads it
 * @param <T> the row
 */
record Figure<T>(
        String name, String unit, boolean counter, String description, ToDoubleFunction<T> value) {
    static <T> Figure<T> gauge(
            String name, String unit, String description, ToDoubleFunction<T> value) {
        return new Figure<>(name, unit, false, description, value);
    }

    static <T> Figure<T> counter(
            String name, String unit, String description, ToDoubleFunction<T> value) {
        return new Figure<>(name, unit, true, description, value);
    }
}
