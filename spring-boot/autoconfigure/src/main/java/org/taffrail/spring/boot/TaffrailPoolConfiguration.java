// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import jakarta.jms.ConnectionFactory;

import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connections in a pool. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JmsPoolConnectionFactory.class)
@ConditionalOnMissingBean(ConnectionFactory.class)
@ConditionalOnProperty(name = "taffrail.pool.enabled", havingValue = "true")
class TaffrailPoolConfiguration {
    @Bean(destroyMethod = "stop")
    JmsPoolConnectionFactory jmsConnectionFactory(
            ConnectionFactories factories, TaffrailProperties properties) {
        TaffrailPoolProperties said = properties.getPool();
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factories.make());
        pool.setBlockIfSessionPoolIsFull(said.isBlockIfFull());
        pool.setBlockIfSessionPoolIsFullTimeout(said.getBlockIfFullTimeout().toMillis());
        pool.setConnectionIdleTimeout((int) said.getIdleTimeout().toMillis());
        pool.setMaxConnections(said.getMaxConnections());
        pool.setMaxSessionsPerConnection(said.getMaxSessionsPerConnection());
        pool.setConnectionCheckInterval(said.getTimeBetweenExpirationCheck().toMillis());
        pool.setUseAnonymousProducers(said.isUseAnonymousProducers());
        return pool;
    }

    /** What the pool does, where there are metrics. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Metrics {
        @Bean
        MeterBinder taffrailPoolMetrics(JmsPoolConnectionFactory pool) {
            return registry -> {
                Gauge.builder(
                                "jms.pool.connections",
                                pool,
                                JmsPoolConnectionFactory::getNumConnections)
                        .description("Connections in the pool")
                        .register(registry);
                Gauge.builder(
                                "jms.pool.connections.max",
                                pool,
                                JmsPoolConnectionFactory::getMaxConnections)
                        .description("Most connections that the pool may have")
                        .register(registry);
            };
        }
    }
}
