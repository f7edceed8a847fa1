// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.cli.doctor.Finding.Weight;
import org.taffrail.wire.frame.Fields;

import java.util.List;

class ConditionTest {
    private static Fields.Builder broker(long forces, long forceMs) {
        return new Fields.Builder()
                .put("java", "17.0.15+6")
                .put("freeBytes", 5L << 30)
                .put("reserveBytes", 1L << 30)
                .put("forces", forces)
                .put("forceNs", forceMs * 1_000_000);
    }

    private static List<Finding> findings(Fields.Builder before, Fields.Builder after) {
        return new Condition(before.build(), after.build()).findings();
    }

    @Test
    void notesTheJvmAndItsForces() {
        List<Finding> found = findings(broker(0, 0), broker(10, 15));

        assertEquals(1, found.size(), found.toString());
        assertEquals(Weight.NOTE, found.get(0).weight());
        assertEquals(
                "the broker runs on Java 17.0.15+6; its forces took 1.5 ms on average",
                found.get(0).what());
        assertEquals(
                "the broker runs on Java 17.0.15+6, and has forced nothing yet",
                findings(broker(0, 0), broker(0, 0)).get(0).what());
    }

    @Test
    void findsForcesThatAreSlowNow() {
        List<Finding> found = findings(broker(1000, 1000), broker(1010, 1250));

        assertEquals(Weight.WARNING, found.get(0).weight());
        assertEquals("the broker's forces take 25.0 ms on average", found.get(0).what());
        assertEquals(1, findings(broker(10, 1000), broker(1000, 1500)).size());
    }

    @Test
    void findsABrokerThatIsShortOfRoom() {
        Fields.Builder full = broker(1, 1).put("shortOfRoom", true).put("freeBytes", 20L << 20);

        List<Finding> found = findings(broker(1, 1), full);

        assertEquals(Weight.SEVERE, found.get(0).weight());
        assertEquals(
                "the broker is short of room: 20MiB are free, the reserve is 1GiB",
                found.get(0).what());
    }
}
