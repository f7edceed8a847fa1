// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import jakarta.jms.ConnectionFactory;

import org.springframework.jms.connection.CachingConnectionFactory;

/** {@link JmsTemplateContract} with Spring's cache of one connection, sessions and producers. */
class JmsTemplateCachingIT extends JmsTemplateContract {
    @Override
    ConnectionFactory around(ConnectionFactory provider) {
        CachingConnectionFactory caching = new CachingConnectionFactory(provider);
        caching.setSessionCacheSize(5);
        // kept consumers would hold messages that others wait for
        caching.setCacheConsumers(false);
        return caching;
    }

    @Override
    void giveUp(ConnectionFactory factory) {
        ((CachingConnectionFactory) factory).destroy();
    }
}
