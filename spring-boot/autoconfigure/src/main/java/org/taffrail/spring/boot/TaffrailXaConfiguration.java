// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import jakarta.jms.ConnectionFactory;
import jakarta.transaction.TransactionManager;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jms.XAConnectionFactoryWrapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.taffrail.jms.TaffrailConnectionFactory;

/** Where the application has global transactions, its connections take part in them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({TransactionManager.class, XAConnectionFactoryWrapper.class})
@ConditionalOnBean(XAConnectionFactoryWrapper.class)
@ConditionalOnMissingBean(ConnectionFactory.class)
class TaffrailXaConfiguration {
    @Primary
    @Bean(name = {"jmsConnectionFactory", "xaJmsConnectionFactory"})
    ConnectionFactory jmsConnectionFactory(
            ConnectionFactories factories, XAConnectionFactoryWrapper wrapper) throws Exception {
        return wrapper.wrapConnectionFactory(factories.make());
    }

    @Bean
    TaffrailConnectionFactory nonXaJmsConnectionFactory(ConnectionFactories factories) {
        return factories.make();
    }
}
