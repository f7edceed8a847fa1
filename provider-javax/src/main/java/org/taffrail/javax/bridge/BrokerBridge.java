// SPDX-License-Identifier: Apache-2.0
package org.taffrail.javax.bridge;

import org.taffrail.javax.link.embedded.EmbeddedConnector;
import org.taffrail.javax.wire.ErrorCode;
import org.taffrail.javax.wire.WireException;
import org.taffrail.javax.wire.frame.FrameChannel;
import org.taffrail.javax.wire.local.LocalBrokers;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Leads {@code taffrail:embedded} to the broker's jar, which knows {@code org.taffrail.wire} as it
 * is there and not the copy of it that this provider has in a package of its own.
 */
public final class BrokerBridge implements LocalBrokers {
    /** For {@link java.util.ServiceLoader}. */
    public BrokerBridge() {}

    @Override
    public void check(Map<String, String> options) {
        org.taffrail.wire.local.LocalBrokers brokers;
        try {
            brokers = find();
        } catch (WireException unusable) {
            // connecting says so
            return;
        }
        if (brokers != null) {
            translated(
                    () -> {
                        brokers.check(options);
                        return null;
                    });
        }
    }

    @Override
    public FrameChannel connect(Map<String, String> options, FrameChannel.Receiver receiver) {
        org.taffrail.wire.local.LocalBrokers brokers = brokers();
        return translated(() -> new Channel(brokers.connect(options, new Receiver(receiver))));
    }

    @Override
    public boolean stop(Map<String, String> options) {
        org.taffrail.wire.local.LocalBrokers brokers = brokers();
        return translated(() -> brokers.stop(options));
    }

    private static org.taffrail.wire.local.LocalBrokers brokers() {
        org.taffrail.wire.local.LocalBrokers brokers = find();
        if (brokers == null) {
            throw EmbeddedConnector.brokerIsMissing();
        }
        return brokers;
    }

    /** Returns null where there is no broker's jar. */
    private static org.taffrail.wire.local.LocalBrokers find() {
        try {
            return EmbeddedConnector.find(org.taffrail.wire.local.LocalBrokers.class);
        } catch (NoClassDefFoundError noWire) {
            return null;
        }
    }

    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (org.taffrail.wire.WireException e) {
            throw translated(e);
        }
    }

    private static WireException translated(org.taffrail.wire.WireException e) {
        WireException here = new WireException(ErrorCode.of(e.code().number()), e.getMessage());
        here.initCause(e);
        return here;
    }

    private static final class Channel implements FrameChannel {
        private final org.taffrail.wire.frame.FrameChannel broker;

        Channel(org.taffrail.wire.frame.FrameChannel broker) {
            this.broker = broker;
        }

        @Override
        public void send(byte[] array, int at, int length) {
            broker.send(array, at, length);
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    private static final class Receiver implements org.taffrail.wire.frame.FrameChannel.Receiver {
        private final FrameChannel.Receiver client;

        Receiver(FrameChannel.Receiver client) {
            this.client = client;
        }

        @Override
        public void received(byte[] array, int at, int length) {
            client.received(array, at, length);
        }

        @Override
        public void closed(Throwable cause) {
            client.closed(
                    cause instanceof org.taffrail.wire.WireException e ? translated(e) : cause);
        }
    }
}
