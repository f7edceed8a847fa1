// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.util.function.ToLongBiFunction;

/**
 * Something that is used up, read at the beginning and at the end of each span; what was used
 * between spans does not count.
 *
 * @param <T> what a reading gives
 */
public final class Meter<T> {
    /**
     * Reads how much was used up to now.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads.
         *
         * @return what was used up to now
         * @throws IOException if it can't be read
         */
        T read() throws IOException;
    }

    private final Reading<T> reading;
    private final ToLongBiFunction<T, T> used;
    private T before;
    private long total;

    /**
     * A meter that has not been read.
     *
     * @param reading reads it
     * @param used what was used between two readings, the earlier one first
     */
    public Meter(Reading<T> reading, ToLongBiFunction<T, T> used) {
        this.reading = reading;
        this.used = used;
    }

    /**
     * A meter that counts up.
     *
     * @param reading reads the count
     * @return the meter
     */
    public static Meter<Long> counting(Reading<Long> reading) {
        return new Meter<>(reading, (earlier, later) -> later - earlier);
    }

    void begin() throws IOException {
        before = reading.read();
    }

    void end() throws IOException {
        total += used.applyAsLong(before, reading.read());
    }

    long total() {
        return total;
    }
}
