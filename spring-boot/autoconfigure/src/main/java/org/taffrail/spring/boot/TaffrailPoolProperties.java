// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import java.time.Duration;

/**
 * How connections are pooled: the same keys, with the same defaults, as Boot has for other
 * providers.
 */
public class TaffrailPoolProperties {
    /** Whether connections are pooled, by pooled-jms, which must be on the class path. */
    private boolean enabled;

    /** Whether asking for a connection waits when the pool is exhausted, and does not fail. */
    private boolean blockIfFull = true;

    /** How long it waits at most; negative: for ever. */
    private Duration blockIfFullTimeout = Duration.ofMillis(-1);

    /** After how much idle time a connection is closed. */
    private Duration idleTimeout = Duration.ofSeconds(30);

    /** Most connections. */
    private int maxConnections = 1;

    /** Most sessions of each connection. */
    private int maxSessionsPerConnection = 500;

    /** Time between looking for idle connections; negative: never. */
    private Duration timeBetweenExpirationCheck = Duration.ofMillis(-1);

    /** Whether each session has one producer for all destinations. */
    private boolean useAnonymousProducers = true;

    /** Makes the defaults. */
    public TaffrailPoolProperties() {}

    /** {@return whether connections are pooled} */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Sets whether connections are pooled.
     *
     * @param enabled as its name says
     */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** {@return whether asking for a connection waits} */
    public boolean isBlockIfFull() {
        return blockIfFull;
    }

    /**
     * Sets whether asking for a connection waits.
     *
     * @param blockIfFull as its name says
     */
    public void setBlockIfFull(boolean blockIfFull) {
        this.blockIfFull = blockIfFull;
    }

    /** {@return how long it waits at most} */
    public Duration getBlockIfFullTimeout() {
        return blockIfFullTimeout;
    }

    /**
     * Sets how long it waits at most.
     *
     * @param blockIfFullTimeout as its name says
     */
    public void setBlockIfFullTimeout(Duration blockIfFullTimeout) {
        this.blockIfFullTimeout = blockIfFullTimeout;
    }

    /** {@return after how much idle time a connection is closed} */
    public Duration getIdleTimeout() {
        return idleTimeout;
    }

    /**
     * Sets after how much idle time a connection is closed.
     *
     * @param idleTimeout as its name says
     */
    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    /** {@return most connections} */
    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * Sets most connections.
     *
     * @param maxConnections as its name says
     */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /** {@return most sessions of each connection} */
    public int getMaxSessionsPerConnection() {
        return maxSessionsPerConnection;
    }

    /**
     * Sets most sessions of each connection.
     *
     * @param maxSessionsPerConnection as its name says
     */
    public void setMaxSessionsPerConnection(int maxSessionsPerConnection) {
        this.maxSessionsPerConnection = maxSessionsPerConnection;
    }

    /** {@return time between looking for idle connections} */
    public Duration getTimeBetweenExpirationCheck() {
        return timeBetweenExpirationCheck;
    }

    /**
     * Sets time between looking for idle connections.
     *
     * @param timeBetweenExpirationCheck as its name says
     */
    public void setTimeBetweenExpirationCheck(Duration timeBetweenExpirationCheck) {
        this.timeBetweenExpirationCheck = timeBetweenExpirationCheck;
    }

    /** {@return whether each session has one producer for all} */
    public boolean isUseAnonymousProducers() {
        return useAnonymousProducers;
    }

    /**
     * Sets whether each session has one producer for all.
     *
     * @param useAnonymousProducers as its name says
     */
    public void setUseAnonymousProducers(boolean useAnonymousProducers) {
        this.useAnonymousProducers = useAnonymousProducers;
    }
}
