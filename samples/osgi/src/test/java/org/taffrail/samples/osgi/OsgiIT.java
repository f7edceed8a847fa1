// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.apache.felix.framework.FrameworkFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NoInitialContextException;
import javax.naming.spi.InitialContextFactory;

/**
 * Both providers and the sample's bundle in a real framework, whose only other packages are the
 * JDK's and SLF4J, which a framework's launcher brings for its logging.
 */
class OsgiIT {
    private static final String SLF4J = "org.slf4j;version=2.0.20";
    private static final long RECEIVE_MS = 20_000;

    @TempDir private static Path folder;

    private static BrokerInProcess broker;
    private static Framework framework;
    private static Bundle provider;
    private static Bundle javaxProvider;
    private static Bundle sample;

    @BeforeAll
    static void startFramework() throws IOException, BundleException, URISyntaxException {
        broker = BrokerInProcess.start(folder);
        framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.resolve("bundles").toString(),
                                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                                        SLF4J,
                                        GaugeActivator.URL,
                                        broker.url()
                                                + "?jms.deserializationAllowList="
                                                + Reading.class.getName()));
        framework.start();
        install(Connection.class);
        install(javax.jms.Connection.class);
        provider = install(TaffrailConnectionFactory.class);
        javaxProvider = install(org.taffrail.javax.jms.TaffrailConnectionFactory.class);
        Path jar = Path.of(System.getProperty("taffrail.root"), "samples", "osgi", "target");
        sample =
                framework
                        .getBundleContext()
                        .installBundle(
                                jar.resolve(
                                                "taffrail-sample-osgi-"
                                                        + System.getProperty("taffrail.version")
                                                        + ".jar")
                                        .toUri()
                                        .toString());
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
    }

    /** Installs the jar that a class of the test's class path is from. */
    private static Bundle install(Class<?> type) throws BundleException, URISyntaxException {
        Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertTrue(jar.toString().endsWith(".jar"), jar::toString);
        return framework.getBundleContext().installBundle(jar.toUri().toString());
    }

    @AfterAll
    static void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(20_000);
        broker.close();
    }

    @Test
    void everyBundleResolvesAndStarts() {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            assertEquals(Bundle.ACTIVE, bundle.getState(), bundle::getSymbolicName);
        }
        assertEquals("org.taffrail.provider", provider.getSymbolicName());
        assertEquals("org.taffrail.provider.javax", javaxProvider.getSymbolicName());
        String version = System.getProperty("taffrail.version").replace('-', '.');
        assertEquals(version, provider.getVersion().toString());
        assertEquals(version, javaxProvider.getVersion().toString());
    }

    @Test
    void aBundleReceivesObjectsOfItsOwnClassesAndSendsInOneTransaction() throws JMSException {
        ConnectionFactory outside = new TaffrailConnectionFactory(broker.url());
        try (Connection connection = outside.createConnection();
                Session session = connection.createSession()) {
            connection.start();
            MessageProducer readings =
                    session.createProducer(session.createQueue("gauge.readings"));
            readings.send(session.createObjectMessage(new Reading("Brest", 899)));
            readings.send(session.createObjectMessage(new Reading("Dover", 900)));
            MessageConsumer alarms = session.createConsumer(session.createQueue("gauge.alarms"));

            Message alarm = alarms.receive(RECEIVE_MS);

            assertEquals("Dover: 900 cm", alarm.getBody(String.class));
            assertNull(alarms.receiveNoWait());
        }
    }

    @Test
    void aStoppedBundleLeavesNoThreadAndComesBack() throws BundleException {
        sample.stop();
        Awaitility.await()
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .map(Thread::getName)
                                        .noneMatch(name -> name.equals("gauge-watch")));
        sample.start();

        assertEquals(Bundle.ACTIVE, sample.getState());
    }

    @Test
    void theContextFactoryWorksWithoutTheThreadsClassLoader() throws Exception {
        InitialContextFactory contexts = contextFactoryOf(provider);

        Context context = contexts.getInitialContext(environment(broker.url()));
        Object factory = context.lookup("ConnectionFactory");

        assertEquals(
                provider.loadClass("org.taffrail.jms.TaffrailConnectionFactory"),
                factory.getClass());
    }

    @Test
    void throughJndiAloneTheThreadsClassLoaderMustKnowTheProvider() {
        Hashtable<String, String> environment = environment(broker.url());
        environment.put(
                Context.INITIAL_CONTEXT_FACTORY,
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        inThreadOfTheFramework(
                () ->
                        assertThrows(
                                NoInitialContextException.class,
                                () -> new InitialContext(environment)));
    }

    @Test
    void theJavaxProviderConnectsInTheSameFramework() throws Exception {
        Class<?> type = javaxProvider.loadClass("org.taffrail.javax.jms.TaffrailConnectionFactory");
        Object factory = type.getConstructor(String.class).newInstance(broker.url());
        Object connection = type.getMethod("createConnection").invoke(factory);

        AutoCloseable closing = (AutoCloseable) connection;
        closing.close();

        assertEquals(type.getClassLoader(), connection.getClass().getClassLoader());
    }

    @Test
    void anEmbeddedBrokerIsRefusedAndTheMessageSaysWhatIsMissing() throws Exception {
        Class<?> type = provider.loadClass("org.taffrail.jms.TaffrailConnectionFactory");
        Object factory = type.getConstructor(String.class).newInstance("taffrail:embedded");

        InvocationTargetException refused =
                inThreadOfTheFramework(
                        () ->
                                assertThrows(
                                        InvocationTargetException.class,
                                        () -> type.getMethod("createConnection").invoke(factory)));

        assertTrue(
                refused.getCause().getMessage().contains("add the jar taffrail-broker"),
                refused.getCause()::getMessage);
    }

    /** Does something with a class loader that knows no bundle, and not this test's class path. */
    private static <T> T inThreadOfTheFramework(Supplier<T> action) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return action.get();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static InitialContextFactory contextFactoryOf(Bundle bundle) throws Exception {
        return (InitialContextFactory)
                bundle.loadClass("org.taffrail.jms.jndi.TaffrailInitialContextFactory")
                        .getConstructor()
                        .newInstance();
    }

    private static Hashtable<String, String> environment(String url) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("connectionFactory.ConnectionFactory", url);
        return environment;
    }
}
