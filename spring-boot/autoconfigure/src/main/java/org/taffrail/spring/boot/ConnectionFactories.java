// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import org.springframework.boot.ssl.SslBundle;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.util.List;

/** Makes the provider's connection factory of all that was said. */
final class ConnectionFactories {
    private final TaffrailProperties properties;
    private final TaffrailConnectionDetails details;
    private final List<TaffrailConnectionFactoryCustomizer> customizers;

    ConnectionFactories(
            TaffrailProperties properties,
            TaffrailConnectionDetails details,
            List<TaffrailConnectionFactoryCustomizer> customizers) {
        this.properties = properties;
        this.details = details;
        this.customizers = customizers;
    }

    /**
     * Makes one.
     *
     * @throws IllegalArgumentException if a URL, option or value is not understood
     */
    TaffrailConnectionFactory make() {
        TaffrailConnectionFactory factory = new TaffrailConnectionFactory(details.getBrokerUrl());
        if (hasText(details.getUser())) {
            factory.setUser(details.getUser());
            factory.setPassword(details.getPassword());
        }
        if (hasText(properties.getClientId())) {
            factory.setClientID(properties.getClientId());
        }
        encrypt(factory);
        factory.setOptions(properties.getOptions());
        customizers.forEach(customizer -> customizer.customize(factory));
        return factory;
    }

    private void encrypt(TaffrailConnectionFactory factory) {
        SslBundle bundle = details.getSslBundle();
        if (bundle == null) {
            if (Boolean.TRUE.equals(properties.getSsl().getEnabled())) {
                factory.setTls(true);
            }
            return;
        }
        factory.setTls(true);
        factory.setSslContext(bundle.createSslContext());
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            factory.setEnabledProtocols(String.join(",", protocols));
        }
    }

    private static boolean hasText(String text) {
        return text != null && !text.isBlank();
    }
}
