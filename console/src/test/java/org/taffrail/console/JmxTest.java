// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSContext;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The metrics as MBeans. */
class JmxTest {
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @Test
    void metersAreMBeansAsLongAsTheBrokerRuns() throws Exception {
        try (ConsoleRig rig = ConsoleRig.started(Map.of("metrics.jmx", "true"));
                JMSContext context = rig.jms().createContext()) {
            context.createProducer().send(context.createQueue("orders"), "x");
            rig.scrape();

            ObjectName depth =
                    only("*:name=taffrailDestinationDepth.destination.orders.kind.queue,*");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertEquals(1.0, beans.getAttribute(depth, "Value")));
            ObjectName sends = only("*:name=taffrailSend,*");
            assertEquals(1L, beans.getAttribute(sends, "Count"));
        }
        assertFalse(
                beans.queryNames(new ObjectName("org.taffrail:*"), null).stream()
                        .anyMatch(
                                name ->
                                        name.toString().contains("taffrail")
                                                && name.toString().contains("name=taffrail")));
    }

    @Test
    void thereAreNoneUnlessAskedFor() throws Exception {
        try (ConsoleRig rig = ConsoleRig.started(Map.of())) {
            assertTrue(rig.scrape().containsKey("taffrail_ready"));
            assertEquals(Set.of(), beans.queryNames(new ObjectName("org.taffrail:*"), null));
        }
    }

    private ObjectName only(String pattern) throws Exception {
        Set<ObjectName> names = beans.queryNames(new ObjectName(pattern), null);
        assertEquals(1, names.size(), () -> names + " of " + beans.queryNames(null, null));
        return names.iterator().next();
    }
}
