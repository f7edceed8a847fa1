// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.provider.SettingKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

import javax.naming.Context;

/** A broker of Apache ActiveMQ: its main class in {@code peers} says how it is set up. */
final class ActiveMqServer implements PeerServer {
    /** Which of the two. */
    enum Product {
        /** Artemis. */
        ARTEMIS(
                "org.taffrail.peer.artemis.Main",
                "org.apache.activemq.artemis.jndi.ActiveMQInitialContextFactory",
                "DLQ",
                "10"),
        /** Classic, whose client sends a message away after its sixth redelivery. */
        CLASSIC(
                "org.taffrail.peer.classic.Main",
                "org.apache.activemq.jndi.ActiveMQInitialContextFactory",
                "ActiveMQ.DLQ",
                "7");

        private final String main;
        private final String contextFactory;
        private final String deadLetters;
        private final String deliveriesMax;

        Product(String main, String contextFactory, String deadLetters, String deliveriesMax) {
            this.main = main;
            this.contextFactory = contextFactory;
            this.deadLetters = deadLetters;
            this.deliveriesMax = deliveriesMax;
        }
    }

    private static final Pattern ADDRESS = Pattern.compile("tcp://[^ ]+:\\d+");

    private final Product product;
    private final Installation installation;
    private final Path folder;
    private final Path data;
    private final Path users;
    private ServerProcess process;
    private int port;

    ActiveMqServer(Product product, Installation installation, Path folder) {
        this.product = product;
        this.installation = installation;
        this.folder = folder;
        this.data = folder.resolve("data");
        this.users = folder.resolve("users.properties");
    }

    @Override
    public void start() {
        Folders.empty(folder);
        try {
            Files.writeString(users, USER + "=" + PASSWORD + "\n");
        } catch (IOException e) {
            throw new PeerException("cannot write " + users, e);
        }
        serve();
    }

    private void serve() {
        String jars = product == Product.ARTEMIS ? installation.artemis() : installation.classic();
        List<String> arguments = new ArrayList<>(SHORT_LIVED);
        arguments.addAll(List.of(product.main, data.toString(), "force"));
        arguments.addAll(List.of(Integer.toString(port), users.toString()));
        process =
                new ServerProcess(
                        folder.resolve("server.log"),
                        Installation.join(List.of(jars, Installation.kit())),
                        arguments,
                        ADDRESS);
        port = process.port();
    }

    @Override
    public Properties jndi() {
        Properties jndi = new Properties();
        jndi.setProperty(Context.INITIAL_CONTEXT_FACTORY, product.contextFactory);
        switch (product) {
            // without a confirmation window, an asynchronous send completes before it is safe
            case ARTEMIS ->
                    jndi.setProperty(
                            "connectionFactory.ConnectionFactory",
                            process.address() + "?confirmationWindowSize=1048576");
            // objects of the JDK's collections are refused without it
            case CLASSIC ->
                    jndi.setProperty(
                            Context.PROVIDER_URL, process.address() + "?jms.trustAllPackages=true");
        }
        PeerServer.set(jndi, SettingKey.USER, USER);
        PeerServer.set(jndi, SettingKey.PASSWORD, PASSWORD);
        PeerServer.set(jndi, SettingKey.DEAD_LETTER_QUEUE, product.deadLetters);
        PeerServer.set(jndi, SettingKey.DELIVERIES_MAX, product.deliveriesMax);
        return jndi;
    }

    @Override
    public void restart(boolean orderly) {
        if (orderly) {
            process.endInput();
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
