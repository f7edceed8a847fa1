// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.HttpKeys;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;

/**
 * The port: the JDK's own HTTP server, with a thread for each connection that it lets in, so that
 * who is slow takes nobody else's, and with the limits that {@link HttpLimits} sets.
 */
public final class HttpSide implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final int IDLE_S = 10;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final String scheme;

    private HttpSide(HttpServer server, ThreadPoolExecutor threads, String scheme) {
        this.server = server;
        this.threads = threads;
        this.scheme = scheme;
    }

    /**
     * Opens the port.
     *
     * @param config says where, and with which limits
     * @param engines makes each connection's end of TLS; null where connections are not encrypted
     * @param handler answers requests
     * @return until it is closed
     * @throws IOException if the port can't be had
     */
    public static HttpSide open(BrokerConfig config, Supplier<SSLEngine> engines, Handler handler)
            throws IOException {
        HttpLimits.set(config);
        String host = config.get(HttpKeys.HOST);
        InetSocketAddress address = new InetSocketAddress(host, config.number(HttpKeys.PORT));
        if (address.isUnresolved()) {
            throw new IOException(HttpKeys.HOST + "=" + host + " is not known");
        }
        HttpServer server = bound(address, engines);
        Gate gate =
                new Gate(
                        new Hosts(host, config.get(HttpKeys.NAMES)),
                        config.number(HttpKeys.BODY_BYTES_MAX),
                        engines != null);
        ThreadPoolExecutor threads = threads(config.number(HttpKeys.CONNECTIONS_MAX));
        server.setExecutor(threads);
        server.createContext("/", exchange -> gate.answer(exchange, handler));
        server.start();
        return new HttpSide(server, threads, engines == null ? "http" : "https");
    }

    private static HttpServer bound(InetSocketAddress address, Supplier<SSLEngine> engines)
            throws IOException {
        try {
            if (engines == null) {
                return HttpServer.create(address, BACKLOG);
            }
            HttpsServer server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(new EngineContext(engines)) {
                        @Override
                        public void configure(HttpsParameters parameters) {
                            parameters.setSSLParameters(engines.get().getSSLParameters());
                        }
                    });
            return server;
        } catch (IOException e) {
            throw new IOException(
                    HttpKeys.HOST
                            + "="
                            + address.getHostString()
                            + ", "
                            + HttpKeys.PORT
                            + "="
                            + address.getPort()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The server's dispatcher closes the connection whose task is refused. */
    private static ThreadPoolExecutor threads(int most) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                most,
                IDLE_S,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "taffrail-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Returns where it is.
     *
     * @return such as {@code http://127.0.0.1:8161}
     */
    public String address() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().getHostAddress();
        return scheme
                + "://"
                + (host.contains(":") ? '[' + host + ']' : host)
                + ':'
                + bound.getPort();
    }

    /** Gives the port back; requests that are under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
