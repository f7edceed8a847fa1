// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.process;

import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.ServerProcess;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;

import javax.naming.Context;

/** An Apache ActiveMQ Artemis server, to try the tests themselves on another provider. */
final class ArtemisProcess implements JmsServer {
    private static final Pattern ADDRESS = Pattern.compile("tcp://[^ ]+:\\d+");

    private final Path folder;
    private ServerProcess process;
    private int port;

    ArtemisProcess(Path folder) {
        this.folder = folder;
    }

    @Override
    public void start() {
        process =
                new ServerProcess(
                        logFile(),
                        Installation.at(Path.of(System.getProperty("taffrail.root"))).artemis(),
                        List.of(
                                "org.taffrail.peer.artemis.Main",
                                folder.resolve("data").toString(),
                                "force",
                                Integer.toString(port)),
                        ADDRESS);
        port = process.port();
    }

    @Override
    public Hashtable<String, String> jndi() {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(
                Context.INITIAL_CONTEXT_FACTORY,
                "org.apache.activemq.artemis.jndi.ActiveMQInitialContextFactory");
        environment.put("connectionFactory.ConnectionFactory", process.address());
        return environment;
    }

    @Override
    public String deadLetterQueue(String queue) {
        return "DLQ";
    }

    @Override
    public void kill() {
        process.kill();
    }

    private Path logFile() {
        return folder.resolve("artemis.log");
    }

    @Override
    public String log() {
        return ServerProcess.textOf(logFile());
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
