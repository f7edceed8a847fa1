// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.ibm.mq.jakarta.jms.MQQueue;
import com.ibm.mq.jakarta.jms.MQTopic;
import com.rabbitmq.jms.admin.RMQDestination;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

/** A name as the destinations of each provider say it. */
class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "REPLIES, REPLIES",
        "queue:///REPLIES, REPLIES",
        "queue://QM1/REPLIES, REPLIES",
        "queue://QM1/REPLIES?targetClient=1&persistence=2, REPLIES"
    })
    void takesTheNameOutOfTheUriOfAQueueOfIbmMq(String said, String name) throws JMSException {
        assertEquals(queue(name), Address.of(new MQQueue(said)));
    }

    @ParameterizedTest
    @CsvSource({
        "prices/eu, prices/eu",
        "topic://prices/eu, prices/eu",
        "topic://prices/eu?priority=5, prices/eu"
    })
    void takesTheNameOutOfTheUriOfATopicOfIbmMq(String said, String name) throws JMSException {
        assertEquals(topic(name), Address.of(new MQTopic(said)));
    }

    @Test
    void leavesOtherNamesAsTheyAre() throws JMSException {
        assertEquals(queue("a/b?"), Address.of(named("a/b?", true)));
        assertEquals(queue("queue://"), Address.of(named("queue://", true)));
        assertEquals(topic("queue://a/b"), Address.of(named("queue://a/b", false)));
        assertEquals(queue("orders"), Address.of(new TaffrailQueue("orders")));
        assertEquals(topic("orders.eu"), Address.of(new TaffrailTopic("orders.eu")));
    }

    @Test
    void knowsWhatADestinationOfRabbitMqIs() throws JMSException {
        assertEquals(queue("orders"), Address.of(named("orders", true)));
        assertEquals(topic("prices"), Address.of(named("prices", false)));
        assertNull(Address.of(new RMQDestination("reply", true, true)));
    }

    private static Destination named(String name, boolean queue) {
        return new RMQDestination(name, queue, false);
    }

    private static Address queue(String name) {
        return new Address(Address.Kind.QUEUE, name);
    }

    private static Address topic(String name) {
        return new Address(Address.Kind.TOPIC, name);
    }
}
