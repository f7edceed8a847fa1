// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.TransactionManager;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolXAConnectionFactory;
import org.taffrail.jms.TaffrailConnectionFactory;

/** Makes the pool, whose sessions take part in the transaction of whoever uses them. */
@ApplicationScoped
public class Pool {
    private static final int CONNECTIONS_MAX = 2;

    /** For Quarkus. */
    public Pool() {}

    /**
     * Makes the pool.
     *
     * @param url of the broker
     * @param transactions the manager of the transactions
     * @return a pool of XA connections
     */
    @Produces
    @ApplicationScoped
    public ConnectionFactory pool(
            @ConfigProperty(name = "taffrail.url") String url, TransactionManager transactions) {
        JmsPoolXAConnectionFactory pool = new JmsPoolXAConnectionFactory();
        pool.setConnectionFactory(new TaffrailConnectionFactory(url));
        pool.setTransactionManager(transactions);
        pool.setMaxConnections(CONNECTIONS_MAX);
        return pool;
    }

    /**
     * Closes its connections.
     *
     * @param pool the pool
     */
    public void close(@Disposes ConnectionFactory pool) {
        if (pool instanceof JmsPoolConnectionFactory open) {
            open.stop();
        }
    }
}
