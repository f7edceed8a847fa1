// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.provider.SettingKey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

import javax.naming.Context;

/** Taffrail's broker, started as {@code bin/taffrail broker} does. */
final class TaffrailServer implements PeerServer {
    static final String CONTEXT_FACTORY = "org.taffrail.jms.jndi.TaffrailInitialContextFactory";
    static final String DEAD_LETTERS = "DLQ.{name}";
    static final String DELIVERIES_MAX = "10";

    private static final Pattern ADDRESS = Pattern.compile("taffrail://[^ ,)]+:\\d+");

    private final Installation installation;
    private final Path folder;
    private final Path data;
    private Path users;
    private ServerProcess process;
    private int port;

    TaffrailServer(Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    @Override
    public void start() {
        Folders.empty(folder);
        users = TaffrailUsers.write(installation, folder);
        serve();
    }

    private void serve() {
        List<String> arguments = new ArrayList<>(SHORT_LIVED);
        arguments.addAll(List.of("org.taffrail.broker.cli.Main", "broker"));
        arguments.addAll(List.of("--data", data.toString()));
        arguments.addAll(List.of("--port", Integer.toString(port), "--durability", "force"));
        arguments.addAll(List.of("--set", "security.usersFile=" + users));
        arguments.addAll(List.of("--set", "security.anonymous=true"));
        arguments.addAll(List.of("--set", "security.importers=" + USER));
        process =
                new ServerProcess(
                        folder.resolve("server.log"), installation.broker(), arguments, ADDRESS);
        port = process.port();
    }

    @Override
    public Properties jndi() {
        Properties jndi = new Properties();
        jndi.setProperty(Context.INITIAL_CONTEXT_FACTORY, CONTEXT_FACTORY);
        jndi.setProperty("connectionFactory.ConnectionFactory", process.address());
        TaffrailProperties.ask(jndi, process.address() + "?");
        TaffrailUsers.describe(jndi);
        PeerServer.set(jndi, SettingKey.DEAD_LETTER_QUEUE, DEAD_LETTERS);
        PeerServer.set(jndi, SettingKey.DELIVERIES_MAX, DELIVERIES_MAX);
        return jndi;
    }

    @Override
    public void restart(boolean orderly) {
        if (orderly) {
            process.stop();
        } else {
            process.kill();
        }
        serve();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.kill(); // its data goes too
        }
        Folders.delete(data);
    }
}
