// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.springframework.beans.factory.DisposableBean;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * The broker in the application's JVM. It would stop with its last connection, and without a folder
 * lose what it has: a connection that is never used keeps it for as long as the context lives.
 */
final class EmbeddedBroker implements TaffrailConnectionDetails, DisposableBean {
    private final String url;
    private final Connection anchor;

    /**
     * Starts the broker.
     *
     * @throws IllegalArgumentException if its options are not understood
     * @throws IllegalStateException if it can't be started, for instance because its jar is missing
     */
    EmbeddedBroker(TaffrailProperties.Embedded embedded) {
        StringJoiner query = new StringJoiner("&", "taffrail:embedded?", "");
        if (embedded.getDataDirectory() == null) {
            // each context has a broker of its own
            query.add("name=spring-" + UUID.randomUUID());
        } else {
            query.add("dir=" + encoded(embedded.getDataDirectory().toString()));
        }
        for (Map.Entry<String, String> option : embedded.getOptions().entrySet()) {
            query.add(encoded(option.getKey()) + "=" + encoded(option.getValue()));
        }
        url = query.toString();
        try {
            anchor = new TaffrailConnectionFactory(url).createConnection();
        } catch (JMSException e) {
            throw new IllegalStateException(
                    "the embedded broker (taffrail.embedded.enabled) can't be started: "
                            + e.getMessage(),
                    e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String getBrokerUrl() {
        return url;
    }

    @Override
    public String getUser() {
        return null;
    }

    @Override
    public String getPassword() {
        return null;
    }

    @Override
    public void destroy() throws JMSException {
        anchor.close();
    }
}
