// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.TlsKeys;
import org.taffrail.broker.security.TlsKeeper;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

/** TLS as configured, and the thread that looks whether its files have changed. */
public final class TlsDoor implements AutoCloseable {
    private static final long LOOK_S = 10;

    private final TlsKeeper keeper;
    private ScheduledExecutorService looking;

    private TlsDoor(TlsKeeper keeper) {
        this.keeper = keeper;
    }

    /** Tells whether connections are to be encrypted. */
    static boolean isWanted(BrokerConfig config) {
        return config.get(TlsKeys.KEY_STORE) != null;
    }

    /**
     * Reads the files. Blocks.
     *
     * @param config where they are
     * @return null where connections are not encrypted
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if they can't be used
     */
    public static TlsDoor open(BrokerConfig config) {
        if (!isWanted(config)) {
            return null;
        }
        try {
            TlsKeeper keeper =
                    TlsKeeper.open(
                            new TlsKeeper.Sources(
                                    path(config, TlsKeys.KEY_STORE),
                                    path(config, TlsKeys.KEY_STORE_PASSWORD_FILE),
                                    path(config, TlsKeys.TRUST_STORE),
                                    path(config, TlsKeys.TRUST_STORE_PASSWORD_FILE)),
                            TlsKeeper.Demand.valueOf(
                                    config.get(TlsKeys.CLIENT_CERTIFICATES)
                                            .toUpperCase(Locale.ROOT)),
                            config.get(TlsKeys.PROTOCOLS));
            return new TlsDoor(keeper).looking();
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, TlsKeys.KEY_STORE + ": " + e.getMessage());
        }
    }

    private static Path path(BrokerConfig config, ConfigKey<String> key) {
        String text = config.get(key);
        return text == null ? null : Path.of(text);
    }

    private TlsDoor looking() {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread made = new Thread(task, "taffrail-tls");
                            made.setDaemon(true);
                            return made;
                        });
        thread.scheduleWithFixedDelay(keeper::refresh, LOOK_S, LOOK_S, TimeUnit.SECONDS);
        looking = thread;
        return this;
    }

    /**
     * Returns who makes each connection's end, with the files as they are then.
     *
     * @return does not block
     */
    public Supplier<SSLEngine> engines() {
        return keeper::engine;
    }

    /** Looks at the files no more. */
    @Override
    public void close() {
        looking.shutdownNow();
    }
}
