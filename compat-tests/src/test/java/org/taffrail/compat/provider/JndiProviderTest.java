// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.UnsupportedFacilityException;

import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import javax.naming.NameNotFoundException;

/** Against a broker in this JVM: any provider would do. */
class JndiProviderTest {
    private static final Scene.Timing TIMING = new Scene.Timing(10_000, 50);

    private final Properties properties = new Properties();

    JndiProviderTest() {
        properties.setProperty(
                "java.naming.factory.initial",
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        properties.setProperty("connectionFactory.Mine", "taffrail:embedded?name=jndi-provider");
        properties.setProperty("compat.connectionFactory", "Mine");
        properties.setProperty("queue.first", "physical.first");
    }

    private JndiProvider open() throws ProviderException {
        return JndiProvider.open(properties, null);
    }

    @Test
    void findsTheConnectionFactoryThatTheFileNames() throws ProviderException, JMSException {
        try (Connection connection = open().connectionFactory().createConnection()) {
            assertEquals("Taffrail", connection.getMetaData().getJMSProviderName());
        }
    }

    @Test
    void looksUpAnotherFactoryEachTimeSoThatChecksShareNone() throws ProviderException {
        JndiProvider provider = open();

        assertNotSame(provider.connectionFactory(), provider.connectionFactory());
    }

    @Test
    void namesTheKeyWhereThereIsNoConnectionFactory() {
        properties.setProperty("compat.connectionFactory", "Yours");

        ProviderException refused = assertThrows(ProviderException.class, this::open);

        assertTrue(refused.getMessage().contains("compat.connectionFactory"), refused.getMessage());
    }

    @Test
    void takesAnotherFactoryForAPurposeThatTheFileNames() throws ProviderException, JMSException {
        properties.setProperty(
                "connectionFactory.Other",
                "taffrail:embedded?name=jndi-provider&jms.clientID=other");
        properties.setProperty("compat.definedPropertiesFactory", "Other");
        try (Scene scene = new Scene(open(), TIMING, "kit.test")) {
            scene.useFactory("definedPropertiesFactory");

            assertEquals("other", scene.connect().getClientID());
        }
    }

    @Test
    void takesTheUsualFactoryWhereTheFileNamesNoOther() throws ProviderException, JMSException {
        try (Scene scene = new Scene(open(), TIMING, "kit.test")) {
            scene.useFactory("definedPropertiesFactory");

            assertNull(scene.connect().getClientID());
        }
    }

    @Test
    void namesTheKeyWhereThereIsNoFactoryForAPurpose() {
        properties.setProperty("compat.definedPropertiesFactory", "Nowhere");

        ProviderException refused = assertThrows(ProviderException.class, this::open);

        assertTrue(
                refused.getMessage().contains("compat.definedPropertiesFactory"),
                refused.getMessage());
    }

    @Test
    void makesQueuesByNameWhereNoneArePredefined() throws ProviderException, JMSException {
        try (Scene scene = new Scene(open(), TIMING, "kit.test")) {
            assertEquals("kit.test.1", scene.queue().getQueueName());
        }
    }

    @Test
    void lendsPredefinedQueuesAndEmptiesThem() throws ProviderException, JMSException {
        properties.setProperty("compat.queues", "first, second");
        JndiProvider provider = open();
        Set<String> names = new HashSet<>();
        try (Scene scene = new Scene(provider, TIMING, "kit.test")) {
            for (int i = 0; i < 2; i++) {
                Queue queue = scene.queue();
                names.add(queue.getQueueName());
                scene.send(queue, "left", "behind");
            }
        }

        assertEquals(Set.of("physical.first", "second"), names);
        for (int i = 0; i < 2; i++) {
            try (Scene scene = new Scene(provider, TIMING, "kit.test");
                    Connection connection = provider.connectionFactory().createConnection()) {
                connection.start();
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(scene.queue());
                assertNull(consumer.receiveNoWait(), "what another check has left");
            }
        }
    }

    @Test
    void saysThatAPoolIsTooSmall() throws ProviderException {
        JndiProvider provider = open();
        properties.setProperty("compat.topics", "only");
        Pool pool =
                Pool.of(
                        SettingKey.TOPICS,
                        properties,
                        provider::connectionFactory,
                        new Pool.Access(
                                name -> {
                                    throw new NameNotFoundException(name);
                                },
                                10));
        assertInstanceOf(Topic.class, pool.borrow());

        UnsupportedFacilityException refused =
                assertThrows(UnsupportedFacilityException.class, pool::borrow);

        assertTrue(refused.getMessage().contains("compat.topics"), refused.getMessage());
    }

    @Test
    void restartsOnlyWhatTheKitHasStarted() throws ProviderException {
        JndiProvider provider = open();

        assertThrows(UnsupportedFacilityException.class, () -> provider.restart(true));
    }

    @Test
    void putsTheUsersNameOnConnectionsThatHaveNone() throws ProviderException, JMSException {
        JndiProvider provider = open();
        RecordingFactory recording = new RecordingFactory(provider.connectionFactory());
        ConnectionFactory named = NamedConnections.by(recording, "app", "secret");

        named.createConnection().close();
        named.createContext(JMSContext.CLIENT_ACKNOWLEDGE).close();
        named.createConnection("other", "own").close();

        assertEquals(List.of("app/secret", "app/secret/2", "other/own"), recording.seen);
        assertTrue(NamedConnections.is(named), "not told apart");
        assertFalse(NamedConnections.is(recording), "told apart wrongly");
    }
}
