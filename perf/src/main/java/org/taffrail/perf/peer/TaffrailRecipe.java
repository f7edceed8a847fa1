// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Taffrail: started by its launcher, with its defaults. */
record TaffrailRecipe(Installation installation) implements Recipe {
    /** What the launcher passes to the JVM. */
    private static final String JAVA_OPTIONS = "TAFFRAIL_JAVA_OPTS";

    @Override
    public List<String> command(Broker.Setup setup, Path data, int port) throws PeerException {
        return List.of(
                installation.launcher().toString(),
                "broker",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--durability",
                setup.durability().toString());
    }

    @Override
    public Map<String, String> environment(Broker.Setup setup) {
        return setup.heap() == null ? Map.of() : Map.of(JAVA_OPTIONS, "-Xmx" + setup.heap());
    }

    @Override
    public String jndi(String address) {
        return String.format(
                Locale.ROOT,
                """
        java.naming.factory.initial=org.taffrail.jms.jndi.TaffrailInitialContextFactory
        java.naming.provider.url=%1$s
        connectionFactory.ConnectionFactory=%1$s
        """,
                address);
    }

    @Override
    public List<Path> classPath() throws PeerException {
        return installation.taffrailClassPath();
    }

    @Override
    public String describe(Broker.Setup setup, String announcement) {
        return setup.toString();
    }

    @Override
    public boolean stopsAtSignal() {
        return true;
    }

    @Override
    public boolean keepsItsAddress() {
        return true;
    }
}
