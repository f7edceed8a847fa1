// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.process;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.Peer;
import org.taffrail.compat.peer.PeerServer;
import org.taffrail.migrate.message.MessageReader;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.message.RefusedException;
import org.taffrail.migrate.provider.Side;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server of a provider in a process of its own, and its client in a class loader of its own.
 */
final class ProviderProcess implements AutoCloseable {
    private static final long WAIT_MS = 1500;

    private final PeerServer server;
    private final String classPath;
    private final Path file;
    private final ClassLoader loader;

    /** What a test does with a session. */
    @FunctionalInterface
    interface Use {
        void with(Session session) throws JMSException;
    }

    /** What an application of the provider does. */
    @FunctionalInterface
    interface Application<T> {
        T run() throws JMSException, NamingException, RefusedException;
    }

    ProviderProcess(Peer peer, Path folder) throws IOException {
        Installation installation = Installation.here();
        server = peer.server(installation, folder.resolve(peer.toString()));
        server.start();
        classPath = peer.classPath(installation);
        loader = loader(classPath);
        file = folder.resolve(peer + ".properties");
        Properties properties = new Properties();
        Properties jndi = server.jndi();
        for (String name : jndi.stringPropertyNames()) {
            if (!name.startsWith("compat.")) {
                properties.setProperty(name, jndi.getProperty(name));
            }
        }
        properties.setProperty(Side.USER_KEY, PeerServer.USER);
        properties.setProperty(Side.PASSWORD_KEY, PeerServer.PASSWORD);
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }

    private static ClassLoader loader(String classPath) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            if (part.endsWith("*")) {
                try (var files = Files.list(Path.of(part.substring(0, part.length() - 1)))) {
                    for (Path jar : files.toList()) {
                        jars.add(url(jar));
                    }
                }
            } else {
                jars.add(url(Path.of(part)));
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ProviderProcess.class.getClassLoader());
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    /** The file that names the provider to a bridge. */
    Path file() {
        return file;
    }

    /** What a bridge needs of the provider. */
    String classPath() {
        return classPath;
    }

    void kill() {
        server.restart(false);
    }

    Connection connect() throws JMSException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            ConnectionFactory factory =
                    (ConnectionFactory)
                            new InitialContext(server.jndi()).lookup("ConnectionFactory");
            return factory.createConnection(PeerServer.USER, PeerServer.PASSWORD);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    void use(Use use) throws JMSException {
        try (Connection connection = connect();
                Session session = connection.createSession()) {
            connection.start();
            use.with(session);
        }
    }

    /** Runs something as an application would run that has the provider's client. */
    <T> T inside(Application<T> application)
            throws JMSException, NamingException, RefusedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return application.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Takes all messages of a queue. */
    List<Parcel> takeAll(String queue) throws JMSException, RefusedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try (Connection connection = connect();
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            List<Parcel> parcels = new ArrayList<>();
            Message message = consumer.receive(WAIT_MS);
            while (message != null) {
                parcels.add(new MessageReader(false).read(message));
                message = consumer.receive(WAIT_MS);
            }
            return parcels;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
