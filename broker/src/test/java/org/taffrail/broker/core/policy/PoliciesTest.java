// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.broker.core.TestPolicy.policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.broker.core.TestLimits;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

class PoliciesTest {
    private static final List<String> NAMINGS =
            List.of("none", "DLQ.{name}", "{name}.dead", "A", "B", "E.{name}.x");

    private static DestinationPolicy queue(Policies policies, String name) {
        return policies.of(DestinationKind.QUEUE, name);
    }

    @Test
    void eachSettingIsThatOfTheMostSpecificPatternThatSetsIt() {
        Policies policies =
                TestLimits.limits()
                        .all(policy().deliveriesMax(9).delayMs(9))
                        .destinations("#", policy().deliveriesMax(8).delayMaxMs(8))
                        .destinations("orders.#", policy().expiryQueue("EXPIRED"))
                        .queues("orders.#", policy().delayMs(7))
                        .topics("orders.#", policy().delayMs(6))
                        .destinations("orders.*", policy().deadLetterQueue("DEAD"))
                        .destinations("orders.eu", policy().deliveriesMax(5))
                        .build()
                        .policies();

        DestinationPolicy policy = queue(policies, "orders.eu");

        assertEquals(5, policy.deliveriesMax());
        assertEquals(new RedeliveryDelay(7, 1000, 8), policy.redeliveryDelay());
        assertEquals("DEAD", policy.deadLetterQueue());
        assertEquals("EXPIRED", policy.expiryQueue());
        assertTrue(policy.createOnUse());
        assertEquals(
                6, policies.of(DestinationKind.TOPIC, "orders.eu").redeliveryDelay().firstMs());
        assertEquals(8, queue(policies, "others").deliveriesMax());
        assertEquals("DLQ.others", queue(policies, "others").deadLetterQueue());
        assertNull(queue(policies, "others").expiryQueue());
    }

    @Test
    void withoutPatternsTheDefaultsHold() {
        DestinationPolicy policy = queue(Policies.defaultPolicies(), "q");

        assertEquals(
                new DestinationPolicy(
                        10,
                        new RedeliveryDelay(0, 1000, 3_600_000),
                        "DLQ.q",
                        null,
                        true,
                        Retention.NONE),
                policy);
    }

    @Test
    void everyDefaultIsNeeded() {
        PolicySettings some = policy().deliveriesMax(1).settings();

        assertThrows(IllegalArgumentException.class, () -> new Policies(some, new TreeMap<>()));
    }

    @ParameterizedTest
    @CsvSource({
        "DLQ.q,true",
        "DLQ.,true",
        "q.expired,true",
        "DEAD,true",
        "DEAD.q,false",
        "q,false"
    })
    void aQueueThatMayHaveBeenMadeForOthersIsAnEnd(String name, boolean end) {
        Policies policies =
                TestLimits.limits()
                        .destinations("#", policy().expiryQueue("{name}.expired"))
                        .queues("orders", policy().deadLetterQueue("DEAD"))
                        .queues("DEAD", policy().deadLetterQueue("AGAIN").expiryQueue("AGAIN"))
                        .build()
                        .policies();

        assertEquals(end, queue(policies, name).deadLetterQueue() == null);
        assertEquals(end, queue(policies, name).expiryQueue() == null);
        assertFalse(
                policies.of(DestinationKind.TOPIC, name).deadLetterQueue() == null,
                "a topic is moved to by nobody");
    }

    @Test
    void temporaryDestinationsHaveNoQueues() {
        Policies policies =
                TestLimits.limits()
                        .destinations("#", policy().expiryQueue("E").delayMs(4))
                        .build()
                        .policies();

        DestinationPolicy policy = policies.of(DestinationKind.TEMPORARY_TOPIC, "TEMP.TOPIC.1.1");

        assertNull(policy.deadLetterQueue());
        assertNull(policy.expiryQueue());
        assertEquals(4, policy.redeliveryDelay().firstMs());
    }

    /** From wherever a message starts, it is moved once at most. */
    @Test
    void movedMessagesNeverLoop() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            TestLimits limits = TestLimits.limits();
            for (String pattern : List.of("#", "*", "A", "B", "DLQ.#", "*.dead", "q")) {
                limits.queues(
                        pattern,
                        policy().deadLetterQueue(NAMINGS.get(random.nextInt(NAMINGS.size())))
                                .expiryQueue(NAMINGS.get(random.nextInt(NAMINGS.size()))));
            }
            Policies policies = limits.build().policies();
            for (String start : List.of("q", "A", "B", "DLQ.q", "q.dead", "other", "a.b")) {
                Set<String> reached = reached(policies, start);
                reached.remove(start);
                for (String name : reached) {
                    assertNull(queue(policies, name).deadLetterQueue(), "seed " + seed);
                    assertNull(queue(policies, name).expiryQueue(), "seed " + seed);
                }
            }
        }
    }

    private static Set<String> reached(Policies policies, String start) {
        Set<String> reached = new HashSet<>();
        ArrayDeque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String name = next.poll();
            if (reached.add(name)) {
                DestinationPolicy policy = queue(policies, name);
                if (policy.deadLetterQueue() != null) {
                    next.add(policy.deadLetterQueue());
                }
                if (policy.expiryQueue() != null) {
                    next.add(policy.expiryQueue());
                }
            }
        }
        return reached;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{name}", " {name} ", "{nam}", "{name}{name}", "a{", "a\n", "TEMP.{name}"})
    void aNamingMustGiveAnotherNameThatAQueueMayHave(String text) {
        assertThrows(IllegalArgumentException.class, () -> QueueNaming.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "100,1,1000,1,100",
        "100,1,1000,50,100",
        "100,2,1000,1,100",
        "100,2,1000,2,200",
        "100,2,1000,4,800",
        "100,2,1000,5,1000",
        "100,2,1000,2147483647,1000",
        "100,1.5,100000,3,225",
        "100,1.001,100000,2,100",
        "0,5,1000,9,0",
        "2000,2,1000,1,2000",
        "2000,2,1000,2,2000",
        "31536000000,100,31536000000,32767,31536000000",
    })
    void theDelayGrowsUpToItsBound(
            long firstMs, double factor, long mostMs, int failures, long expectedMs) {
        long thousandths = Math.round(factor * RedeliveryDelay.FACTOR_ONE);

        assertEquals(
                expectedMs, new RedeliveryDelay(firstMs, thousandths, mostMs).afterMs(failures));
    }
}
