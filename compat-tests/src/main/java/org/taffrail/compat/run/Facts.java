// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Provider;

/**
 * What a provider says of itself, and what it was run on.
 *
 * @param provider what it calls itself
 * @param version its version
 * @param api the version of Jakarta Messaging that it declares
 * @param java the version of Java that the checks ran on
 */
public record Facts(String provider, String version, String api, String java) {
    /**
     * Asks a provider.
     *
     * @param provider the provider
     * @return what it says
     * @throws JMSException if no connection can be opened
     */
    public static Facts of(Provider provider) throws JMSException {
        try (Connection connection = provider.connectionFactory().createConnection()) {
            ConnectionMetaData said = connection.getMetaData();
            return new Facts(
                    text(said.getJMSProviderName()),
                    text(said.getProviderVersion()),
                    text(said.getJMSVersion()),
                    Runtime.version().toString());
        }
    }

    private static String text(String said) {
        return said == null ? "" : said;
    }
}
