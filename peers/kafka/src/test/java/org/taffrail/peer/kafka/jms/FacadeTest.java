// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;

import org.junit.jupiter.api.Test;

import java.util.Hashtable;

import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

class FacadeTest {
    @Test
    void passesOnWhatThePartHasAndRefusesTheRestByName() throws JMSException {
        BytesMessage message = Facade.of(BytesMessage.class, new KafkaBody());

        message.writeBytes(new byte[] {1, 2});
        message.writeBytes(new byte[] {3});

        assertEquals(3, message.getBodyLength());
        JMSException refused =
                assertThrows(JMSException.class, () -> message.setIntProperty("n", 1));
        assertTrue(refused.getMessage().contains("no Message.setIntProperty"), refused::toString);
    }

    @Test
    void readsABodyInPieces() throws JMSException {
        BytesMessage message =
                Facade.of(BytesMessage.class, new KafkaBody(new byte[] {1, 2, 3}, null));
        byte[] piece = new byte[2];

        assertEquals(2, message.readBytes(piece, 2));
        assertArrayEquals(new byte[] {1, 2}, piece);
        assertEquals(1, message.readBytes(piece, 2));
        assertEquals(-1, message.readBytes(piece, 2));
    }

    @Test
    void findsItsOwnPartsAgainAndNoOthers() throws JMSException {
        Named named = new Named("orders", false);

        assertSame(named, Facade.part(Facade.of(Queue.class, named), Named.class));
        Queue foreign = () -> "orders";
        assertThrows(JMSException.class, () -> Facade.part(foreign, Named.class));
        assertThrows(JMSException.class, () -> Facade.part(null, Named.class));
    }

    @Test
    void hasTheConnectionFactoryInItsContext() throws NamingException, JMSException {
        Context context = new KafkaContextFactory().getInitialContext(environment());

        ConnectionFactory factory = (ConnectionFactory) context.lookup(KafkaContextFactory.NAME);
        try (Connection connection = factory.createConnection()) {
            assertEquals("Apache Kafka", connection.getMetaData().getJMSProviderName());
            assertThrows(JMSException.class, connection::getClientID);
        }
        assertThrows(NameNotFoundException.class, () -> context.lookup("orders"));
    }

    @Test
    void lingersOnlyWhereItIsTold() throws NamingException {
        Hashtable<String, String> environment = environment();
        assertEquals(0, Settings.of(environment).asyncLingerMs("perf.throughput"));

        environment.put("kafka.async.linger.destinations", "perf.through");
        assertEquals(Settings.LINGER_MS, Settings.of(environment).asyncLingerMs("perf.throughput"));
        assertEquals(0, Settings.of(environment).asyncLingerMs("perf.latency"));
    }

    @Test
    void saysWhichSettingIsMissingOrWrong() {
        assertThrows(ConfigurationException.class, () -> Settings.of(new Hashtable<>()));
        Hashtable<String, String> environment = environment();
        environment.put("kafka.partitions", "many");

        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> Settings.of(environment));

        assertTrue(wrong.getMessage().contains("kafka.partitions"), wrong::toString);
    }

    private static Hashtable<String, String> environment() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.PROVIDER_URL, "127.0.0.1:9092");
        return environment;
    }
}
