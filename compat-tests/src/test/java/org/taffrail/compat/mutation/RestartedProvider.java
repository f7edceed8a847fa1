// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.ConnectionFactory;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.compat.kit.Provider;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A provider that behaves and can be restarted, for one trial: Taffrail's broker on a socket, in
 * this JVM. A crash of it is a restart like the others, for it is the checks that are tried here;
 * that the broker survives crashes is tried elsewhere.
 */
final class RestartedProvider implements Provider, AutoCloseable {
    private final Path data;
    private Broker broker;
    private int port;

    /** Starts the broker. */
    RestartedProvider(Path data) {
        this.data = data;
        start();
    }

    private void start() {
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "port", Integer.toString(port),
                                        "durability", "page-cache",
                                        "data", data.toString()));
        broker = new Broker(config, StoreFactory.of(config), true);
        try {
            broker.start();
        } catch (StoreException e) {
            throw new IllegalStateException("no broker on " + data, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = broker.port();
    }

    @Override
    public ConnectionFactory connectionFactory() {
        return new TaffrailConnectionFactory(broker.address());
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.empty();
    }

    @Override
    public synchronized void restart(boolean orderly) {
        broker.stop();
        start();
    }

    @Override
    public synchronized void close() {
        broker.stop();
    }
}
