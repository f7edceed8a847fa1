// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import jakarta.jms.ConnectionFactory;

import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.jms.listener.SessionAwareMessageListener;
import org.springframework.jms.listener.SimpleMessageListenerContainer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Spring's listener containers as these tests use them; all are shut down by {@link #close}. */
final class Containers implements AutoCloseable {
    private static final long RECOVERY_MS = 50;

    /** A container that is shut down waits for this to end, so the default of a second is long. */
    private static final long POLL_MS = 200;

    private final ConnectionFactory factory;
    private final List<AbstractMessageListenerContainer> started = new ArrayList<>();

    Containers(ConnectionFactory factory) {
        this.factory = factory;
    }

    /**
     * Starts a polling container.
     *
     * @param destination the name of its queue (or topic, where the settings say so)
     * @param settings are made before it starts
     * @param listener gets each message, and the session
     */
    DefaultMessageListenerContainer polling(
            String destination,
            Consumer<DefaultMessageListenerContainer> settings,
            SessionAwareMessageListener<?> listener) {
        DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();
        container.setRecoveryInterval(RECOVERY_MS);
        container.setReceiveTimeout(POLL_MS);
        return start(container, destination, settings, listener);
    }

    /** Starts a container whose listeners the provider calls; see {@link #polling}. */
    SimpleMessageListenerContainer pushed(
            String destination,
            Consumer<SimpleMessageListenerContainer> settings,
            SessionAwareMessageListener<?> listener) {
        return start(new SimpleMessageListenerContainer(), destination, settings, listener);
    }

    private <C extends AbstractMessageListenerContainer> C start(
            C container,
            String destination,
            Consumer<C> settings,
            SessionAwareMessageListener<?> listener) {
        container.setConnectionFactory(factory);
        container.setDestinationName(destination);
        container.setMessageListener(listener);
        settings.accept(container);
        container.afterPropertiesSet();
        started.add(container);
        container.start();
        return container;
    }

    @Override
    public void close() {
        started.forEach(AbstractMessageListenerContainer::shutdown);
    }
}
