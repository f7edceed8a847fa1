// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class StampTest {
    private static final long RUN = 42;

    @Property
    void comesBackAsItWasWritten(
            @ForAll @IntRange(min = 0, max = 9_999) int producer,
            @ForAll @LongRange(min = 0) long sequence,
            @ForAll long intendedNs,
            @ForAll @LongRange(min = 0) long lagNs,
            @ForAll @IntRange(min = Stamp.SIZE_BYTES_MIN, max = 5_000) int sizeBytes) {
        Stamp stamp = new Stamp(producer, sequence, intendedNs, lagNs);
        byte[] body = Stamp.newBody(sizeBytes, producer);

        stamp.write(RUN, body);

        assertTrue(Stamp.isOfRun(RUN, body, body.length));
        assertEquals(stamp, Stamp.read(RUN, body, body.length));
    }

    @Test
    void knowsMessagesOfOtherRuns() {
        byte[] body = Stamp.newBody(100, 0);
        new Stamp(0, 0, 0, 0).write(RUN, body);

        assertFalse(Stamp.isOfRun(RUN + 1, body, body.length));
        assertFalse(Stamp.isOfRun(RUN, new byte[3], 3));
    }

    @Test
    void findsABodyThatWasCutOrChanged() {
        byte[] body = Stamp.newBody(100, 0);
        new Stamp(0, 5, 0, 0).write(RUN, body);

        assertNull(Stamp.read(RUN, body, body.length - 1));
        body[23]++; // the sequence
        assertNull(Stamp.read(RUN, body, body.length));
    }

    @Test
    void refusesABodyThatIsTooSmall() {
        assertThrows(
                IllegalArgumentException.class, () -> Stamp.newBody(Stamp.SIZE_BYTES_MIN - 1, 0));
    }
}
