// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import jakarta.jms.ConnectionFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.taffrail.jms.TaffrailConnectionFactory;

/** One connection with its sessions, cached by Spring; or none, where that is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(ConnectionFactory.class)
@ConditionalOnProperty(name = "taffrail.pool.enabled", havingValue = "false", matchIfMissing = true)
class TaffrailCachingConfiguration {
    @Bean
    @ConditionalOnProperty(name = "spring.jms.cache.enabled", havingValue = "false")
    TaffrailConnectionFactory jmsConnectionFactory(ConnectionFactories factories) {
        return factories.make();
    }

    /** Spring's cache, with the keys that Boot has for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(CachingConnectionFactory.class)
    @ConditionalOnProperty(
            name = "spring.jms.cache.enabled",
            havingValue = "true",
            matchIfMissing = true)
    static class Caching {
        private static final String CACHE = "spring.jms.cache.";

        @Bean
        CachingConnectionFactory jmsConnectionFactory(
                ConnectionFactories factories, Environment environment) {
            CachingConnectionFactory cache = new CachingConnectionFactory(factories.make());
            cache.setCacheConsumers(
                    environment.getProperty(CACHE + "consumers", Boolean.class, false));
            cache.setCacheProducers(
                    environment.getProperty(CACHE + "producers", Boolean.class, true));
            cache.setSessionCacheSize(
                    environment.getProperty(CACHE + "session-cache-size", Integer.class, 1));
            return cache;
        }
    }
}
