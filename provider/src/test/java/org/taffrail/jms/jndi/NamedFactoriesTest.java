// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.XAConnectionFactory;

import org.junit.jupiter.api.Test;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.util.Hashtable;

import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/** Factories as a {@code jndi.properties} of ActiveMQ Classic names and configures them. */
class NamedFactoriesTest {
    private static Context context(String... properties) throws NamingException {
        Hashtable<Object, Object> environment = new Hashtable<>();
        for (int i = 0; i < properties.length; i += 2) {
            environment.put(properties[i], properties[i + 1]);
        }
        return new TaffrailInitialContextFactory().getInitialContext(environment);
    }

    private static TaffrailConnectionFactory factory(Context context, String name)
            throws NamingException {
        return assertInstanceOf(TaffrailConnectionFactory.class, context.lookup(name));
    }

    private static void refused(String part, String... properties) {
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> context(properties));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void listedNamesStandInThePlaceOfTheUsualOnes() throws Exception {
        Context context =
                context(
                        Context.PROVIDER_URL,
                        "taffrail://p:1",
                        "connectionFactoryNames",
                        "orders, jms/prices ,orders");

        assertEquals("taffrail://p:1", factory(context, "orders").getUrl());
        assertEquals("taffrail://p:1", factory(context, "jms/prices").getUrl());
        assertThrows(NameNotFoundException.class, () -> context.lookup("ConnectionFactory"));
    }

    @Test
    void eachFactoryMayHaveABrokerOfItsOwn() throws Exception {
        Context context =
                context(
                        "brokerURL", "taffrail://all:1",
                        "connectionFactoryNames", "a,b,c.d",
                        "connection.a.brokerURL", "taffrail://a:2",
                        "connection.c.d.java.naming.provider.url", "taffrail://c:3");

        assertEquals("taffrail://a:2", factory(context, "a").getUrl());
        assertEquals("taffrail://all:1", factory(context, "b").getUrl());
        assertEquals("taffrail://c:3", factory(context, "c.d").getUrl());
    }

    @Test
    void propertiesOfOneFactoryWinOverThoseOfAll() throws Exception {
        Context context =
                context(
                        "connectionFactoryNames", "a,b",
                        "userName", "scott",
                        "password", "tiger",
                        "connection.a.userName", "adams",
                        "connection.a.password", "${no.such.variable:-wood}",
                        "connection.a.clientID", "backoffice",
                        "connection.a.useCompression", "true",
                        "connection.a.prefetchPolicy.all", "5",
                        "connection.a.transport.tcpNoDelay", "false",
                        "connection.a.xa", "true");

        TaffrailConnectionFactory a = factory(context, "a");
        TaffrailConnectionFactory b = factory(context, "b");
        assertEquals("adams", a.getUser());
        assertEquals("wood", a.getPassword());
        assertEquals("backoffice", a.getClientID());
        assertTrue(a.isUseCompression());
        assertEquals(5, a.getPrefetch());
        assertFalse(a.isTcpNoDelay());
        assertEquals("scott", b.getUser());
        assertEquals("tiger", b.getPassword());
        assertNull(b.getClientID());
        assertFalse(b.isUseCompression());
    }

    @Test
    void theUsualNamesAreConfiguredTheSameWay() throws Exception {
        Context context =
                context(
                        Context.PROVIDER_URL,
                        "taffrail://p:1",
                        "connection.QueueConnectionFactory.brokerURL",
                        "taffrail://q:2");

        assertEquals("taffrail://p:1", factory(context, "ConnectionFactory").getUrl());
        assertEquals("taffrail://q:2", factory(context, "QueueConnectionFactory").getUrl());
        assertEquals("taffrail://p:1", factory(context, "TopicConnectionFactory").getUrl());
        assertInstanceOf(XAConnectionFactory.class, context.lookup("XAConnectionFactory"));
    }

    @Test
    void whatCanNotBeUsedIsRefusedByItsProperty() {
        refused(
                "connection.a.brokerURL: ",
                "connectionFactoryNames",
                "a",
                "connection.a.brokerURL",
                "tcp://localhost:61616");
        refused("brokerURL: ", "brokerURL", "tcp://localhost:61616");
        refused(
                "connection.a.sendTimout: there is no option \"jms.sendTimout\"; did you mean"
                        + " \"jms.sendTimeout\"?",
                "connectionFactoryNames",
                "a",
                "connection.a.sendTimout",
                "1");
        refused("connectionFactoryNames: \"\"", "connectionFactoryNames", " , a");
        refused(
                "connectionFactoryNames: \"a\": the name is bound already",
                "connectionFactoryNames",
                "a",
                "connectionFactory.a",
                "taffrail://a");
    }

    @Test
    void aPropertyOfAFactoryThatIsNotListedIsATypingError() throws Exception {
        refused(
                "connection.factori.userName: connectionFactoryNames lists no factory of that name;"
                        + " did you mean \"factory\"?",
                "connectionFactoryNames",
                "factory",
                "connection.factori.userName",
                "scott");
        // without a list it may be somebody else's
        assertEquals(
                TaffrailConnectionFactory.DEFAULT_URL,
                factory(context("connection.factori.userName", "scott"), "ConnectionFactory")
                        .getUrl());
    }
}
