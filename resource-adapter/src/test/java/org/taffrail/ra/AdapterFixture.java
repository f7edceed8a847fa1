// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker in this JVM, a client of it, and an adapter that a fake server has started. */
abstract class AdapterFixture {
    private static final AtomicInteger BROKERS = new AtomicInteger();

    final List<String> heard = new CopyOnWriteArrayList<>();
    TaffrailResourceAdapter adapter;
    FakeServer server;
    TaffrailConnectionFactory client;
    JMSContext context;
    String url;

    @BeforeEach
    final void startAdapter() throws ResourceException {
        url = "taffrail:embedded?name=ra-" + BROKERS.incrementAndGet() + options();
        client = new TaffrailConnectionFactory(url);
        // keeps the broker up
        context = client.createContext();
        server = new FakeServer(32);
        adapter = started(server);
    }

    /** Returns options of the broker, each with an ampersand before it. */
    String options() {
        return "";
    }

    final TaffrailResourceAdapter started(BootstrapContext by) throws ResourceException {
        TaffrailResourceAdapter made = new TaffrailResourceAdapter();
        made.setBrokerUrl(url);
        made.start(by);
        return made;
    }

    @AfterEach
    final void stopAdapter() {
        adapter.stop();
        context.close();
        server.awaitIdle();
    }

    static TaffrailActivationSpec queue(String name) {
        TaffrailActivationSpec spec = new TaffrailActivationSpec();
        spec.setDestination(name);
        spec.setDestinationType("jakarta.jms.Queue");
        return spec;
    }

    static TaffrailActivationSpec topic(String name) {
        TaffrailActivationSpec spec = new TaffrailActivationSpec();
        spec.setDestination(name);
        spec.setDestinationType("jakarta.jms.Topic");
        return spec;
    }

    /** A bean that takes note of what it hears. */
    final FakeBeans hearing(boolean transacted) {
        return new FakeBeans(transacted, message -> heard.add(text(message)));
    }

    static String text(Message message) {
        try {
            return message.getBody(String.class);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    static int deliveries(Message message) {
        try {
            return message.getIntProperty("JMSXDeliveryCount");
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    final void send(Destination to, String... texts) {
        for (String text : texts) {
            context.createProducer().send(to, text);
        }
    }

    final void awaitHeard(String... texts) {
        await().untilAsserted(() -> assertEquals(List.of(texts), sorted(heard)));
    }

    static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    /** Returns how many messages a queue has that nobody holds for good. */
    final int waiting(String queue) {
        try (QueueBrowser browser = context.createBrowser(context.createQueue(queue))) {
            Enumeration<?> messages = browser.getEnumeration();
            return Collections.list(messages).size();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    final void awaitSubscribers(String topic, String probe) {
        // a non-durable subscription has no past: publish until it is there
        await().until(
                        () -> {
                            send(context.createTopic(topic), probe);
                            return heard.contains(probe);
                        });
        await().until(
                        () -> {
                            int before = heard.size();
                            send(context.createTopic(topic), "settled");
                            await().until(() -> heard.size() > before);
                            return heard.get(heard.size() - 1).equals("settled");
                        });
        heard.clear();
    }
}
