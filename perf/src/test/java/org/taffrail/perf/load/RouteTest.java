// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

class RouteTest {
    private static final DestinationName QUEUE = new DestinationName("q", false);
    private static final DestinationName TOPIC = new DestinationName("t", true);

    private static Stamp stamp(int producer, long sequence) {
        return new Stamp(producer, sequence, 0, 0);
    }

    @Test
    void aPlainQueueIsEverybodys() {
        Route route = Route.to(QUEUE);

        assertEquals(List.of(QUEUE), route.destinations());
        assertFalse(route.copies());
        assertNull(route.selectorOf(1));
        assertTrue(route.leadsTo(1, 2, stamp(0, 0)));
        assertTrue(Route.to(TOPIC).copies());
    }

    @Test
    void everySelectedMessageIsOneConsumersAndAProducersGoRound() {
        Route route = new Route(QUEUE, Route.Way.SELECTED, 3);

        assertEquals("part = 2", route.selectorOf(2));
        assertEquals(
                List.of(1, 2, 0, 1),
                LongStream.range(0, 4).mapToObj(i -> route.partOf(stamp(1, i))).toList());
        for (long sequence = 0; sequence < 6; sequence++) {
            List<Integer> meant = new ArrayList<>();
            for (int consumer = 0; consumer < 3; consumer++) {
                if (route.leadsTo(consumer, 3, stamp(0, sequence))) {
                    meant.add(consumer);
                }
            }
            assertEquals(List.of((int) (sequence % 3)), meant);
        }
        assertEquals(1, route.orders());
        assertEquals(0, route.destinationOf(stamp(0, 1)));
    }

    @Test
    void everyQueueIsOneConsumersAndHasAnOrderOfItsOwn() {
        Route route = new Route(QUEUE, Route.Way.MANY_QUEUES, 5);

        assertEquals(5, route.destinations().size());
        assertEquals(
                List.of("q.1", "q.3"),
                route.destinationsOf(1, 2).stream().map(DestinationName::name).toList());
        for (long sequence = 0; sequence < 10; sequence++) {
            Stamp stamp = stamp(3, sequence);
            DestinationName sentTo = route.destinations().get(route.destinationOf(stamp));
            for (int consumer = 0; consumer < 2; consumer++) {
                assertEquals(
                        route.destinationsOf(consumer, 2).contains(sentTo),
                        route.leadsTo(consumer, 2, stamp));
            }
            assertEquals(route.destinationOf(stamp), route.orderOf(stamp));
        }
        assertEquals(5, route.orders());
    }

    @Test
    void refusesADestinationOfTheOtherKind() {
        assertThrows(IllegalArgumentException.class, () -> new Route(TOPIC, Route.Way.SELECTED, 2));
        assertThrows(IllegalArgumentException.class, () -> new Route(QUEUE, Route.Way.DURABLE, 1));
        assertThrows(
                IllegalArgumentException.class, () -> new Route(QUEUE, Route.Way.MANY_QUEUES, 0));
    }
}
