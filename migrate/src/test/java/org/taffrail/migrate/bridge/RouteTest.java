// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.migrate.message.Address.Kind;

class RouteTest {
    @Test
    void aNameStaysUnlessAnotherIsGiven() {
        assertEquals("orders", Route.parse(Kind.QUEUE, "orders").to().name());
        Route renamed = Route.parse(Kind.QUEUE, "ORDERS.IN=orders");
        assertEquals("ORDERS.IN", renamed.from().name());
        assertEquals("orders", renamed.to().name());
        assertEquals("queue ORDERS.IN to orders", renamed.toString());
    }

    @Test
    void optionsOfATopicAreTheOldProvidersAlone() {
        Route route = Route.parse(Kind.TOPIC, "prices?start=earliest");

        assertEquals("prices?start=earliest", route.from().name());
        assertEquals("prices", route.to().name());
        assertEquals("taffrail.migrate.prices", route.subscriber());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=a", "a=", "taffrail.migrate.claims", "a=taffrail.migrate.x"})
    void emptyNamesAndTheBridgesOwnAreRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Route.parse(Kind.QUEUE, text));
    }
}
