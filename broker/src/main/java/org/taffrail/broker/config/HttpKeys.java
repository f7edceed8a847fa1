// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import java.util.List;

/** The keys of a broker's HTTP side, and of its metrics. */
public final class HttpKeys {
    /** The port. */
    public static final ConfigKey<Long> PORT =
            named("http.port")
                    .onlyServer()
                    .does(
                            "The port on which metrics, health and the console are served over HTTP;"
                                    + " with tls.keyStore, over HTTPS. 0 takes any free one, -1"
                                    + " none.")
                    .from(-1, 65_535)
                    .number(-1);

    /** The address. */
    public static final ConfigKey<String> HOST =
            named("http.host")
                    .onlyServer()
                    .does(
                            "The address that this port is bound to; only the machine itself reaches"
                                    + " the default.")
                    .from(1, 255)
                    .text("127.0.0.1");

    /** What a request may call the host. */
    public static final ConfigKey<String> NAMES =
            named("http.names")
                    .onlyServer()
                    .does(
                            "By which names of a host requests may ask, with commas between them,"
                                    + " beside http.host, localhost and addresses in numbers: a page of"
                                    + " somebody else's whose name is made to lead here is refused.")
                    .from(1, 4096)
                    .text(null);

    /** How many connections there may be. */
    public static final ConfigKey<Long> CONNECTIONS_MAX =
            named("http.connectionsMax")
                    .onlyServer()
                    .does("How many HTTP connections there may be at a time; more are closed.")
                    .from(8, 1024)
                    .number(64);

    /** How long a request may take to come in. */
    public static final ConfigKey<Long> REQUEST_MS =
            named("http.requestMs")
                    .onlyServer()
                    .does(
                            "How long a request may take to come in, and its answer to be taken;"
                                    + " who is slower is cut off.")
                    .in(ConfigUnit.MS)
                    .from(1000, 600_000)
                    .number(10_000);

    /** How much a request may bring. */
    public static final ConfigKey<Long> BODY_BYTES_MAX =
            named("http.bodyBytesMax")
                    .onlyServer()
                    .does("The largest body of a request.")
                    .in(ConfigUnit.BYTES)
                    .from(1024, 64 << 20)
                    .number(1 << 20);

    /** After what silence a broker is taken for dead. */
    public static final ConfigKey<Long> LIVENESS_MS =
            named("health.livenessMs")
                    .onlyServer()
                    .does(
                            "How long the broker's thread may take to answer before /health/live says"
                                    + " that the broker hangs.")
                    .in(ConfigUnit.MS)
                    .from(1000, 3_600_000)
                    .number(30_000);

    /** Whether metrics are for everybody. */
    public static final ConfigKey<Boolean> METRICS_OPEN =
            named("metrics.open")
                    .onlyServer()
                    .does(
                            "Whether /metrics is served to whoever asks; otherwise only to those who"
                                    + " may manage, by HTTP Basic authentication. Names of"
                                    + " destinations and subscriptions stand in it.")
                    .flag(false);

    /** How many destinations have series of their own. */
    public static final ConfigKey<Long> METRICS_DESTINATIONS_MAX =
            named("metrics.destinationsMax")
                    .onlyServer()
                    .does(
                            "How many destinations have time series of their own; the others are"
                                    + " summed up as destination=\"(other)\". Those that have most"
                                    + " waiting, or most to do, are shown, and stay so as long as"
                                    + " others don't have far more.")
                    .from(0, 100_000)
                    .number(1000);

    /** How many subscriptions have series of their own. */
    public static final ConfigKey<Long> METRICS_GROUPS_MAX =
            named("metrics.groupsMax")
                    .onlyServer()
                    .does(
                            "How many subscriptions of the destinations that are shown have time"
                                    + " series of their own, those with most waiting first.")
                    .from(0, 100_000)
                    .number(1000);

    /** Whether metrics are MBeans too. */
    public static final ConfigKey<Boolean> JMX =
            named("metrics.jmx")
                    .onlyServer()
                    .does("Whether the metrics are MBeans of the JVM as well.")
                    .flag(false);

    /** All of them, in the order of the reference page. */
    static final List<ConfigKey<?>> ALL =
            List.of(
                    PORT,
                    HOST,
                    NAMES,
                    CONNECTIONS_MAX,
                    REQUEST_MS,
                    BODY_BYTES_MAX,
                    LIVENESS_MS,
                    METRICS_OPEN,
                    METRICS_DESTINATIONS_MAX,
                    METRICS_GROUPS_MAX,
                    JMX);

    private HttpKeys() {}

    /**
     * Tells whether a configuration asks for anything of this.
     *
     * @param config the configuration
     * @return true if a port is to be opened, or MBeans are to be made
     */
    public static boolean areWanted(BrokerConfig config) {
        return config.get(PORT) >= 0 || config.get(JMX);
    }
}
