// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.provider.Restarts;
import org.taffrail.compat.provider.SettingKey;

import java.util.List;
import java.util.Properties;

/**
 * The server of a provider, started for one run. It serves on loopback, on a port that it keeps
 * over restarts, lets strangers in, and knows one user if it knows any.
 */
public interface PeerServer extends Restarts, AutoCloseable {
    /** The user it knows. */
    String USER = "kit";

    /** That user's password; on loopback, for as long as a run takes. */
    String PASSWORD = "kit-password";

    /** For a JVM that lives shortly and answers few: it starts with less work. */
    List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * Starts it and waits until it serves.
     *
     * @throws PeerException if it does not
     */
    void start();

    /**
     * Returns what an application's {@code jndi.properties} would say, and settings for the kit.
     *
     * @return the properties of the running server
     */
    Properties jndi();

    /** Stops it and deletes its data; its log stays. */
    @Override
    void close();

    /**
     * Adds a setting for the kit.
     *
     * @param properties where
     * @param key its key
     * @param value its value
     */
    static void set(Properties properties, SettingKey key, String value) {
        properties.setProperty(key.inFile(), value);
    }
}
