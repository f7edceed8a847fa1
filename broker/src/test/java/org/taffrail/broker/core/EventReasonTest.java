// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What stands in the logs of released brokers must be read by every later one. */
class EventReasonTest {
    @Test
    void aReasonKeepsItsNumber() {
        assertEquals(
                List.of(
                        "ACCEPTED",
                        "EXPIRED",
                        "DEAD_LETTERED",
                        "LOST",
                        "OUTLIVED",
                        "PURGED",
                        "MOVED"),
                Arrays.stream(Event.Reason.values()).map(Enum::name).toList());
    }

    @Test
    void aMovedMessageIsSettledWithTheseBytes() {
        ByteSink sink = new ByteSink(64);

        EventCodec.write(new Event.Settled(1, 2, Event.Reason.MOVED, new long[] {3, 4}), sink);

        assertEquals(
                "2d000000" // length
                        + "05000000" // settled
                        + "0100000000000000" // destination
                        + "0200000000000000" // group
                        + "06" // reason
                        + "02000000" // bounds
                        + "03000000000000000400000000000000",
                HexFormat.of().formatHex(sink.toByteArray()));
    }
}
