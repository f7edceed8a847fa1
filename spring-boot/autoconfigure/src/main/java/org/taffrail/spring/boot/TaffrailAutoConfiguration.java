// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import jakarta.jms.ConnectionFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.taffrail.jms.TaffrailConnectionFactory;

/**
 * Connects an application to Taffrail, unless it has a connection factory of its own: {@code
 * taffrail.broker-url}, {@code user} and {@code password} say where and as whom, or a bean of
 * {@link TaffrailConnectionDetails} does, or {@code taffrail.embedded.enabled=true} starts a broker
 * in the application. Connections are cached by Spring as {@code spring.jms.cache.*} says, or
 * pooled as {@code taffrail.pool.*} says; where there is a transaction manager for global
 * transactions, they take part in those. All else, {@code JmsTemplate} and {@code @JmsListener}, is
 * Boot's.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration",
            "org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration",
            "org.springframework.boot.autoconfigure.jms.activemq.ActiveMQAutoConfiguration",
            "org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration",
            "org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration",
            "org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.jms.JmsHealthContributorAutoConfiguration",
            "org.springframework.boot.jms.autoconfigure.health.JmsHealthContributorAutoConfiguration"
        },
        afterName = {
            "org.springframework.boot.autoconfigure.jms.JndiConnectionFactoryAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration",
            "org.springframework.boot.jms.autoconfigure.JndiConnectionFactoryAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration"
        })
@ConditionalOnClass({ConnectionFactory.class, TaffrailConnectionFactory.class})
@ConditionalOnMissingBean(ConnectionFactory.class)
@EnableConfigurationProperties(TaffrailProperties.class)
@Import({
    TaffrailXaConfiguration.class,
    TaffrailPoolConfiguration.class,
    TaffrailCachingConfiguration.class
})
public class TaffrailAutoConfiguration {
    /** Made by Spring. */
    public TaffrailAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(TaffrailConnectionDetails.class)
    @ConditionalOnProperty(name = "taffrail.embedded.enabled", havingValue = "true")
    EmbeddedBroker taffrailEmbeddedBroker(TaffrailProperties properties) {
        return new EmbeddedBroker(properties.getEmbedded());
    }

    @Bean
    @ConditionalOnMissingBean(TaffrailConnectionDetails.class)
    TaffrailConnectionDetails taffrailConnectionDetails(
            TaffrailProperties properties, ObjectProvider<SslBundles> bundles) {
        return new PropertiesConnectionDetails(properties, bundles.getIfAvailable());
    }

    @Bean
    ConnectionFactories taffrailConnectionFactories(
            TaffrailProperties properties,
            TaffrailConnectionDetails details,
            ObjectProvider<TaffrailConnectionFactoryCustomizer> customizers) {
        return new ConnectionFactories(properties, details, customizers.orderedStream().toList());
    }

    /** What the properties say, where no broker is embedded. */
    private record PropertiesConnectionDetails(TaffrailProperties properties, SslBundles bundles)
            implements TaffrailConnectionDetails {
        @Override
        public String getBrokerUrl() {
            return properties.getBrokerUrl();
        }

        @Override
        public String getUser() {
            return properties.getUser();
        }

        @Override
        public String getPassword() {
            return properties.getPassword();
        }

        @Override
        public SslBundle getSslBundle() {
            TaffrailProperties.Ssl ssl = properties.getSsl();
            if (ssl.getBundle() == null || Boolean.FALSE.equals(ssl.getEnabled())) {
                return null;
            }
            if (bundles == null) {
                throw new IllegalStateException(
                        "taffrail.ssl.bundle="
                                + ssl.getBundle()
                                + ", and there are no SSL bundles");
            }
            return bundles.getBundle(ssl.getBundle());
        }
    }
}
