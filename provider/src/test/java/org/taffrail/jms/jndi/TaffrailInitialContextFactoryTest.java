// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Queue;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnectionFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.naming.Binding;
import javax.naming.CompositeName;
import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.InvalidNameException;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NotContextException;
import javax.naming.OperationNotSupportedException;

class TaffrailInitialContextFactoryTest {
    private static Context context(String... properties) throws NamingException {
        Hashtable<Object, Object> environment = new Hashtable<>();
        environment.put(
                Context.INITIAL_CONTEXT_FACTORY, TaffrailInitialContextFactory.class.getName());
        for (int i = 0; i < properties.length; i += 2) {
            environment.put(properties[i], properties[i + 1]);
        }
        return new InitialContext(environment);
    }

    private static String url(Context context, String name) throws NamingException {
        return assertInstanceOf(TaffrailConnectionFactory.class, context.lookup(name)).getUrl();
    }

    @Test
    void bindsFactoriesInBothSpellings() throws Exception {
        Context context =
                context(
                        "connectionFactory.a", "taffrail://a:1?jms.prefetch=5",
                        "connectionfactory.b", "taffrail://b:2");

        assertEquals("taffrail://a:1?jms.prefetch=5", url(context, "a"));
        assertEquals("taffrail://b:2", url(context, "b"));
        assertInstanceOf(QueueConnectionFactory.class, context.lookup("a"));
        assertInstanceOf(TopicConnectionFactory.class, context.lookup("a"));
        assertSame(context.lookup("a"), context.lookup("a"));
    }

    @Test
    void bindsQueuesAndTopics() throws Exception {
        Context context = context("queue.in", "orders.in", "topic.news", "news?start=earliest");

        assertEquals(new TaffrailQueue("orders.in"), context.lookup("in"));
        assertEquals(new TaffrailTopic("news"), context.lookup("news"));
        assertEquals("orders.in", ((Queue) context.lookup("in")).getQueueName());
    }

    @Test
    void anyDestinationIsThereDynamically() throws Exception {
        Context context = context();

        assertEquals(new TaffrailQueue("a.b"), context.lookup("dynamicQueues/a.b"));
        assertEquals(new TaffrailQueue("a/b"), context.lookup("queues/a/b"));
        assertEquals(new TaffrailTopic("t"), context.lookup("dynamicTopics/t"));
        assertEquals("t", ((Topic) context.lookup("topics/t")).getTopicName());
        assertInstanceOf(Context.class, context.lookup("dynamicQueues"));
        assertEquals(
                new TaffrailQueue("late"), ((Context) context.lookup("queues")).lookup("late"));
        assertThrows(
                InvalidNameException.class,
                () -> context.lookup("queues/a?nonsense-without-value"));
    }

    @Test
    void optionsStandInTheNamesOfDestinationsHoweverTheyAreNamed() throws Exception {
        Context context =
                context(
                        "queue.in", "orders?consumer.prefetch=1&start=earliest",
                        "topic.news", "news?consumer.position=true");

        assertEquals(
                Map.of("consumer.prefetch", "1", "start", "earliest"),
                ((TaffrailQueue) context.lookup("in")).options());
        assertEquals(
                Map.of("consumer.position", "true"),
                ((TaffrailTopic) context.lookup("news")).options());
        assertEquals(
                Map.of("start", "-PT2H"),
                ((TaffrailQueue) context.lookup("dynamicQueues/orders?start=-PT2H")).options());
        assertEquals(
                Map.of("consumer.exclusive", "true"),
                ((TaffrailQueue) context.lookup("queues/a/b?consumer.exclusive=true")).options());
        refused("queue.in", "queue.in", "orders?start");
    }

