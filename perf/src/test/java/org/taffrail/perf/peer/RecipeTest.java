// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;

class RecipeTest {
    private static final String HOST_AND_PORT = "127.0.0.1:4711";

    private static Recipe of(Broker.Kind kind) throws PeerException {
        return Recipe.of(kind, Installation.find());
    }

    @ParameterizedTest
    @EnumSource(Broker.Kind.class)
    void aClientIsKnownByTheFileThatLeadsToItsBroker(Broker.Kind kind)
            throws PeerException, IOException {
        Properties jndi = new Properties();
        jndi.load(new StringReader(of(kind).jndi("tcp://" + HOST_AND_PORT)));

        String factory = jndi.getProperty("java.naming.factory.initial");
        assertEquals(Optional.of(kind), Broker.Kind.ofClient(factory), factory);
        assertTrue(jndi.toString().contains(HOST_AND_PORT), jndi.toString());
    }

    @Test
    void aReportSaysHowAPeerWasSetUp() throws PeerException {
        Broker.Setup setup = new Broker.Setup(Broker.Kind.CLASSIC, Durability.FORCE, "512m");

        String words =
                of(Broker.Kind.CLASSIC)
                        .describe(setup, "ActiveMQ 6 serves at tcp://127.0.0.1:1 with KahaDB x=y");

        assertTrue(
                words.startsWith("started for durability force, with KahaDB x=y, JVM -Xms64M "),
                words);
        assertTrue(words.contains(" -Xmx512m, client with its defaults"), words);
    }
}
