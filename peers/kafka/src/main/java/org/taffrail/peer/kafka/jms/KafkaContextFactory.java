// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.ConnectionFactory;

import java.util.Hashtable;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/**
 * The JNDI context of a Kafka node, with one name in it: {@value #NAME}.
 *
 * <p>What stands for what:
 *
 * <table>
 * <caption>Jakarta Messaging and Kafka</caption>
 * <tr><th>there</th><th>here</th></tr>
 * <tr><td>queue or topic</td><td>a topic; it is made when it is first used</td></tr>
 * <tr><td>session with producers</td><td>a producer with {@code acks=all} and idempotence</td></tr>
 * <tr><td>producer</td><td>a partition of its own as long as there are enough</td></tr>
 * <tr><td>send</td><td>waits for the acknowledgement; {@code linger.ms=0}</td></tr>
 * <tr><td>send with a completion listener</td><td>its callback; {@code linger.ms} as the properties
 *     say</td></tr>
 * <tr><td>transacted session of a producer</td><td>Kafka's own transactions</td></tr>
 * <tr><td>consumer of a queue</td><td>a member of the queue's group; a partition has one member
 *     </td></tr>
 * <tr><td>consumer of a topic</td><td>a group of its own that begins at the end; a durable one's
 *     has the name of the subscription and keeps its position</td></tr>
 * <tr><td>{@code AUTO_ACKNOWLEDGE}</td><td>the position is committed after the messages of each
 *     poll, without waiting</td></tr>
 * <tr><td>{@code DUPS_OK_ACKNOWLEDGE}</td><td>{@code enable.auto.commit}, Kafka's default: every
 *     five seconds</td></tr>
 * <tr><td>{@code acknowledge()}, commit of what was received</td><td>the position is committed,
 *     and waited for</td></tr>
 * </table>
 *
 * <p>Every message is written as a persistent one. Selectors, priorities, expiration, delays,
 * replies, browsers and global transactions are refused.
 */
public final class KafkaContextFactory implements InitialContextFactory {
    /** The name of the connection factory. */
    public static final String NAME = "ConnectionFactory";

    /** A factory, as JNDI wants it. */
    public KafkaContextFactory() {}

    /**
     * Opens a context; nothing is connected yet.
     *
     * @param environment {@code java.naming.provider.url} is the node's host and port; see {@link
     *     Settings} for the rest
     * @return the context
     * @throws NamingException if a setting is missing or wrong
     */
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        Settings settings = Settings.of(environment);
        return new OneName(Facade.of(ConnectionFactory.class, new KafkaConnections(settings)));
    }

    private static final class OneName extends InitialContext {
        private final ConnectionFactory factory;

        OneName(ConnectionFactory factory) throws NamingException {
            super(true);
            this.factory = factory;
        }

        @Override
        public Object lookup(String name) throws NamingException {
            if (name.equals(NAME)) {
                return factory;
            }
            throw new NameNotFoundException(name);
        }
    }
}
