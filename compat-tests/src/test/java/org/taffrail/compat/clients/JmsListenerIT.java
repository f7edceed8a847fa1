// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.EnableJms;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.support.destination.JndiDestinationResolver;
import org.springframework.jndi.JndiObjectFactoryBean;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import java.util.Properties;

/**
 * A Spring application as such are written: factory and destinations from JNDI, annotated listeners
 * in a context.
 */
@Tag("real-clients")
class JmsListenerIT {
    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private static AnnotationConfigApplicationContext context;
    private static Witness witness;

    /** The application's beans. */
    @Configuration
    @EnableJms
    static class Application {
        private static Properties jndi() {
            Properties environment = new Properties();
            environment.putAll(SERVER.server().jndi());
            environment.put("queue.orders", "listener.orders");
            return environment;
        }

        @Bean
        JndiObjectFactoryBean provider() {
            JndiObjectFactoryBean lookup = new JndiObjectFactoryBean();
            lookup.setJndiEnvironment(jndi());
            lookup.setJndiName("ConnectionFactory");
            lookup.setExpectedType(ConnectionFactory.class);
            return lookup;
        }

        @Bean
        CachingConnectionFactory connections(ConnectionFactory provider) {
            return new CachingConnectionFactory(provider);
        }

        @Bean
        JndiDestinationResolver destinations() {
            JndiDestinationResolver resolver = new JndiDestinationResolver();
            resolver.setJndiEnvironment(jndi());
            resolver.setFallbackToDynamicDestination(true);
            return resolver;
        }

        @Bean
        JmsTemplate template(
                CachingConnectionFactory connections, JndiDestinationResolver destinations) {
            JmsTemplate template = new JmsTemplate(connections);
            template.setDestinationResolver(destinations);
            template.setReceiveTimeout(15_000);
            return template;
        }

        @Bean
        JmsTransactionManager transactions(CachingConnectionFactory connections) {
            return new JmsTransactionManager(connections);
        }

        @Bean
        DefaultJmsListenerContainerFactory jmsListenerContainerFactory(
                CachingConnectionFactory connections,
                JmsTransactionManager transactions,
                JndiDestinationResolver destinations) {
            DefaultJmsListenerContainerFactory factory = new DefaultJmsListenerContainerFactory();
            factory.setConnectionFactory(connections);
            factory.setDestinationResolver(destinations);
            factory.setTransactionManager(transactions);
            factory.setReceiveTimeout(200L);
            return factory;
        }

        @Bean
        Desk desk(JmsTemplate template) {
            return new Desk(template);
        }
    }

    /** The application's listeners. */
    static class Desk {
        private final JmsTemplate template;

        Desk(JmsTemplate template) {
            this.template = template;
        }

        @JmsListener(destination = "orders", concurrency = "1-2")
        @SendTo("listener.confirmations")
        String confirm(
                String order,
                @Header(name = "colour", defaultValue = "none") String colour,
                @Header("JMSXDeliveryCount") int deliveries) {
            template.convertAndSend("listener.bills", "bill for " + order);
            if (order.equals("hard") && deliveries < 3) {
                throw new IllegalStateException("not yet");
            }
            return order + ", colour " + colour + ", delivery " + deliveries;
        }

        @JmsListener(destination = "listener.quotes", selector = "colour = 'red'")
        String quote(String question) {
            return "a price for " + question;
        }
    }

    @BeforeAll
    static void startApplication() {
        witness = SERVER.witness();
        context = new AnnotationConfigApplicationContext(Application.class);
    }

    @AfterAll
    static void stopApplication() {
        if (context != null) {
            context.close();
        }
    }

    @Test
    void hearsItsMessageWithHeadersAndSendsTheResult() {
        witness.sendWith("colour", "red", "listener.orders", "rope");

        assertEquals("rope, colour red, delivery 1", witness.takeText("listener.confirmations"));
        assertEquals("bill for rope", witness.takeText("listener.bills"));
    }

    @Test
    void takesBackWhatItSentAndTriesAgainInANewTransaction() {
        witness.send("listener.orders", "hard");

        assertEquals("hard, colour none, delivery 3", witness.takeText("listener.confirmations"));
        assertEquals("bill for hard", witness.takeText("listener.bills"));
        witness.seesNothingIn("listener.bills");
        witness.seesNothingIn("listener.confirmations");
    }

    @Test
    void repliesWithItsResultToARequest() throws JMSException {
        Message reply =
                context.getBean(JmsTemplate.class)
                        .sendAndReceive(
                                "listener.quotes",
                                session -> {
                                    Message request = session.createTextMessage("rope");
                                    request.setStringProperty("colour", "red");
                                    return request;
                                });

        assertEquals("a price for rope", Witness.textOf(reply));
    }

    @Test
    void sendsToWhatANameIsBoundTo() throws JMSException {
        JmsTemplate template = context.getBean(JmsTemplate.class);

        String queue =
                template.execute(
                        session ->
                                ((Queue)
                                                template.getDestinationResolver()
                                                        .resolveDestinationName(
                                                                session, "orders", false))
                                        .getQueueName());

        assertEquals("listener.orders", queue);
    }
}
