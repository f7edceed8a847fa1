// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.HttpKeys;
import org.taffrail.broker.loop.Recorder;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * What stands beside a broker that runs alone and serves those who look at it: found on the class
 * path by {@link ServiceLoader}, and only where the configuration switches it on, so that no other
 * broker loads anything of it. One instance belongs to one broker. Called by whoever starts that.
 */
public interface BrokerExtension extends AutoCloseable {
    /** Makes extensions; found by {@link ServiceLoader}. */
    @FunctionalInterface
    interface Provider {
        /**
         * Makes one for a broker.
         *
         * @param config what the broker is like
         * @return one that has opened nothing yet
         */
        BrokerExtension make(BrokerConfig config);
    }

    /**
     * Returns who hears how long things take in the broker.
     *
     * @return always the same
     */
    Recorder recorder();

    /**
     * Begins, before the broker has started or after.
     *
     * @param broker the broker that it looks at
     * @throws IOException if a port can't be had
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if a value of the configuration, or a
     *     file, can't be used
     */
    void open(Broker broker) throws IOException;

    /**
     * Names where it serves, in a few words, for the line that a command prints.
     *
     * @return such as {@code http://127.0.0.1:8161}; null where it serves nobody
     */
    String address();

    /** Ends, after the broker has. Twice is nothing. */
    @Override
    void close();

    /**
     * Finds the extension that a configuration asks for.
     *
     * @param config what the broker is like
     * @return null where it asks for none
     * @throws WireException {@link ErrorCode#NOT_SUPPORTED} if it is not on the class path
     */
    static BrokerExtension find(BrokerConfig config) {
        if (!HttpKeys.areWanted(config)) {
            return null;
        }
        try {
            return ServiceLoader.load(Provider.class, Broker.class.getClassLoader())
                    .findFirst()
                    .orElseThrow(() -> missing(null))
                    .make(config);
        } catch (ServiceConfigurationError e) {
            throw missing(e);
        }
    }

    private static WireException missing(Throwable cause) {
        WireException missing =
                new WireException(
                        ErrorCode.NOT_SUPPORTED,
                        HttpKeys.PORT
                                + " and "
                                + HttpKeys.JMX
                                + " need the jar taffrail-console, with what it depends on, on the"
                                + " class path: bin/taffrail puts it there once it is built (mvn"
                                + " -q -DskipTests -pl console -am package)"
                                + (cause == null ? "" : ": " + cause.getMessage()));
        missing.initCause(cause);
        return missing;
    }
}
