// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

class JndiTest {
    @Test
    void changesOnlyTheUrlOfTheApplicationsProperties() throws IOException {
        Properties properties = Jndi.ofSample("orderdesk", "taffrail:embedded");

        assertEquals("taffrail:embedded", properties.get("connectionFactory.ConnectionFactory"));
        assertEquals("DLQ.orders", properties.get("queue.deadOrders"));
        assertEquals(
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory",
                properties.get("java.naming.factory.initial"));
    }

    @Test
    void escapesAFolderInAUrl() {
        assertEquals(
                "taffrail:embedded?dir=/tmp/a%20b%26c", Jndi.embeddedIn(Path.of("/tmp/a b&c")));
    }
}
