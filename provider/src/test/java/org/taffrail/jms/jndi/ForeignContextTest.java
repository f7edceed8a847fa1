// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Administered objects that an administrator binds into a naming service of somebody else. */
class ForeignContextTest {
    @TempDir private Path folder;

    private Context context(boolean asObjects) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, FileNaming.class.getName());
        environment.put(Context.PROVIDER_URL, folder.toString());
        if (asObjects) {
            environment.put(FileNaming.AS_OBJECTS, "true");
        }
        return new InitialContext(environment);
    }

    @ParameterizedTest(name = "asObjects={0}")
    @ValueSource(booleans = {false, true})
    void factoriesKeepTheirUrlAndWhatWasSetBesides(boolean asObjects) throws Exception {
        TaffrailConnectionFactory bound =
                new TaffrailConnectionFactory(
                        "failover:(taffrail://a:1,taffrail://b:2)?jms.prefetch=7");
        bound.setClientID("billing");
        bound.setUser("scott");
        bound.setPassword("a&b ?%ü");
        bound.setMaxReconnectAttempts(3);

        context(asObjects).bind("jms/CF", bound);
        ConnectionFactory found = (ConnectionFactory) context(asObjects).lookup("jms/CF");

        assertNotSame(bound, found);
        TaffrailConnectionFactory factory =
                assertInstanceOf(TaffrailConnectionFactory.class, found);
        assertEquals(bound, factory);
        assertEquals(7, factory.getPrefetch());
        assertEquals("billing", factory.getClientID());
        assertEquals("scott", factory.getUser());
        assertEquals("a&b ?%ü", factory.getPassword());
        assertEquals(3, factory.getMaxReconnectAttempts());
    }

    @ParameterizedTest(name = "asObjects={0}")
    @ValueSource(booleans = {false, true})
    void destinationsKeepTheirKindNameAndOptions(boolean asObjects) throws Exception {
        TaffrailQueue queue = new TaffrailQueue("orders?consumer.prefetch=1&start=earliest");
        TaffrailTopic topic = new TaffrailTopic("prices");

        context(asObjects).bind("jms/orders", queue);
        context(asObjects).bind("jms/prices", topic);
        Queue foundQueue = (Queue) context(asObjects).lookup("jms/orders");
        Topic foundTopic = (Topic) context(asObjects).lookup("jms/prices");

        assertEquals(queue, foundQueue);
        assertEquals("orders", foundQueue.getQueueName());
        assertEquals(
                Map.of("consumer.prefetch", "1", "start", "earliest"),
                assertInstanceOf(TaffrailQueue.class, foundQueue).options());
        assertEquals(topic, foundTopic);
        assertEquals("prices", foundTopic.getTopicName());
    }

    @Test
    void whatIsKeptIsAReferenceThatNeedsNoClassOfOursToBeRead() throws Exception {
        context(false).bind("orders", new TaffrailQueue("orders"));

        String kept = Files.readString(folder.resolve("orders"), StandardCharsets.ISO_8859_1);

        assertTrue(kept.contains("javax.naming.Reference"), kept);
        assertTrue(kept.contains(TaffrailObjectFactory.class.getName()), kept);
    }
}
