// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.process;

import jakarta.jms.ConnectionFactory;

import java.nio.file.Path;
import java.util.Hashtable;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A provider's server in a process of its own, as tests that hold for any provider see it. It keeps
 * folder and port over {@link #kill} and {@link #start}, so that clients find it again. A message
 * that was delivered ten times in vain goes to its {@link #deadLetterQueue}.
 */
public interface JmsServer extends AutoCloseable {
    /** How often a message is delivered before it goes to the dead-letter queue. */
    int DELIVERIES_MAX = 10;

    /** The system property that names the provider: {@code taffrail} (default), {@code artemis}. */
    String PROVIDER = "taffrail.compat.provider";

    /**
     * Prepares a server of the provider that the system property {@link #PROVIDER} names.
     *
     * @param folder keeps the data and what the server logs
     * @return a server that was not started yet
     */
    static JmsServer of(Path folder) {
        String provider = System.getProperty(PROVIDER, "taffrail");
        return switch (provider) {
            case "taffrail" -> new BrokerProcess(folder, "force");
            case "artemis" -> new ArtemisProcess(folder);
            default -> throw new IllegalArgumentException(PROVIDER + "=" + provider);
        };
    }

    /** Starts it and waits until it serves. */
    void start();

    /** Kills it as a power cut would: no signal handler runs, nothing is flushed. */
    void kill();

    /**
     * Returns what an application's {@code jndi.properties} would say.
     *
     * @return an environment in which {@code ConnectionFactory} is bound
     */
    Hashtable<String, String> jndi();

    /**
     * Looks a connection factory up, as an application does.
     *
     * @return a factory for this server
     */
    default ConnectionFactory connectionFactory() {
        return lookUp(jndi());
    }

    /**
     * Looks a connection factory up.
     *
     * @param environment where {@code ConnectionFactory} is bound
     * @return what is bound
     */
    static ConnectionFactory lookUp(Hashtable<String, String> environment) {
        try {
            return (ConnectionFactory) new InitialContext(environment).lookup("ConnectionFactory");
        } catch (NamingException e) {
            throw new AssertionError("no ConnectionFactory in " + environment, e);
        }
    }

    /**
     * Returns where messages go that can't be delivered.
     *
     * @param queue the name of a queue
     * @return the name of its dead-letter queue
     */
    String deadLetterQueue(String queue);

    /**
     * Returns what the server has logged.
     *
     * @return its log of all starts
     */
    String log();

    /** Kills it, if it lives. */
    @Override
    void close();
}
