// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailDestination;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.NamingManager;

class TaffrailObjectFactoryTest {
    @Test
    void whatGivesAReferenceIsMadeOfItAgain() throws Exception {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory("taffrail://h:1?jms.password=a%26b");
        TaffrailQueue queue = new TaffrailQueue("q?start=earliest");
        TaffrailTopic topic = new TaffrailTopic("t");

        assertEquals(factory, again(factory.getReference()));
        assertEquals(queue, again(queue.getReference()));
        assertEquals(
                queue.options(),
                assertInstanceOf(TaffrailDestination.class, again(queue.getReference())).options());
        assertEquals(topic, again(topic.getReference()));
    }

    private static Object again(Reference reference) throws Exception {
        return NamingManager.getObjectInstance(reference, null, null, null);
    }

    @Test
    void understandsAnApplicationServersTypes() throws Exception {
        Reference reference =
                new Reference("jakarta.jms.Queue", new StringRefAddr("name", "orders"));

        assertEquals(new TaffrailQueue("orders"), make(reference));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Queue", "Topic", "XA", "XAQueue", "XATopic"})
    void makesAFactoryOfEachOfItsTypes(String kind) throws Exception {
        Reference reference =
                new Reference(
                        "jakarta.jms." + kind + "ConnectionFactory",
                        new StringRefAddr("url", "taffrail://h:1"));

        assertEquals(new TaffrailConnectionFactory("taffrail://h:1"), make(reference));
    }

    @Test
    void leavesAloneWhatIsNotOurs() throws Exception {
        assertNull(make("a text"));
        assertNull(make(new Reference("javax.sql.DataSource")));
    }

    @Test
    void referenceWithoutItsAddressIsRefused() {
        assertThrows(NamingException.class, () -> make(new Reference("jakarta.jms.Topic")));
        assertThrows(
                NamingException.class,
                () ->
                        make(
                                new Reference(
                                        "jakarta.jms.ConnectionFactory",
                                        new StringRefAddr("url", "tcp://x"))));
    }

    @Test
    void referenceToADestinationWithAnUnknownOptionIsRefused() {
        Reference reference =
                new Reference("jakarta.jms.Topic", new StringRefAddr("name", "t?strat=earliest"));

        NamingException refused = assertThrows(NamingException.class, () -> make(reference));

        assertTrue(refused.getMessage().contains("did you mean \"start\""), refused.getMessage());
    }

    private static Object make(Object reference) throws Exception {
        return new TaffrailObjectFactory().getObjectInstance(reference, null, null, null);
    }
}
