// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.core.Counts;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerExtension;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.broker.store.StoreException;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker with its HTTP side, both on ports that the system picks, and somebody who asks. */
final class ConsoleRig implements AutoCloseable {
    /**
     * So long a request may take here: the limit belongs to the process, whichever rig is first.
     */
    static final int REQUEST_S = 2;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final BrokerExtension console;
    final Broker broker;

    private ConsoleRig(Map<String, String> keys, StoreFactory stores) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("port", "0");
        all.put("http.port", "0");
        all.put("http.requestMs", REQUEST_S + "s");
        all.put("http.connectionsMax", "16");
        all.putAll(keys);
        BrokerConfig config = BrokerConfig.defaults().with(all);
        console = BrokerExtension.find(config);
        broker = new Broker(config, stores == null ? StoreFactory.of(config) : stores, console);
        console.open(broker);
    }

    /** Makes a broker that has not started yet; its HTTP side has. */
    static ConsoleRig prepared(Map<String, String> keys) throws IOException {
        return new ConsoleRig(keys, null);
    }

    /** The same with a store of its own. */
    static ConsoleRig prepared(Map<String, String> keys, StoreFactory stores) throws IOException {
        return new ConsoleRig(keys, stores);
    }

    static ConsoleRig started(Map<String, String> keys) throws IOException, StoreException {
        ConsoleRig rig = prepared(keys);
        rig.broker.start();
        return rig;
    }

    TaffrailConnectionFactory jms() {
        return new TaffrailConnectionFactory(broker.address());
    }

    String address() {
        return console.address();
    }

    int port() {
        return URI.create(address()).getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    static String basic(String user, String password) {
        byte[] both = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /**
     * Scrapes, and returns all series by their name and labels. Scrapes share a sample for most of
     * a second: this one knows of all that has happened when it is called.
     */
    Map<String, Double> scrape() throws IOException, InterruptedException {
        double least = happened();
        Map<String, Double> scraped;
        do {
            scraped = series(get("/metrics").body());
        } while (scraped.get("taffrail_messages_in_total")
                        + scraped.get("taffrail_messages_delivered_total")
                        + scraped.get("taffrail_messages_accepted_total")
                        + scraped.get("taffrail_messages_dead_lettered_total")
                < least);
        return scraped;
    }

    private long happened() throws InterruptedException {
        try {
            Counts totals = broker.ask(view -> view.figures().totals()).get();
            return totals.in() + totals.delivered() + totals.accepted() + totals.deadLettered();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, Double> series(String text) {
        Map<String, Double> series = new HashMap<>();
        Matcher line = Pattern.compile("(?m)^([a-z].*) (\\S+)$").matcher(text);
        while (line.find()) {
            series.put(line.group(1), number(line.group(2)));
        }
        return series;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    @Override
    public void close() {
        broker.close();
        console.close();
    }
}