    @Test
    void optionsThatAConsumerWouldRefuseAreRefusedWithTheNearest() throws Exception {
        refused("did you mean \"consumer.prefetch\"", "queue.in", "orders?consumer.prefetchh=1");
        refused("topic.news: topic://news?begin=1", "topic.news", "news?begin=1");
        refused("consumer.exclusive", "queue.in", "orders?consumer.exclusive=yes");
        Context context = context();
        for (String name : List.of("dynamicQueues/orders", "queues/a/b", "dynamicTopics/t")) {
            InvalidNameException refused =
                    assertThrows(
                            InvalidNameException.class,
                            () -> context.lookup(name + "?consumer.positions=true"));
            assertTrue(
                    refused.getMessage().contains("did you mean \"consumer.position\""),
                    refused.getMessage());
        }
    }

    @Test
    void urlsOfFactoriesAreThoseThatPeopleTypeOnOtherClients() throws Exception {
        Context context =
                context(
                        "connectionFactory.list",
                        "taffrail://a:1,b:2",
                        "connectionFactory.failover",
                        "failover:(taffrail://a:1,taffrail://b:2)?jms.clientID=c&jms.username=u"
                                + "&jms.prefetchPolicy.all=5&failover.maxReconnectAttempts=3"
                                + "&failover.initialReconnectDelay=20"
                                + "&failover.reconnectBackOffMultiplier=1.5"
                                + "&transport.tcpNoDelay=false&transport.connectTimeout=900");

        assertEquals("taffrail://a:1,b:2", url(context, "list"));
        TaffrailConnectionFactory factory = (TaffrailConnectionFactory) context.lookup("failover");
        assertEquals("c", factory.getClientID());
        assertEquals("u", factory.getUser());
        assertEquals(5, factory.getPrefetch());
        assertEquals(3, factory.getMaxReconnectAttempts());
        assertEquals(20, factory.getInitialReconnectDelayMs());
        assertEquals(1.5, factory.getReconnectBackOffMultiplier());
        assertFalse(factory.isTcpNoDelay());
        assertEquals(900, factory.getConnectTimeoutMs());
        refused(
                "did you mean \"failover.maxReconnectAttempts\"",
                "connectionFactory.cf",
                "failover:(taffrail://a)?failover.maxReconectAttempts=3");
    }

    @Test
    void brokerAsProviderUrlBindsTheUsualNames() throws Exception {
        Context context =
                context(
                        Context.PROVIDER_URL,
                        "taffrail://p:3",
                        "connectionFactory.QueueConnectionFactory",
                        "taffrail://q:4");

        assertEquals("taffrail://p:3", url(context, "ConnectionFactory"));
        assertEquals("taffrail://q:4", url(context, "QueueConnectionFactory"));
        assertEquals("taffrail://p:3", url(context, "TopicConnectionFactory"));
    }

    @Test
    void severalBrokersAsProviderUrlBindTheUsualNames() throws Exception {
        for (String url : List.of("failover:(taffrail://a,taffrail://b)", "taffrail://a,b")) {
            assertEquals(url, url(context(Context.PROVIDER_URL, url), "ConnectionFactory"));
        }
    }

    @Test
    void withoutAnyFactoryTheUsualNamesMeanThisMachine() throws Exception {
        assertEquals(TaffrailConnectionFactory.DEFAULT_URL, url(context(), "ConnectionFactory"));
        Context named = context("connectionfactory.mine", "taffrail://a");
        assertThrows(NameNotFoundException.class, () -> named.lookup("ConnectionFactory"));
    }

    @Test
    void providerUrlMayNameAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("my jndi.properties");
        write(
                file,
                "connectionFactory.cf",
                "taffrail://${no.such.variable:-file}:1",
                "queue.a",
                "fromFile",
                "queue.b",
                "fromFile");

