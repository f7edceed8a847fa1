// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThroughputCaseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync-send:8",
                "async-send:1",
                "transacted:100",
                "transacted:10x4",
                "xa:1",
                "xa:10x4",
                "round-trip:4+2"
            })
    void printsAsItIsTyped(String text) {
        assertEquals(text, ThroughputCase.parse(text).toString());
    }

    @Test
    void knowsWhichNumberIsWhich() {
        ThroughputCase transacted = ThroughputCase.parse("transacted:10x4");
        ThroughputCase roundTrip = ThroughputCase.parse("round-trip:4+2");

        assertEquals(new ThroughputCase(ThroughputCase.Kind.TRANSACTED, 4, 0, 10), transacted);
        assertEquals(new ThroughputCase(ThroughputCase.Kind.ROUND_TRIP, 4, 2, 1), roundTrip);
        assertEquals(
                new ThroughputCase(ThroughputCase.Kind.XA, 4, 0, 10),
                ThroughputCase.parse("xa:10x4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sync-send",
                "sync-send:0",
                "sync-send:1+1",
                "round-trip:4",
                "round-trip:4x4",
                "transacted:1+1",
                "browse:1",
                "transacted:10x0",
                "xa:1+1"
            })
    void refusesWhatIsNoCase(String text) {
        assertThrows(IllegalArgumentException.class, () -> ThroughputCase.parse(text));
    }
}
