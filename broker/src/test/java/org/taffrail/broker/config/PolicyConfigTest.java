// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.broker.core.policy.DestinationPolicy;
import org.taffrail.broker.core.policy.RedeliveryDelay;
import org.taffrail.broker.core.policy.Retention;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.DestinationKind;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Keys that are set for some destinations only. */
class PolicyConfigTest {
    private static final BrokerConfig DEFAULTS = BrokerConfig.defaults();

    private static DestinationPolicy queue(BrokerConfig config, String name) {
        return config.limits().policies().of(DestinationKind.QUEUE, name);
    }

    private static String refusal(String key, String value) {
        WireException refused =
                assertThrows(WireException.class, () -> DEFAULTS.with(Map.of(key, value)));
        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        return refused.getMessage();
    }

    @Test
    void everyKeyOfPolicyMayBeSetForAPattern() {
        BrokerConfig config =
                DEFAULTS.with(
                        Map.of(
                                "queue.orders.*.redelivery.deliveriesMax",
                                "3",
                                "queue.orders.*.redelivery.delayMs",
                                "2s",
                                "destination.orders.#.redelivery.delayFactor",
                                "1.5",
                                "destination.orders.>.redelivery.delayMaxMs",
                                "1min",
                                "queue.orders.eu.redelivery.deadLetterQueue",
                                "DEAD.{name}",
                                "topic.#.expiry.queue",
                                "LATE",
                                "destination.#.destinations.createOnUse",
                                "false"));

        assertEquals(
                new DestinationPolicy(
                        3,
                        new RedeliveryDelay(2_000, 1_500, 60_000),
                        "DEAD.orders.eu",
                        null,
                        false,
                        Retention.NONE),
                queue(config, "orders.eu"));
        assertEquals(
                "LATE", config.limits().policies().of(DestinationKind.TOPIC, "t").expiryQueue());
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.perDestination()) {
                DEFAULTS.with(Map.of("queue.a.b." + key, key.show(key.defaultValue())));
            }
        }
    }

    @Test
    void whatNoPatternSetsIsAsTheKeyAloneSays() {
        BrokerConfig config =
                DEFAULTS.with(
                        Map.of(
                                "redelivery.deliveriesMax",
                                "4",
                                "expiry.queue",
                                "E",
                                "queue.a.redelivery.delayMs",
                                "5"));

        assertEquals(4, queue(config, "a").deliveriesMax());
        assertEquals("E", queue(config, "a").expiryQueue());
        assertEquals(5, queue(config, "a").redeliveryDelay().firstMs());
        assertEquals(0, queue(config, "b").redeliveryDelay().firstMs());
    }

    @Test
    void oneLineMakesFailedMessagesComeAgainWithoutEnd() {
        BrokerConfig config = DEFAULTS.with(Map.of("queue.#.redelivery.deliveriesMax", "0"));

        assertEquals(0, queue(config, "any.queue").deliveriesMax());
    }

    @Test
    void aPropertiesFileTakesPatternsAsTheyAre() throws IOException {
        Properties file = new Properties();
        file.load(
                new StringReader(
                        """
                        queue.#.redelivery.delayMs = 1s
                        queue.orders.*.redelivery.delayMs=2s
                        queue.orders.>.expiry.queue=EXPIRED.{name}
                        """));
        Map<String, String> source = new HashMap<>();
        file.forEach((key, value) -> source.put(key.toString(), value.toString()));

        BrokerConfig config = DEFAULTS.with(source);

        assertEquals(1_000, queue(config, "a").redeliveryDelay().firstMs());
        assertEquals(2_000, queue(config, "orders.eu").redeliveryDelay().firstMs());
        assertEquals("EXPIRED.orders.eu", queue(config, "orders.eu").expiryQueue());
    }

    @Test
    void laterSourcesCountMoreForEachKeyOfAPattern() {
        BrokerConfig config =
                DEFAULTS.with(
                                Map.of(
                                        "queue.a.#.redelivery.delayMs",
                                        "1",
                                        "queue.a.#.redelivery.deliveriesMax",
                                        "2"))
                        .with(Map.of("queue.a.>.redelivery.delayMs", "3"));

        assertEquals(3, queue(config, "a").redeliveryDelay().firstMs());
        assertEquals(2, queue(config, "a").deliveriesMax());
    }

    @Test
    void theSamePatternMayBeWrittenOnlyOneWayInASource() {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () ->
                                DEFAULTS.with(
                                        Map.of(
                                                "queue.a.#.redelivery.delayMs",
                                                "1",
                                                "queue.a.>.redelivery.delayMs",
                                                "2")));

        assertEquals(
                "queue.a.#.redelivery.delayMs is given twice, once with # and once with >",
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "queue.orders.*.redelivery.delaysMs,queue.orders.*.redelivery.delayMs",
        "queue.orders.redeliver.delayMs,queue.orders.redeliver.redelivery.delayMs",
        "queue.orders.deliveriesMax,queue.orders.redelivery.deliveriesMax",
        "queue.orders.expiryQueue,queue.orders.expiry.queue",
        "destination.createOnUse,destinations.createOnUse",
    })
    void namesTheNearestKey(String typed, String nearest) {
        assertEquals(
                "unknown option \"" + typed + "\"; did you mean \"" + nearest + "\"?",
                refusal(typed, "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "queue.a.port,unknown option \"queue.a.port\"",
        "queue.redelivery.delayMs,unknown option \"queue.redelivery.delayMs\"",
        "queue..redelivery.delayMs,a pattern needs a name",
        "queue.a*.redelivery.delayMs,is not a whole word",
        "queue.#.a.redelivery.delayMs,# must be the last word",
        "queue,unknown option \"queue\"",
        "queue.,unknown option \"queue.\"",
    })
    void refusesWhatIsNoPatternAndKey(String typed, String because) {
        String message = refusal(typed, "1");

        assertTrue(message.contains(because), message);
    }

    @ParameterizedTest
    @CsvSource({
        "redelivery.delayFactor,0.9",
        "redelivery.delayFactor,100.001",
        "redelivery.delayFactor,1.0001",
        "redelivery.delayFactor,two",
        "redelivery.delayMaxMs,-1",
        "redelivery.deadLetterQueue,{name}",
        "redelivery.deadLetterQueue,''",
        "expiry.queue,E.{queue}",
        "expiry.queue,TEMP.QUEUE.1.{name}",
    })
    void refusesWhatIsOutOfBoundsWithAndWithoutAPattern(String key, String value) {
        for (String typed : List.of(key, "queue.a.*." + key)) {
            String message = refusal(typed, value);

            assertTrue(message.startsWith(typed + "=" + value + " is not allowed"), message);
        }
    }

    @Test
    void anEmbeddedBrokerTakesPatternsToo() {
        BrokerConfig config =
                BrokerConfig.embedded(
                        Map.of("queue.a.#.redelivery.delayMs", "7"), List.of("dir", "name"));

        assertEquals(7, queue(config, "a.b").redeliveryDelay().firstMs());
    }

    @Test
    void comparesWhatWasGivenForPatterns() {
        BrokerConfig running = DEFAULTS.with(Map.of("queue.a.expiry.queue", "E"));

        assertNull(DEFAULTS.differsFrom(running));
        assertNull(DEFAULTS.with(Map.of("queue.a.expiry.queue", "E")).differsFrom(running));
        assertEquals(
                "queue.a.expiry.queue=E",
                DEFAULTS.with(Map.of("queue.a.expiry.queue", "F")).differsFrom(running));
        assertEquals(
                "no topic.a.expiry.queue",
                DEFAULTS.with(Map.of("topic.a.expiry.queue", "E")).differsFrom(running));
    }
}
