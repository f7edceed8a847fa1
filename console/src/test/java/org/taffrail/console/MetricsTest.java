// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/** What a scrape says after known traffic through a real broker. */
class MetricsTest {
    @TempDir private Path folder;

    private static double of(Map<String, Double> scraped, String name, String destination) {
        Double value = scraped.get(labelled(name, destination));
        assertTrue(value != null, () -> "no " + labelled(name, destination));
        return value;
    }

    private static String labelled(String name, String destination) {
        return name + "{destination=\"" + destination + "\",kind=\"queue\"}";
    }

    @Test
    void saysWhatHasHappenedToAQueuesMessages() throws Exception {
        try (ConsoleRig rig = ConsoleRig.started(Map.of("data", folder.toString()));
                JMSContext context = rig.jms().createContext(Session.CLIENT_ACKNOWLEDGE)) {
            // given ten messages, of which one has a time to live
            JMSProducer producer = context.createProducer();
            for (int i = 0; i < 9; i++) {
                producer.send(context.createQueue("orders"), "order " + i);
            }
            producer.setTimeToLive(1).send(context.createQueue("orders"), "late");

            // when four are consumed
            try (JMSConsumer consumer = context.createConsumer(context.createQueue("orders"))) {
                for (int i = 0; i < 4; i++) {
                    assertTrue(consumer.receive(5000) != null);
                }
                context.acknowledge();
            }

            // and one fails twice, transacted
            try (JMSContext transacted = rig.jms().createContext(Session.SESSION_TRANSACTED);
                    JMSConsumer failing =
                            transacted.createConsumer(
                                    transacted.createQueue("orders?consumer.prefetch=1"))) {
                for (int i = 0; i < 2; i++) {
                    assertEquals("order 4", failing.receive(5000).getBody(String.class));
                    transacted.rollback();
                }
            }

            // then
            Map<String, Double> scraped = rig.scrape();
            assertEquals(10, of(scraped, "taffrail_destination_in_total", "orders"));
            assertEquals(4, of(scraped, "taffrail_destination_accepted_total", "orders"));
            assertEquals(0, of(scraped, "taffrail_destination_in_flight", "orders"));
            assertEquals(1, of(scraped, "taffrail_destination_failed", "orders"));
            double expired = of(scraped, "taffrail_destination_expired_total", "orders");
            assertEquals(6 - expired, of(scraped, "taffrail_destination_depth", "orders"));
            assertTrue(of(scraped, "taffrail_destination_redelivered_total", "orders") >= 1);
            assertTrue(of(scraped, "taffrail_destination_delivered_total", "orders") >= 6);
            assertTrue(of(scraped, "taffrail_destination_oldest_age_seconds", "orders") > 0);
            assertTrue(of(scraped, "taffrail_destination_in_bytes_total", "orders") > 500);
            assertEquals(10, scraped.get("taffrail_messages_in_total"));
            assertEquals(4, scraped.get("taffrail_messages_accepted_total"));
            assertEquals(1, scraped.get("taffrail_ready"));
            assertTrue(scraped.get("taffrail_connections") >= 1);
            assertTrue(scraped.get("taffrail_journal_force_seconds_count") >= 10);
            assertTrue(scraped.get("taffrail_journal_batches_total") >= 10);
            assertTrue(scraped.get("taffrail_journal_written_bytes_total") > 500);
            assertTrue(scraped.get("taffrail_turn_seconds_count") >= 10);
            assertEquals(10, scraped.get("taffrail_send_seconds_count"));
            assertTrue(scraped.get("taffrail_disk_free_bytes") > 0);
            assertTrue(scraped.get("taffrail_disk_used_bytes") > 0);
            assertEquals(0, scraped.get("taffrail_disk_short"));
        }
    }

    @Test
    void saysHowFarASubscriptionIsBehind() throws Exception {
        try (ConsoleRig rig = ConsoleRig.started(Map.of());
                JMSContext context = rig.jms().createContext()) {
            context.setClientID("desk");
            context.createDurableConsumer(context.createTopic("prices"), "audit").close();
            for (int i = 0; i < 3; i++) {
                context.createProducer().send(context.createTopic("prices"), "price " + i);
            }
            try (JMSConsumer consumer =
                    context.createDurableConsumer(context.createTopic("prices"), "audit")) {
                assertTrue(consumer.receive(5000) != null);
            }

            String labels =
                    "{client=\"desk\",destination=\"prices\",durable=\"true\","
                            + "subscription=\"audit\"}";
            Map<String, Double> scraped = rig.scrape();

            assertEquals(2, scraped.get("taffrail_subscription_depth" + labels));
            assertEquals(2, scraped.get("taffrail_subscription_lag" + labels));
            assertEquals(3, scraped.get("taffrail_subscription_in_total" + labels));
            assertEquals(1, scraped.get("taffrail_subscription_accepted_total" + labels));
        }
    }

    @Test
    void aDeadLetterCountsInBothQueues() throws Exception {
        Map<String, String> keys = Map.of("redelivery.deliveriesMax", "2");
        try (ConsoleRig rig = ConsoleRig.started(keys);
                JMSContext context = rig.jms().createContext(Session.SESSION_TRANSACTED)) {
            context.createProducer().send(context.createQueue("q"), "poison");
            context.commit();
            try (JMSConsumer consumer = context.createConsumer(context.createQueue("q"))) {
                for (int i = 0; i < 2; i++) {
                    assertTrue(consumer.receive(5000) != null);
                    context.rollback();
                }
            }

            Map<String, Double> scraped = rig.scrape();

            assertEquals(1, of(scraped, "taffrail_destination_dead_lettered_total", "q"));
            assertEquals(0, of(scraped, "taffrail_destination_depth", "q"));
            assertEquals(1, of(scraped, "taffrail_destination_in_total", "DLQ.q"));
            assertEquals(1, of(scraped, "taffrail_destination_depth", "DLQ.q"));
            assertEquals(1, scraped.get("taffrail_messages_dead_lettered_total"));
        }
    }
}
