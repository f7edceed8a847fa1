// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.HttpKeys;
import org.taffrail.broker.loop.Recorder;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerExtension;
import org.taffrail.broker.server.NetworkDoor;
import org.taffrail.broker.server.TlsDoor;
import org.taffrail.console.api.Api;
import org.taffrail.console.health.Health;
import org.taffrail.console.http.HttpSide;
import org.taffrail.console.metrics.Metrics;
import org.taffrail.console.metrics.Sampler;
import org.taffrail.console.visit.Visits;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP side of a broker and its metrics, assembled. Found by the broker's command where the
 * configuration asks for it.
 */
public final class Console implements BrokerExtension {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    /** How often a sample is taken. */
    private static final int SAMPLE_MS = 5000;

    private final BrokerConfig config;
    private final Metrics metrics;
    private ScheduledExecutorService sampling;
    private Visits visits;
    private TlsDoor tls;
    private HttpSide http;
    private boolean closed;

    /**
     * Makes one that serves nobody yet.
     *
     * @param config what the broker is like
     */
    public Console(BrokerConfig config) {
        this.config = config;
        metrics =
                new Metrics(
                        config.number(HttpKeys.METRICS_DESTINATIONS_MAX),
                        config.number(HttpKeys.METRICS_GROUPS_MAX),
                        config.get(HttpKeys.JMX));
    }

    @Override
    public Recorder recorder() {
        return metrics.recorder();
    }

    @Override
    public void open(Broker broker) throws IOException {
        InetSocketAddress wanted =
                new InetSocketAddress(
                        config.get(HttpKeys.HOST), Math.max(0, config.number(HttpKeys.PORT)));
        if (config.get(HttpKeys.PORT) >= 0) {
            NetworkDoor.requireSafe(config, HttpKeys.HOST, wanted);
        }
        String data = config.get(BrokerKeys.DATA);
        Sampler sampler =
                new Sampler(broker, data == null ? null : Path.of(data), System::currentTimeMillis);
        sampling =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "taffrail-sampler");
                            thread.setDaemon(true);
                            return thread;
                        });
        sampling.scheduleWithFixedDelay(() -> sample(sampler), 0, SAMPLE_MS, TimeUnit.MILLISECONDS);
        if (config.get(HttpKeys.PORT) >= 0) {
            visits = new Visits(broker);
            Health health = new Health(broker, config.get(HttpKeys.LIVENESS_MS), System::nanoTime);
            Routes routes =
                    new Routes(
                            health,
                            new MetricsPage(
                                    metrics, sampler, visits, config.get(HttpKeys.METRICS_OPEN)),
                            new Api(broker, visits, sampler, metrics),
                            new ConsolePage(visits));
            tls = TlsDoor.open(config);
            http = HttpSide.open(config, tls == null ? null : tls.engines(), routes);
            LOG.info("event=http_opened address={}", http.address());
            List<String> risks = NetworkDoor.risks(config, wanted);
            if (!risks.isEmpty()) {
                LOG.warn("event=http_open_to_network address={} risks={}", http.address(), risks);
            }
        }
    }

    private void sample(Sampler sampler) {
        try {
            metrics.set(sampler.notOlderThan(SAMPLE_MS / 2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("event=sample_failed", e);
        }
    }

    @Override
    public String address() {
        return http == null ? null : http.address();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (sampling != null) {
            sampling.shutdownNow();
        }
        if (http != null) {
            http.close();
        }
        if (tls != null) {
            tls.close();
        }
        if (visits != null) {
            visits.close();
        }
        metrics.close();
    }
}
