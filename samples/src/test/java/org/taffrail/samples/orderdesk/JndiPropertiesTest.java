// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

class JndiPropertiesTest {
    @Test
    void theProvidersDifferInFactoryUrlAndDeadLetterQueueOnly() throws IOException {
        Properties taffrail = load("/orderdesk/taffrail.jndi.properties");
        Properties artemis = load("/orderdesk/artemis.jndi.properties");
        Set<String> all = new TreeSet<>(taffrail.stringPropertyNames());
        all.addAll(artemis.stringPropertyNames());
        Set<String> different = new TreeSet<>();
        for (String key : all) {
            if (!taffrail.getProperty(key, "").equals(artemis.getProperty(key, ""))) {
                different.add(key);
            }
        }

        assertEquals(
                Set.of(
                        "connectionFactory.ConnectionFactory",
                        "java.naming.factory.initial",
                        "queue.deadOrders"),
                different);
        assertEquals(taffrail.stringPropertyNames(), artemis.stringPropertyNames());
    }

    private static Properties load(String resource) throws IOException {
        try (InputStream in = OrderDesk.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        }
    }
}
