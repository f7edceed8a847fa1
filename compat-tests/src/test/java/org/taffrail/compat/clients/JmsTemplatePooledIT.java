// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import jakarta.jms.ConnectionFactory;

import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** {@link JmsTemplateContract} with connections and sessions from pooled-jms. */
class JmsTemplatePooledIT extends JmsTemplateContract {
    @Override
    ConnectionFactory around(ConnectionFactory provider) {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(provider);
        pool.setMaxConnections(2);
        return pool;
    }

    @Override
    void giveUp(ConnectionFactory factory) {
        ((JmsPoolConnectionFactory) factory).stop();
    }
}
