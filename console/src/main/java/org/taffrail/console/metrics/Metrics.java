// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.taffrail.broker.loop.Recorder;

import java.util.List;
import java.util.function.Supplier;

/**
 * All meters of one broker: its latencies, which it records itself, and what samples say. Served as
 * text for Prometheus, and as MBeans where that is wanted.
 */
public final class Metrics implements AutoCloseable {
    /** The domain of the MBeans. */
    public static final String JMX_DOMAIN = "org.taffrail";

    /** The media type of what {@link #scrape} returns. */
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry prometheus =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Latencies latencies;
    private final BrokerMeters broker;
    private final DestinationMeters destinations;
    private final SubscriptionMeters subscriptions;
    private final List<Percentiles> percentiles;
    private volatile Sample sample = Sample.NONE;

    /**
     * Makes the meters, which know nothing yet.
     *
     * @param destinationsMax how many destinations have series of their own
     * @param subscriptionsMax how many subscriptions have any
     * @param jmx whether they are MBeans too
     */
    public Metrics(int destinationsMax, int subscriptionsMax, boolean jmx) {
        registry = jmx ? withJmx(prometheus) : prometheus;
        latencies = new Latencies(registry);
        percentiles =
                List.of(
                        new Percentiles("send", prometheus.get("taffrail.send").timer()),
                        new Percentiles("force", prometheus.get("taffrail.journal.force").timer()),
                        new Percentiles("turn", prometheus.get("taffrail.turn").timer()));
        broker = new BrokerMeters(registry);
        destinations = new DestinationMeters(registry, destinationsMax);
        subscriptions = new SubscriptionMeters(registry, subscriptionsMax);
        gauge("taffrail.ready", "1 where the broker serves", () -> sample.serving() ? 1 : 0);
        gauge("taffrail.destinations", "Destinations", () -> sample.destinations().size());
        gauge(
                "taffrail.destinations.shown",
                "Destinations with series of their own",
                destinations::shownCount);
        gauge(
                "taffrail.destinations.summed",
                "Destinations that are summed up",
                destinations::summedCount);
        gauge(
                "taffrail.subscriptions.hidden",
                "Subscriptions that have no series",
                subscriptions::hiddenCount);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private static MeterRegistry withJmx(PrometheusMeterRegistry prometheus) {
        JmxConfig config =
                new JmxConfig() {
                    @Override
                    public String get(String key) {
                        return null;
                    }

                    @Override
                    public String domain() {
                        return JMX_DOMAIN;
                    }
                };
        CompositeMeterRegistry both = new CompositeMeterRegistry();
        both.add(prometheus);
        both.add(new JmxMeterRegistry(config, Clock.SYSTEM));
        return both;
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /**
     * Returns who records how long things take.
     *
     * @return for the broker's thread
     */
    public Recorder recorder() {
        return latencies;
    }

    /**
     * Takes a sample; what it does not have is not shown any more.
     *
     * @param newSample newer than the last
     */
    public synchronized void set(Sample newSample) {
        if (newSample == sample) {
            return;
        }
        sample = newSample;
        percentiles.forEach(each -> each.sample(newSample.takenMs()));
        broker.set(newSample);
        if (newSample.serving()) {
            destinations.set(newSample);
            subscriptions.set(newSample);
        } else {
            destinations.unknown();
            subscriptions.unknown();
        }
    }

    /**
     * Writes all meters as text for Prometheus.
     *
     * @return in the format 0.0.4
     */
    public String scrape() {
        return prometheus.scrape();
    }

    /**
     * Returns how long sends, forces and turns took lately.
     *
     * @return in this order
     */
    public List<Percentiles> percentiles() {
        return percentiles;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
