// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.taffrail.jms.TaffrailConnectionFactory;

import javax.naming.NamingException;

/**
 * What an activation consumes: an activation spec that was found valid, in the terms of sessions
 * and consumers.
 *
 * @param what says what is consumed, for the log
 * @param factory makes the connections; looked up anew for each
 * @param destination what is consumed; looked up anew for each connection
 * @param selector which messages; null or empty for all
 * @param durable whether a topic's subscription outlives the activation
 * @param shared whether others take part in a topic's subscription
 * @param name of a topic's subscription, where it has one
 * @param dupsOk whether messages may be acknowledged late, outside of transactions
 * @param sessionsMax how many sessions there are at a time, 1 at least
 * @param delayMs how long connecting waits after its first failure
 * @param delayMsMax what that grows to, not less
 */
public record Subscription(
        String what,
        Found<TaffrailConnectionFactory> factory,
        Found<Destination> destination,
        String selector,
        boolean durable,
        boolean shared,
        String name,
        boolean dupsOk,
        int sessionsMax,
        long delayMs,
        long delayMsMax) {
    /**
     * Something that may have to be looked up.
     *
     * @param <T> what it is
     */
    public interface Found<T> {
        /**
         * Returns it.
         *
         * @return not null
         * @throws NamingException if it is not there
         */
        T find() throws NamingException;
    }

    /**
     * Makes a consumer.
     *
     * @param session in which it is
     * @param source what was found for {@link #destination}
     * @param ownName names the subscription where several sessions consume a topic together, and
     *     nothing else does
     * @throws JMSException if the broker refuses
     */
    MessageConsumer consumer(Session session, Destination source, String ownName)
            throws JMSException {
        if (!(source instanceof Topic topic)) {
            return session.createConsumer(source, selector);
        }
        if (durable) {
            return shared
                    ? session.createSharedDurableConsumer(topic, name, selector)
                    : session.createDurableConsumer(topic, name, selector, false);
        }
        if (shared || sessionsMax > 1) {
            return session.createSharedConsumer(topic, shared ? name : ownName, selector);
        }
        return session.createConsumer(topic, selector);
    }
}