        for (String provider : List.of(file.toString(), file.toUri().toString())) {
            Context context = context(Context.PROVIDER_URL, provider, "queue.a", "direct");
            assertEquals("taffrail://file:1", url(context, "cf"));
            assertEquals(new TaffrailQueue("direct"), context.lookup("a"));
            assertEquals(new TaffrailQueue("fromFile"), context.lookup("b"));
        }
    }

    @Test
    void fileMayNameTheBroker(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("jndi.properties");
        write(file, Context.PROVIDER_URL, "taffrail://far:1");

        assertEquals(
                "taffrail://far:1",
                url(context(Context.PROVIDER_URL, file.toString()), "ConnectionFactory"));
    }

    @Test
    void fileMayBeOnTheClassPath(@TempDir Path folder) throws Exception {
        write(folder.resolve("my.properties"), "connectionFactory.cf", "taffrail://there:1");
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        URL[] classPath = {folder.toUri().toURL()};
        try (URLClassLoader application = new URLClassLoader(classPath, before)) {
            current.setContextClassLoader(application);

            assertEquals(
                    "taffrail://there:1",
                    url(context(Context.PROVIDER_URL, "classpath:my.properties"), "cf"));
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static void write(Path file, String... properties) throws IOException {
        Properties texts = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            texts.setProperty(properties[i], properties[i + 1]);
        }
        try (var out = Files.newOutputStream(file)) {
            texts.store(out, null);
        }
    }

    @Test
    void providerUrlThatIsNeitherSaysSo() {
        refused(Context.PROVIDER_URL, Context.PROVIDER_URL, "/no/such/file.properties");
        refused(Context.PROVIDER_URL, Context.PROVIDER_URL, "classpath:no/such.properties");
        refused(Context.PROVIDER_URL, Context.PROVIDER_URL, "tcp://localhost:61616");
        refused("TLS", Context.PROVIDER_URL, "taffrails://a?transport.trustAll=true");
    }

    @Test
    void variablesAreReplaced() throws Exception {
        System.setProperty("taffrail.test.host", "here");
        try {
            Context context =
                    context(
                            "connectionFactory.cf", "taffrail://${taffrail.test.host}:${nope:-7}",
                            "queue.q", "${taffrail.test.host}.in");

            assertEquals("taffrail://here:7", url(context, "cf"));
            assertEquals(new TaffrailQueue("here.in"), context.lookup("q"));
        } finally {
            System.clearProperty("taffrail.test.host");
        }
        Queue ofEnvironment = (Queue) context("queue.q", "${PATH:-none}").lookup("q");
        assertEquals(System.getenv("PATH"), ofEnvironment.getQueueName());
        refused("queue.q: ${nope}", "queue.q", "${nope}");
        refused("queue.q: ${ without }", "queue.q", "${nope");
    }

    @Test
    void dollarsInOtherPropertiesAreNotOurs() throws Exception {
        assertEquals("${x", context("other.thing", "${x").getEnvironment().get("other.thing"));
    }

    @Test
    void securityPrincipalIsTheUserWhereTheUrlNamesNone() throws Exception {
        Context context =
                context(
                        Context.SECURITY_PRINCIPAL,
                        "scott",
                        Context.SECURITY_CREDENTIALS,
                        "tiger",
                        "connectionFactory.a",
                        "taffrail://a",
                        "connectionFactory.b",
                        "taffrail://b?jms.username=other");

        TaffrailConnectionFactory a = (TaffrailConnectionFactory) context.lookup("a");
        TaffrailConnectionFactory b = (TaffrailConnectionFactory) context.lookup("b");
        assertEquals("scott", a.getUser());
        assertEquals("tiger", a.getPassword());
        assertEquals("other", b.getUser());
        assertNull(b.getPassword());
    }

    @Test
    void errorsNameThePropertyAndWhatIsMeant() {
        refused("connectionFactory.cf", "connectionFactory.cf", "http://a");
        refused("jms.prefetch", "connectionFactory.cf", "taffrail://a?jms.prefech=1");
        refused("queue.a/b", "queue.a", "x", "queue.a/b", "y");
        refused("topic.a", "queue.a", "x", "topic.a", "y");
        refused("queue./", "queue./", "x");
        refused("queue.q", "queue.q", "");
    }

    private static void refused(String part, String... properties) {
        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> context(properties));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void namesWithSlashesAreSubContexts() throws Exception {
        Context context =
                context(
                        "connectionFactory.jms/CF", "taffrail://a",
                        "queue.jms/queue/in", "in",
                        "queue./queue/legacy", "legacy");

        assertEquals("taffrail://a", url(context, "jms/CF"));
        Context jms = (Context) context.lookup("jms");
        assertEquals("jms", jms.getNameInNamespace());
        assertEquals(new TaffrailQueue("in"), jms.lookup("queue/in"));
        assertEquals(new TaffrailQueue("in"), context.lookup(new CompositeName("jms/queue/in")));
        assertEquals(new TaffrailQueue("legacy"), context.lookup("/queue/legacy"));
        assertEquals(new TaffrailQueue("in"), context.lookupLink("jms/queue/in"));
        assertEquals(
                List.of("jms/queue", "in"),
                List.of(
                        ((Context) jms.lookup("queue")).getNameInNamespace(),
                        ((Queue) ((Context) jms.lookup("queue")).lookup("in")).getQueueName()));
    }

    @Test
    void listsWhatIsBound() throws Exception {
        Context context = context("connectionFactory.jms/CF", "taffrail://a", "queue.in", "q");

        List<String> names = new ArrayList<>();
        for (NameClassPair pair : Collections.list(context.list(""))) {
            names.add(pair.getName() + "=" + pair.getClassName());
        }
        assertTrue(names.contains("in=" + TaffrailQueue.class.getName()), names.toString());
        assertEquals(6, names.size(), names.toString());
        List<Binding> jms = Collections.list(context.listBindings("jms"));
        assertEquals("CF", jms.get(0).getName());
        assertSame(context.lookup("jms/CF"), jms.get(0).getObject());
        assertThrows(NotContextException.class, () -> context.list("in"));
        assertEquals(0, Collections.list(context.list("queues")).size());
    }

    @Test
    void missingNameNamesTheNearest() throws Exception {
        Context context = context("queue.jms/orders", "q", "queue.other", "q");

        NameNotFoundException e =
                assertThrows(NameNotFoundException.class, () -> context.lookup("jms/order"));
        assertTrue(e.getMessage().contains("did you mean \"jms/orders\""), e.getMessage());
        assertEquals(new CompositeName("jms"), e.getResolvedName());
        assertEquals(new CompositeName("order"), e.getRemainingName());
        NotContextException below =
                assertThrows(NotContextException.class, () -> context.lookup("other/x"));
        assertEquals(new CompositeName("x"), below.getRemainingName());
    }

    @Test
    void nothingCanBeBound() throws Exception {
        Context context = context();
        List<Executable> changes =
                List.of(
                        () -> context.bind("a", "b"),
                        () -> context.rebind("a", "b"),
                        () -> context.unbind("a"),
                        () -> context.rename("a", "b"),
                        () -> context.createSubcontext("a"),
                        () -> context.destroySubcontext("a"),
                        () -> context.bind(new CompositeName("a"), "b"),
                        () -> context.rebind(new CompositeName("a"), "b"),
                        () -> context.unbind(new CompositeName("a")),
                        () -> context.rename(new CompositeName("a"), new CompositeName("b")),
                        () -> context.createSubcontext(new CompositeName("a")),
                        () -> context.destroySubcontext(new CompositeName("a")));

        for (Executable change : changes) {
            assertThrows(OperationNotSupportedException.class, change);
        }
    }

    @Test
    void composesNamesAndKeepsItsEnvironment() throws Exception {
        Context context = (Context) context("queue.a", "q").lookup("");

        assertEquals("jms/queue/in", context.composeName("queue/in", "jms"));
        assertEquals(2, context.getNameParser("").parse("a/b").size());
        assertNull(context.addToEnvironment("k", "v"));
        assertEquals("v", context.getEnvironment().get("k"));
        assertEquals("v", context.removeFromEnvironment("k"));
        assertFalse(context.getEnvironment().containsKey("k"));
        context.close();
        context.close();
    }
}
