// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A broker by a program of {@code peers/}, whose class path is its client's as well. */
abstract class PeerRecipe implements Recipe {
    private final Installation installation;
    private final Broker.Kind kind;

    PeerRecipe(Installation installation, Broker.Kind kind) {
        this.installation = installation;
        this.kind = kind;
    }

    /** The options of the broker's JVM. */
    abstract List<String> javaOptions();

    /** What is set at the client, in words. */
    abstract String client();

    private List<String> javaOptions(Broker.Setup setup) {
        List<String> options = new ArrayList<>(javaOptions());
        if (setup.heap() != null) {
            options.addAll(List.of("-Xms" + setup.heap(), "-Xmx" + setup.heap()));
        }
        return options;
    }

    @Override
    public final List<String> command(Broker.Setup setup, Path data, int port)
            throws PeerException {
        List<Path> classPath = new ArrayList<>(classPath());
        classPath.addAll(installation.measuringClassPath());
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(javaOptions(setup));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(List.of("-cp", Installation.join(classPath)));
        command.add("org.taffrail.peer." + kind + ".Main");
        command.addAll(List.of(data.toString(), setup.durability().toString()));
        return command;
    }

    @Override
    public final List<Path> classPath() throws PeerException {
        return installation.peerClassPath(kind);
    }

    @Override
    public final String describe(Broker.Setup setup, String announcement) {
        return "started for durability "
                + setup.durability()
                + ", "
                + announcement.substring(announcement.indexOf(" with ") + 1)
                + ", JVM "
                + String.join(" ", javaOptions(setup))
                + ", "
                + client();
    }

    @Override
    public final boolean stopsAtSignal() {
        return false;
    }

    @Override
    public final boolean keepsItsAddress() {
        return false;
    }
}
