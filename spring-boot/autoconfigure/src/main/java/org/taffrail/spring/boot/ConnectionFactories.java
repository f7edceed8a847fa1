// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

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
        factory.setOptions(properties.getOptions());
        customizers.forEach(customizer -> customizer.customize(factory));
        return factory;
    }

    private static boolean hasText(String text) {
        return text != null && !text.isBlank();
    }
}
