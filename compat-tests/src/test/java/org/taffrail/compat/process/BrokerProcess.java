// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.process;

import jakarta.jms.ConnectionFactory;

import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.ServerProcess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;

import javax.naming.Context;

/**
 * A broker from the built jars, in a process of its own on loopback. It keeps folder and port over
 * {@link #kill} and {@link #start}, so that clients find it again.
 */
public final class BrokerProcess implements JmsServer {
    private static final Pattern STANDS_BY = Pattern.compile("stands by");
    private static final Pattern ADDRESS = Pattern.compile("taffrail://[^ ,)]+:\\d+");

    private final Path folder;
    private final String durability;
    private final List<String> options;
    private ServerProcess process;
    private int port;
    private String url;
    private boolean serving;

    /**
     * Prepares a broker.
     *
     * @param folder keeps the data and what the broker logs
     * @param durability {@code force} or {@code page-cache}
     * @param options further options of {@code taffrail broker}
     */
    public BrokerProcess(Path folder, String durability, String... options) {
        this.folder = folder;
        this.durability = durability;
        this.options = List.of(options);
    }

    @Override
    public void start() {
        process =
                new ServerProcess(
                        logFile(),
                        Installation.at(Path.of(System.getProperty("taffrail.root"))).broker(),
                        arguments(),
                        ADDRESS);
        port = process.port();
        synchronized (this) {
            url = process.address();
            serving = true;
            notifyAll();
        }
    }

    /**
     * Starts it as one that waits for the folder while another has it, at a port that is known
     * already.
     *
     * @param newPort the port
     */
    public void standBy(int newPort) {
        port = newPort;
        process =
                new ServerProcess(
                        logFile(),
                        Installation.at(Path.of(System.getProperty("taffrail.root"))).broker(),
                        arguments("--standby"),
                        STANDS_BY);
    }

    /** Waits until it serves, unless the thread is interrupted. */
    public synchronized void awaitServing() {
        try {
            while (!serving) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void servesNoMore() {
        serving = false;
    }

    /**
     * Returns where it serves.
     *
     * @return a URL for the provider, without options
     */
    public synchronized String url() {
        return url;
    }

    /**
     * Returns the port at which it serves, from the first start on.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    @Override
    public Hashtable<String, String> jndi() {
        return jndi(url());
    }

    private List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add("org.taffrail.broker.cli.Main");
        arguments.addAll(List.of("broker", "--data", folder.resolve("data").toString()));
        arguments.addAll(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of("--durability", durability));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static Hashtable<String, String> jndi(String url) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(
                Context.INITIAL_CONTEXT_FACTORY,
                "org.taffrail.jms.jndi.TaffrailInitialContextFactory");
        environment.put("connectionFactory.ConnectionFactory", url);
        return environment;
    }

    /**
     * Looks a connection factory up, with options.
     *
     * @param query options of the URL, beginning with a question mark, or nothing
     * @return a factory for this broker
     */
    public ConnectionFactory connectionFactory(String query) {
        return connectionFactoryFor(url() + query);
    }

    /**
     * Looks a connection factory up for a URL, such as that of something between clients and a
     * broker.
     *
     * @param url of the provider, with options
     * @return a factory
     */
    public static ConnectionFactory connectionFactoryFor(String url) {
        return JmsServer.lookUp(jndi(url));
    }

    @Override
    public String deadLetterQueue(String queue) {
        return "DLQ." + queue;
    }

    @Override
    public void kill() {
        servesNoMore();
        process.kill();
    }

    /**
     * Asks it to stop (SIGTERM) and waits until it has.
     *
     * @return its exit code
     */
    public int stop() {
        servesNoMore();
        return process.stop();
    }

    /**
     * Returns the process's id, by which others may kill it.
     *
     * @return the id of the process that serves
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Tells whether the process lives.
     *
     * @return true while it does
     */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    private Path logFile() {
        return folder.resolve("broker.log");
    }

    @Override
    public String log() {
        return ServerProcess.textOf(logFile());
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
