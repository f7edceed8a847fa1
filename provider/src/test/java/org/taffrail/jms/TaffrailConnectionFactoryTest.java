// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.link.ConnectionOption;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.naming.NamingException;

class TaffrailConnectionFactoryTest {
    @Test
    void looksForABrokerOnThisMachine() {
        assertEquals("taffrail://127.0.0.1:61700", new TaffrailConnectionFactory().getUrl());
    }

    @Test
    void letsPropertiesWinOverTheUrlInAnyOrder() {
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory();
        factory.setUser("me");
        factory.setPassword("secret");
        factory.setOptions(Map.of("jms.prefetch", "7"));
        factory.setUrl("taffrail://host?jms.username=other&jms.clientID=id&jms.prefetch=3");

        assertEquals("me", factory.getUser());
        assertEquals("secret", factory.getPassword());
        assertEquals("id", factory.getClientID());
        assertTrue(factory.toString().contains("jms.prefetch=7"), factory.toString());
        assertFalse(factory.toString().contains("secret"), factory.toString());
        factory.setUser(null);
        assertEquals("other", factory.getUser());
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndStaysAsItWas() {
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory();
        TaffrailConnectionFactory same = new TaffrailConnectionFactory();
        IllegalArgumentException unknown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> factory.setUrl("taffrail://host?jms.prefetsch=1"));
        assertTrue(unknown.getMessage().contains("jms.prefetch"), unknown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> factory.setOption("jms.prefetch", "-1"));
        assertThrows(IllegalArgumentException.class, () -> factory.setOption("no", "1"));
        assertThrows(IllegalArgumentException.class, () -> factory.setUrl("http://host"));
        assertThrows(
                IllegalArgumentException.class,
                () -> factory.setOption("jms.deserializationAllowList", "a*b"));
        assertEquals(same, factory);
        assertEquals(same.hashCode(), factory.hashCode());
    }

    @Test
    void survivesSerializationAndReference() throws Exception {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory("taffrail://host:1234?jms.prefetch=3");
        factory.setUser("me");
        factory.setPassword("p&ss word");

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(factory);
        }
        Object copy;
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = in.readObject();
        }

        assertEquals(factory, copy);
        String url =
                (String)
                        factory.getReference()
                                .get(TaffrailConnectionFactory.URL_ADDRESS)
                                .getContent();
        assertEquals(factory, new TaffrailConnectionFactory(url));
    }

    @Test
    void tellsEveryBrokerOfAFailoverUrlWhatIsSet() {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory("failover:(taffrail://a,b)?jms.prefetch=3");
        factory.setUser("me");
        factory.setOption("failover.maxReconnectDelay", "5");

        assertEquals(
                new TaffrailConnectionFactory(
                        "taffrail://a,b?maxReconnectDelay=5&jms.prefetch=3&jms.username=me"),
                factory);
        assertThrows(JMSException.class, factory::stopEmbeddedBroker);
    }

    @Test
    void propertiesComeInAnyOrderAndMustFitWhenConnecting() throws NamingException {
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory("taffrail://a");
        factory.setRandomize(true);

        JMSException e = assertThrows(JMSException.class, factory::createConnection);
        assertEquals("INVALID_OPTION", e.getErrorCode());
        assertTrue(e.getMessage().contains("failover.randomize"), e.getMessage());
        assertTrue(factory.toString().contains("failover.randomize"), factory.toString());
        assertThrows(NamingException.class, factory::getReference);
        TaffrailConnectionFactory same = new TaffrailConnectionFactory("taffrail://a");
        same.setRandomize(true);
        assertEquals(same, factory);

        factory.setUrl("failover:(taffrail://a,b)");
        assertNotEquals(same, factory);
        assertEquals(
                new TaffrailConnectionFactory("failover:(taffrail://a,b)?randomize=true"), factory);
        assertNotNull(factory.getReference());
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsAProperty(ConnectionOption<?> option) throws Exception {
        String name = option.name().substring(option.name().lastIndexOf('.') + 1);
        String property = name.equals("username") ? "user" : name;
        PropertyDescriptor found =
                Arrays.stream(
                                Introspector.getBeanInfo(TaffrailConnectionFactory.class)
                                        .getPropertyDescriptors())
                        .filter(each -> each.getName().equals(property))
                        .findFirst()
                        .orElseThrow();
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory("taffrail://a,b");
        assertEquals(option.defaultValue(), found.getReadMethod().invoke(factory));
        Object value =
                switch (option.type().getSimpleName()) {
                    case "Boolean" -> !(Boolean) option.defaultValue();
                    case "Integer" -> option.most();
                    case "Double" -> 1.5;
                    default -> "text";
                };

        found.getWriteMethod().invoke(factory, value);

        assertEquals(value, found.getReadMethod().invoke(factory));
        TaffrailConnectionFactory told = new TaffrailConnectionFactory("taffrail://a,b");
        told.setOption(option.name(), value.toString());
        assertEquals(told, factory);
    }

    static List<ConnectionOption<?>> options() {
        return ConnectionOptions.ALL;
    }

    @Test
    void referenceOfAFailoverUrlMakesAnEqualFactory() throws NamingException {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory(
                        "failover:(taffrail://a?heartbeatMs=5,b)?randomize=true");
        factory.setPassword("p),taffrail://c");

        Object url = factory.getReference().get(TaffrailConnectionFactory.URL_ADDRESS).getContent();

        assertEquals(factory, new TaffrailConnectionFactory((String) url));
        assertFalse(factory.toString().contains("p)"), factory.toString());
    }

    @Test
    void connectsAsWhomItIsTold() throws JMSException {
        List<ConnectionUrl> urls = new ArrayList<>();
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory(
                        "taffrail://host?jms.username=configured&jms.password=p",
                        (url, listener) -> {
                            urls.add(url);
                            return new RecordingLink(listener);
                        });

        factory.createConnection().close();
        factory.createConnection("named", "q").close();
        factory.createConnection("", null).close();

        assertEquals("configured", urls.get(0).options().get(ConnectionOptions.USERNAME));
        assertEquals("named", urls.get(1).options().get(ConnectionOptions.USERNAME));
        assertEquals("q", urls.get(1).options().get(ConnectionOptions.PASSWORD));
        assertNull(urls.get(2).options().get(ConnectionOptions.USERNAME));
    }
}
