// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.jms.JMSContext;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who may see what: the same users, with the same rights, as over the network. */
class AuthenticationTest {
    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("users");
    }

    private void user(String name, String password) throws IOException {
        PasswordHash hash =
                PasswordHash.of(
                        password, new byte[PasswordHash.SALT_BYTES], PasswordHash.ITERATIONS_LEAST);
        new UsersFile(file()).change(users -> users.with(name, hash));
    }

    private ConsoleRig rig(String... more) throws Exception {
        user("alice", "right:with a colon");
        user("bob", "also right");
        Map<String, String> keys = new HashMap<>();
        keys.put("security.usersFile", file().toString());
        keys.put("security.managers", "alice");
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return ConsoleRig.started(keys);
    }

    private static HttpResponse<String> as(ConsoleRig rig, String header) throws Exception {
        return rig.send(rig.request("/metrics").header("Authorization", header));
    }

    @Test
    void whoManagesSomeDestinationsSeesNothingOfOthers() throws Exception {
        try (ConsoleRig rig = rig("queue.orders.#.permissions.manage", "user:bob")) {
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            String bob = ConsoleRig.basic("bob", "also right");
            for (String name : List.of("orders.eu", "secret")) {
                HttpRequest.Builder create =
                        rig.request("/api/create")
                                .header("Authorization", alice)
                                .header("X-Taffrail", "1")
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"kind\":\"queue\",\"name\":\"" + name + "\"}"));
                assertEquals(200, rig.send(create).statusCode());
            }

            for (String path :
                    List.of(
                            "/metrics",
                            "/api/connections",
                            "/api/connection?id=1",
                            "/api/consumers?kind=queue&name=secret",
                            "/api/held?kind=queue&name=secret&consumer=1",
                            "/api/destination?kind=queue&name=secret")) {
                HttpResponse<String> answer =
                        rig.send(rig.request(path).header("Authorization", bob));
                assertEquals(403, answer.statusCode(), path);
                assertFalse(answer.body().contains("depth"), path);
            }
            HttpResponse<String> own =
                    rig.send(
                            rig.request("/api/destination?kind=queue&name=orders.eu")
                                    .header("Authorization", bob));
            assertEquals(200, own.statusCode(), own.body());
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .until(
                            () ->
                                    asked(rig, "/api/destinations", alice)
                                            .body()
                                            .contains("\"found\":2"));
            for (String path :
                    List.of("overview", "destinations", "destinations?kind=queue&sort=depth")) {
                String shown = asked(rig, "/api/" + path, bob).body();
                String all = asked(rig, "/api/" + path, alice).body();
                assertTrue(
                        shown.contains("\"total\":1,\"found\":1") == path.contains("dest"), shown);
                assertTrue(all.contains("\"total\":2,\"found\":2") == path.contains("dest"), all);
                assertFalse(shown.contains("secret"), shown);
            }
            String glance = asked(rig, "/api/overview", bob).body();
            assertTrue(glance.contains("\"partial\":true,\"destinations\":1,"), glance);
            for (String whole :
                    List.of("connections", "latencies", "disk", "incarnation", "in\":")) {
                assertFalse(glance.contains(whole), glance);
            }
            assertEquals(200, asked(rig, "/", bob).statusCode());
            String message = "{\"kind\":\"queue\",\"name\":\"orders.eu\",\"body\":\"x\"}";
            assertEquals(200, changed(rig, "send", message, bob));
            assertEquals(403, changed(rig, "send", message.replace("orders.eu", "secret"), bob));
            assertEquals(403, changed(rig, "disconnect", "{\"id\":1}", bob));
            assertEquals(200, changed(rig, "disconnect", "{\"id\":1}", alice));
            HttpResponse<String> held =
                    rig.send(
                            rig.request("/api/held?kind=queue&name=orders.eu&consumer=1")
                                    .header("Authorization", bob));
            assertEquals(404, held.statusCode(), held.body()); // he may look, and there is none
        }
    }

    @Test
    void tenThousandDestinationsAreLookedThroughForWhoManagesFew() throws Exception {
        assumeTrue(
                "full".equals(System.getProperty("taffrail.tests")),
                "makes ten thousand queues: only with -Pfull");
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rules.addAll(List.of("queue.many." + i + ".#.permissions.manage", "user:bob"));
        }
        try (ConsoleRig rig = rig(rules.toArray(new String[0]))) {
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            try (JMSContext many = rig.jms().createContext("alice", "right:with a colon")) {
                for (int i = 0; i < 10_000; i++) {
                    many.createProducer().send(many.createQueue("many." + i / 100 + '.' + i), "m");
                }
            }
            String all = "\"found\":10000";
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> asked(rig, "/api/destinations", alice).body().contains(all));
            String bob = ConsoleRig.basic("bob", "also right");
            long beganNs = System.nanoTime();
            String shown = asked(rig, "/api/destinations", bob).body();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            assertTrue(shown.contains("\"total\":5000,\"found\":5000"), shown.substring(0, 200));
            assertTrue(tookMs < 2000, () -> tookMs + " ms for one answer");
        }
    }

    private static HttpResponse<String> asked(ConsoleRig rig, String path, String user)
            throws Exception {
        return rig.send(rig.request(path).header("Authorization", user));
    }

    @Test
    void aPortOnTheNetworkIsRefusedWhereStrangersCouldUseIt() {
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> ConsoleRig.started(Map.of("http.host", "0.0.0.0")).close());

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertTrue(refused.getMessage().startsWith("http.host=0.0.0.0"), refused.getMessage());
        assertTrue(
                refused.getMessage().endsWith("security.networkRisks=cleartext,strangers"),
                refused.getMessage());
    }

    @Test
    void metricsAreForManagers() throws Exception {
        try (ConsoleRig rig = rig()) {
            HttpResponse<String> nobody = rig.get("/metrics");
            assertEquals(401, nobody.statusCode());
            assertTrue(nobody.headers().firstValue("WWW-Authenticate").get().startsWith("Basic"));
            assertFalse(nobody.body().contains("taffrail_"), nobody.body());
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            assertEquals(200, as(rig, alice).statusCode());
            assertEquals(403, as(rig, ConsoleRig.basic("bob", "also right")).statusCode());
            assertEquals(401, as(rig, ConsoleRig.basic("alice", "wrong")).statusCode());
            assertEquals(401, as(rig, ConsoleRig.basic("nobody", "right")).statusCode());
        }
    }

    @Test
    void theApiIsForManagersToo() throws Exception {
        try (ConsoleRig rig = rig()) {
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            String bob = ConsoleRig.basic("bob", "also right");
            String make = "{\"kind\":\"queue\",\"name\":\"orders\"}";
            assertEquals(200, changed(rig, "create", make, alice));
            assertEquals(403, changed(rig, "create", make, bob));
            assertEquals(403, changed(rig, "send", make, bob));
            for (String path :
                    new String[] {
                        "overview",
                        "destinations",
                        "connections",
                        "destination?kind=queue&name=orders",
                        "messages?kind=queue&name=orders",
                        "search?kind=queue&name=orders"
                    }) {
                assertEquals(401, rig.get("/api/" + path).statusCode(), path);
                HttpRequest.Builder asked =
                        rig.request("/api/" + path).header("Authorization", bob);
                assertEquals(403, rig.send(asked).statusCode(), path);
                assertEquals(
                        200,
                        rig.send(rig.request("/api/" + path).header("Authorization", alice))
                                .statusCode(),
                        path);
            }
        }
    }

    @Test
    void whatIsSentStandsInTheAudit() throws Exception {
        PrintStream usual = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (ConsoleRig rig = rig()) {
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            String make = "{\"kind\":\"queue\",\"name\":\"orders\"}";
            assertEquals(200, changed(rig, "create", make, alice));
            System.setErr(new PrintStream(both(usual, log), true, UTF_8));
            assertEquals(403, changed(rig, "send", make, ConsoleRig.basic("bob", "also right")));
            HttpRequest.Builder send =
                    rig.request("/api/send")
                            .header("Authorization", alice)
                            .header("X-Taffrail", "1")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(make));
            String id = rig.send(send).body().replaceAll(".*(ID:[0-9a-f-]+).*", "$1");
            List<String> lines =
                    log.toString(UTF_8)
                            .lines()
                            .filter(line -> line.contains("SEND") && line.contains("alice"))
                            .toList();
            assertEquals(1, lines.size(), lines.toString());
            String line = lines.get(0);
            assertTrue(line.contains("event=managed user=\"alice\" peer=\"http 127.0.0.1:"), line);
            assertTrue(line.contains("object=\"queue orders\" target=\"" + id + '"'), line);
        } finally {
            System.setErr(usual);
        }
    }

    private static OutputStream both(OutputStream one, OutputStream other) {
        return new OutputStream() {
            @Override
            public void write(int each) throws IOException {
                one.write(each);
                other.write(each);
            }
        };
    }

    private static int changed(ConsoleRig rig, String path, String json, String user)
            throws Exception {
        return rig.send(
                        rig.request("/api/" + path)
                                .header("Authorization", user)
                                .header("X-Taffrail", "1")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    @Test
    void thePageLetsTheBrowserAskForSomebodyWhoMayManage() throws Exception {
        try (ConsoleRig rig = rig()) {
            HttpResponse<String> nobody = rig.get("/");
            assertEquals(401, nobody.statusCode());
            assertTrue(nobody.headers().firstValue("WWW-Authenticate").isPresent());
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            HttpResponse<String> page = rig.send(rig.request("/").header("Authorization", alice));
            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("/page/main.js"), page.body());
            // so that the browser asks for another one
            String bob = ConsoleRig.basic("bob", "also right");
            HttpResponse<String> other = rig.send(rig.request("/").header("Authorization", bob));
            assertEquals(401, other.statusCode());
            assertTrue(other.headers().firstValue("WWW-Authenticate").isPresent());
        }
    }

    @Test
    void whatIsNoBasicAuthenticationIsRefused() throws Exception {
        try (ConsoleRig rig = rig()) {
            for (String header :
                    new String[] {
                        "Basic",
                        "Basic ",
                        "Basic !!!",
                        "Basic YWxpY2U=",
                        "Bearer x",
                        "Basic OnB3",
                        "Basic " + "A".repeat(16_000),
                        "Basic AAA6AAA="
                    }) {
                assertEquals(401, as(rig, header).statusCode(), header);
            }
        }
    }

    @Test
    void whoIsRemovedIsOutWithTheNextRequest() throws Exception {
        try (ConsoleRig rig = rig()) {
            String alice = ConsoleRig.basic("alice", "right:with a colon");
            assertEquals(200, as(rig, alice).statusCode());
            new UsersFile(file()).change(users -> users.without("alice"));
            assertEquals(401, as(rig, alice).statusCode());
        }
    }

    @Test
    void healthIsForAnybodyAndMetricsIfTheyAreOpened() throws Exception {
        try (ConsoleRig rig = rig("metrics.open", "true")) {
            assertEquals(200, rig.get("/health/live").statusCode());
            assertEquals(200, rig.get("/health/ready").statusCode());
            assertEquals(200, rig.get("/metrics").statusCode());
        }
    }

    @Test
    void noConnectionOfAVisitorIsLeft() throws Exception {
        try (ConsoleRig rig = rig("metrics.open", "true")) {
            for (int i = 0; i < 20; i++) {
                as(rig, ConsoleRig.basic("bob", "wrong"));
                rig.send(rig.request("/api/overview"));
            }
            assertEquals(0, rig.scrape().get("taffrail_connections"));
        }
    }
}
