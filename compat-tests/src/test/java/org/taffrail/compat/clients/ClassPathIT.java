// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.compat.process.JmsServer;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The clients of this package are tested with the provider's jar as applications get it. */
@Tag("real-clients")
@DisabledIfSystemProperty(named = JmsServer.PROVIDER, matches = "artemis")
class ClassPathIT {
    @Test
    void theProviderComesFromItsJar() throws ClassNotFoundException, URISyntaxException {
        Class<?> factory = Class.forName("org.taffrail.jms.TaffrailConnectionFactory");

        Path jar = Path.of(factory.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertEquals(
                "taffrail-provider-" + System.getProperty("taffrail.version") + ".jar",
                jar.getFileName().toString());
        assertEquals(
                factory.getProtectionDomain().getCodeSource(),
                Class.forName("org.taffrail.wire.ByteSink").getProtectionDomain().getCodeSource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.netty.channel.Channel", "org.taffrail.broker.server.Broker"})
    void whatApplicationsDoNotHaveIsNotThere(String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }
}
