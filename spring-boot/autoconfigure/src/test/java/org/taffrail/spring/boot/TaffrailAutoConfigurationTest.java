// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.XAConnectionFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jms.XAConnectionFactoryWrapper;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.core.JmsTemplate;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class TaffrailAutoConfigurationTest {
    private static final String EMBEDDED = "taffrail.embedded.enabled=true";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    TaffrailAutoConfiguration.class, jmsAutoConfiguration()));

    /** Boot's own, of the line that is on the class path. */
    private static Class<?> jmsAutoConfiguration() {
        String four = "org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration";
        String three = "org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration";
        for (String name : new String[] {four, three}) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException otherLine) {
                continue;
            }
        }
        throw new AssertionError("no Boot with JMS");
    }

    @Configuration(proxyBeanMethods = false)
    static class Desk {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @JmsListener(destination = "orders")
        void onOrder(String order) {
            heard.add(order);
        }
    }

    @Test
    void onePropertyStartsABrokerForListenersAndTemplates() {
        application
                .withUserConfiguration(Desk.class)
                .withPropertyValues(EMBEDDED)
                .run(
                        context -> {
                            context.getBean(JmsTemplate.class).convertAndSend("orders", "tea");

                            assertEquals(
                                    "tea",
                                    context.getBean(Desk.class).heard.poll(20, TimeUnit.SECONDS));
                        });
    }

    @Test
    void theEmbeddedBrokerKeepsWhatItHasWhileNobodyIsConnected() {
        application
                .withPropertyValues(EMBEDDED, "spring.jms.cache.enabled=false")
                .run(
                        context -> {
                            context.getBean(JmsTemplate.class).convertAndSend("kept", "tea");

                            assertEquals("tea", received(context, "kept"));
                        });
    }

    @Test
    void eachContextHasABrokerOfItsOwn() {
        ApplicationContextRunner embedded = application.withPropertyValues(EMBEDDED);
        embedded.run(
                one -> {
                    one.getBean(JmsTemplate.class).convertAndSend("apart", "tea");
                    embedded.run(other -> assertEquals(null, received(other, "apart")));
                    assertEquals("tea", received(one, "apart"));
                });
    }

    @Test
    void theEmbeddedBrokersFolderOutlivesTheContext(@TempDir Path folder) {
        ApplicationContextRunner durable =
                application.withPropertyValues(
                        EMBEDDED,
                        "taffrail.embedded.data-directory=" + folder.resolve("a b"),
                        "taffrail.embedded.options[durability]=page-cache");
        durable.run(one -> one.getBean(JmsTemplate.class).convertAndSend("lasting", "tea"));

        durable.run(next -> assertEquals("tea", received(next, "lasting")));
    }

    private static Object received(AssertableApplicationContext context, String queue) {
        JmsTemplate template = context.getBean(JmsTemplate.class);
        template.setReceiveTimeout(queue.equals("apart") ? 300 : 20_000);
        return template.receiveAndConvert(queue);
    }

    @Test
    void propertiesReachTheFactory() {
        application
                .withPropertyValues(
                        "spring.jms.cache.enabled=false",
                        "taffrail.broker-url=taffrail://broker:61701?jms.prefetch=5",
                        "taffrail.user=desk",
                        "taffrail.password=secret",
                        "taffrail.client-id=desk-1",
                        "taffrail.options[jms.prefetch]=7",
                        "taffrail.options.jms.useCompression=true")
                .run(
                        context -> {
                            TaffrailConnectionFactory factory =
                                    context.getBean(TaffrailConnectionFactory.class);

                            assertEquals(
                                    "taffrail://broker:61701?jms.prefetch=5", factory.getUrl());
                            assertEquals("desk", factory.getUser());
                            assertEquals("secret", factory.getPassword());
                            assertEquals("desk-1", factory.getClientID());
                            assertEquals(7, factory.getPrefetch());
                            assertTrue(factory.isUseCompression());
                        });
    }

    @Test
    void anOptionThatIsNotUnderstoodEndsTheStartAndNamesTheNearest() {
        application
                .withPropertyValues("taffrail.options[jms.prefech]=7")
                .run(
                        context -> {
                            Throwable failure = context.getStartupFailure();
                            while (failure.getCause() != null) {
                                failure = failure.getCause();
                            }
                            assertTrue(
                                    failure.getMessage().contains("\"jms.prefetch\"?"),
                                    failure.getMessage());
                        });
    }

    @Test
    void connectionsAreCachedAsBootSays() {
        application.run(
                context -> {
                    CachingConnectionFactory cache =
                            assertInstanceOf(
                                    CachingConnectionFactory.class,
                                    context.getBean(ConnectionFactory.class));
                    assertEquals(1, cache.getSessionCacheSize());
                    assertTrue(cache.isCacheProducers());
                    assertFalse(cache.isCacheConsumers());
                    assertEquals(
                            "taffrail://127.0.0.1:61700",
                            ((TaffrailConnectionFactory) cache.getTargetConnectionFactory())
                                    .getUrl());
                });
        application
                .withPropertyValues(
                        "spring.jms.cache.session-cache-size=10",
                        "spring.jms.cache.consumers=true",
                        "spring.jms.cache.producers=false")
                .run(
                        context -> {
                            CachingConnectionFactory cache =
                                    context.getBean(CachingConnectionFactory.class);
                            assertEquals(10, cache.getSessionCacheSize());
                            assertTrue(cache.isCacheConsumers());
                            assertFalse(cache.isCacheProducers());
                        });
    }

    @Test
    void connectionsArePooledOnRequestAndTheyAreCounted() {
        application
                .withPropertyValues(
                        EMBEDDED,
                        "taffrail.pool.enabled=true",
                        "taffrail.pool.max-connections=3",
                        "taffrail.pool.idle-timeout=5s",
                        "taffrail.pool.max-sessions-per-connection=20",
                        "taffrail.pool.block-if-full=false",
                        "taffrail.pool.use-anonymous-producers=false")
                .run(
                        context -> {
                            JmsPoolConnectionFactory pool =
                                    assertInstanceOf(
                                            JmsPoolConnectionFactory.class,
                                            context.getBean(ConnectionFactory.class));
                            assertEquals(3, pool.getMaxConnections());
                            assertEquals(5000, pool.getConnectionIdleTimeout());
                            assertEquals(20, pool.getMaxSessionsPerConnection());
                            assertFalse(pool.isBlockIfSessionPoolIsFull());
                            assertFalse(pool.isUseAnonymousProducers());
                            context.getBean(JmsTemplate.class).convertAndSend("pooled", "tea");
                            assertEquals("tea", received(context, "pooled"));
                            SimpleMeterRegistry registry = new SimpleMeterRegistry();
                            context.getBean(MeterBinder.class).bindTo(registry);
                            assertTrue(registry.get("jms.pool.connections").gauge().value() >= 1);
                            assertEquals(
                                    3, registry.get("jms.pool.connections.max").gauge().value());
                        });
    }

    @Test
    void aPoolsPropertiesHaveTheDefaultsOfBoot() {
        application
                .withPropertyValues("taffrail.pool.enabled=true")
                .run(
                        context -> {
                            JmsPoolConnectionFactory pool =
                                    context.getBean(JmsPoolConnectionFactory.class);
                            assertEquals(1, pool.getMaxConnections());
                            assertEquals(30_000, pool.getConnectionIdleTimeout());
                            assertEquals(500, pool.getMaxSessionsPerConnection());
                            assertTrue(pool.isBlockIfSessionPoolIsFull());
                        });
    }

    private record Elsewhere() implements TaffrailConnectionDetails {
        @Override
        public String getBrokerUrl() {
            return "taffrail://elsewhere";
        }

        @Override
        public String getUser() {
            return "them";
        }

        @Override
        public String getPassword() {
            return "theirs";
        }
    }

    @Test
    void connectionDetailsWinOverProperties() {
        application
                .withBean(TaffrailConnectionDetails.class, Elsewhere::new)
                .withPropertyValues(
                        EMBEDDED,
                        "spring.jms.cache.enabled=false",
                        "taffrail.broker-url=taffrail://here",
                        "taffrail.user=me")
                .run(
                        context -> {
                            TaffrailConnectionFactory factory =
                                    context.getBean(TaffrailConnectionFactory.class);
                            assertEquals("taffrail://elsewhere", factory.getUrl());
                            assertEquals("them", factory.getUser());
                            assertEquals("theirs", factory.getPassword());
                        });
    }

    @Test
    void customizersChangeTheFactory() {
        application
                .withBean(
                        TaffrailConnectionFactoryCustomizer.class,
                        () -> factory -> factory.setPrefetch(3))
                .withPropertyValues("spring.jms.cache.enabled=false")
                .run(
                        context ->
                                assertEquals(
                                        3,
                                        context.getBean(TaffrailConnectionFactory.class)
                                                .getPrefetch()));
    }

    @Test
    void anApplicationsOwnFactoryStays() {
        TaffrailConnectionFactory own = new TaffrailConnectionFactory();
        application
                .withBean(ConnectionFactory.class, () -> own)
                .run(
                        context -> {
                            assertSame(own, context.getBean(ConnectionFactory.class));
                            assertTrue(
                                    Arrays.stream(context.getBeanDefinitionNames())
                                            .noneMatch(name -> name.startsWith("taffrail")));
                        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Global {
        private static final ConnectionFactory WRAPPED = new TaffrailConnectionFactory();

        @Bean
        XAConnectionFactoryWrapper wrapper() {
            return (XAConnectionFactory factory) -> {
                assertNotNull(factory);
                return WRAPPED;
            };
        }
    }

    @Test
    void globalTransactionsTakeTheirFactoryFromTheTransactionManager() {
        application
                .withUserConfiguration(Global.class)
                .run(
                        context -> {
                            assertSame(Global.WRAPPED, context.getBean(ConnectionFactory.class));
                            assertSame(Global.WRAPPED, context.getBean("xaJmsConnectionFactory"));
                            assertNotSame(
                                    Global.WRAPPED, context.getBean("nonXaJmsConnectionFactory"));
                        });
    }
}
