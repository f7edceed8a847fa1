// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.util.ArrayList;
import java.util.List;

/**
 * The meters of one thing with its labels, which read the row that was set last.
 *
 * @param <T> the row
 */
final class Series<T> {
    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private volatile T row;
    private volatile boolean known;

    Series(MeterRegistry registry, String prefix, Tags tags, List<Figure<T>> figures, T first) {
        this.registry = registry;
        row = first;
        known = first != null;
        for (Figure<T> figure : figures) {
            String name = prefix + figure.name();
            meters.add(
                    figure.counter()
                            ? FunctionCounter.builder(name, this, each -> each.read(figure))
                                    .tags(tags)
                                    .baseUnit(figure.unit())
                                    .description(figure.description())
                                    .register(registry)
                            : Gauge.builder(name, this, each -> each.read(figure))
                                    .tags(tags)
                                    .baseUnit(figure.unit())
                                    .description(figure.description())
                                    .register(registry));
        }
    }

    private double read(Figure<T> figure) {
        T now = row;
        // a counter keeps its last value: what becomes no number would have no rate afterwards
        boolean shown = now != null && (known || figure.counter());
        return shown ? figure.value().applyAsDouble(now) : figure.counter() ? 0 : Double.NaN;
    }

    /** Sets what is read from now on. */
    void set(T newRow) {
        row = newRow;
        known = true;
    }

    /** Nothing is known for now. */
    void unknown() {
        known = false;
    }

    /** Takes the meters away. */
    void end() {
        meters.forEach(registry::remove);
    }
}
