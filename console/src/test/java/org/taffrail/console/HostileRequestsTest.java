// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that are too large, too slow, for another host or from another's page. */
class HostileRequestsTest {
    private static final int PATIENCE_MS = 30_000;

    private static ConsoleRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = ConsoleRig.started(Map.of());
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /** A connection that says whatever it likes. */
    private static final class Raw implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;

        Raw() throws IOException {
            socket = new Socket("127.0.0.1", rig.port());
            socket.setSoTimeout(PATIENCE_MS);
            out = socket.getOutputStream();
        }

        /** Says it, as far as it is heard. */
        Raw say(String text) {
            try {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException e) {
                // it was cut off: that shows in the status
            }
            return this;
        }

        /** Reads up to the end of the connection, or of the header; "" if it was just cut. */
        String status() {
            try {
                InputStream in = socket.getInputStream();
                StringBuilder line = new StringBuilder();
                for (int each = in.read(); each >= 0 && each != '\r'; each = in.read()) {
                    line.append((char) each);
                }
                return line.toString();
            } catch (IOException e) {
                return e instanceof SocketTimeoutException ? "nothing" : "";
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String answered(String request) throws IOException {
        try (Raw raw = new Raw()) {
            return raw.say(request).status();
        }
    }

    private static void assertServes() throws Exception {
        assertEquals(200, rig.get("/health/live").statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "//etc/passwd",
                "/health/../metrics",
                "/health/live/..",
                "/META-INF/services/x",
                "/org/taffrail/console/Console.class",
                "/health/live%00",
                "/health/live;a=b",
                "/HEALTH/LIVE"
            })
    void aPathThatIsNotOneOfOursLeadsNowhere(String path) throws Exception {
        String status = answered("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(status.contains(" 404 ") || status.contains(" 400 "), path + ": " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:8161",
                "localhost.attacker.example",
                "127.0.0.1.attacker.example",
                "localhost:80:80",
                "localhost@attacker.example",
                "[::1",
                ""
            })
    void anotherHostIsNotServed(String host) throws Exception {
        String status = answered("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        assertTrue(status.contains(" 421 ") || status.contains(" 400 "), host + ": " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:80", "10.1.2.3"})
    void thisHostIsServedByItsNamesAndByNumbers(String host) throws Exception {
        assertTrue(
                answered("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .contains(" 200 "),
                host);
    }

    @Test
    void onlyTheFilesOfThePageAreServed() throws Exception {
        HttpResponse<String> script = rig.get("/page/main.js");
        assertEquals(200, script.statusCode());
        assertEquals(
                "text/javascript; charset=utf-8",
                script.headers().firstValue("Content-Type").get());
        for (String path :
                new String[] {
                    "/page/",
                    "/page/index.html",
                    "/page/../Console.class",
                    "/page/..%2fConsole.class",
                    "/page/%2e%2e/Console.class",
                    "/Console.class",
                    "/page/main.js/"
                }) {
            assertEquals(404, rig.get(path).statusCode(), path);
        }
        HttpRequest.Builder post =
                rig.request("/")
                        .header("X-Taffrail", "1")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertEquals(405, rig.send(post).statusCode());
    }

    @Test
    void withoutAHostNothingIsServed() throws Exception {
        assertTrue(answered("GET /health/live HTTP/1.0\r\n\r\n").contains(" 400 "));
        assertTrue(
                answered("GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: x\r\n\r\n")
                        .contains(" 400 "));
    }

    @Test
    void aHeaderThatIsTooLargeIsNotTaken() throws Exception {
        String value = "x".repeat(64 << 10);
        String status =
                answered(
                        "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Large: "
                                + value
                                + "\r\n\r\n");
        assertFalse(status.contains(" 200 "), status);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            many.append("X-").append(i).append(": x\r\n");
        }
        assertFalse(
                answered("GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n")
                        .contains(" 200 "));
        assertFalse(
                answered("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .contains(" 200 "));
        assertServes();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        String head =
                "POST /api/destinations HTTP/1.1\r\nHost: localhost\r\nX-Taffrail: 1\r\n"
                        + "Content-Type: application/json\r\n";
        assertTrue(answered(head + "Content-Length: 99999999999\r\n\r\n{").contains(" 413 "));
        StringBuilder chunks = new StringBuilder(head + "Transfer-Encoding: chunked\r\n\r\n");
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        chunks.append(chunk.repeat(17)).append("0\r\n\r\n");
        assertTrue(answered(chunks.toString()).contains(" 413 "));
        assertFalse(answered(head + "Content-Length: -5\r\n\r\n").contains(" 200 "));
        assertFalse(answered(head + "Content-Length: nine\r\n\r\n").contains(" 200 "));
        assertServes();
    }

    @Test
    void whatIsNotHttpIsCutOff() throws Exception {
        for (String nonsense :
                new String[] {
                    "\r\n\r\n", "GET\r\n\r\n", "\u0016\u0003\u0001\r\n\r\n", "GET / X/9\r\n\r\n"
                }) {
            assertFalse(answered(nonsense).contains(" 200 "), nonsense);
        }
        assertServes();
    }

    @Test
    void aChangeMustComeFromAPageOfThisHost() throws Exception {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
        String path = "/api/nothing";
        HttpRequest.Builder bare =
                rig.request(path).header("Content-Type", "application/json").POST(body);
        assertEquals(403, rig.send(bare).statusCode());
        HttpRequest.Builder foreign = bare.copy().header("Origin", "https://attacker.example");
        assertEquals(403, rig.send(foreign).statusCode());
        HttpRequest.Builder both = foreign.copy().header("X-Taffrail", "1");
        assertEquals(403, rig.send(both).statusCode());
        assertEquals(403, rig.send(bare.copy().header("Origin", "null")).statusCode());
        HttpRequest.Builder own = bare.copy().header("Origin", rig.address());
        assertEquals(404, rig.send(own).statusCode());
        assertEquals(404, rig.send(bare.copy().header("X-Taffrail", "1")).statusCode());
        HttpRequest.Builder form =
                rig.request(path)
                        .header("Content-Type", "text/plain")
                        .header("X-Taffrail", "1")
                        .POST(body);
        assertEquals(415, rig.send(form).statusCode());
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        for (String method : new String[] {"PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT"}) {
            assertTrue(
                    answered(method + " /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .contains(" 405 "),
                    method);
        }
    }

    @Test
    void answersTellABrowserToDoNoMoreThanItWasTold() throws Exception {
        HttpResponse<String> response = rig.get("/health/live");
        assertTrue(
                response.headers()
                        .firstValue("Content-Security-Policy")
                        .orElse("")
                        .startsWith("default-src 'self'; frame-ancestors 'none'"));
        assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").get());
        assertEquals("DENY", response.headers().firstValue("X-Frame-Options").get());
        assertTrue(response.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @Test
    void whoIsSlowIsCutOffAndKeepsNobodyElseWaiting() throws Exception {
        List<Raw> slow = new ArrayList<>();
        try {
            // as many as may be, but for two
            for (int i = 0; i < 14; i++) {
                slow.add(new Raw().say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX"));
            }
            long beganNs = System.nanoTime();
            assertServes();
            assertTrue(
                    System.nanoTime() - beganNs < ConsoleRig.REQUEST_S * 1_000_000_000L,
                    "the slow ones were waited for");
            for (Raw each : slow) {
                assertFalse(each.status().contains("200"));
            }
        } finally {
            for (Raw each : slow) {
                each.close();
            }
        }
        assertServes();
    }

    @Test
    void whoBringsTooManyConnectionsCanStillGoAway() throws Exception {
        List<Raw> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(new Raw().say("GET"));
        }
        for (Raw each : many) {
            each.close();
        }
        Awaitility.await().ignoreExceptions().untilAsserted(HostileRequestsTest::assertServes);
    }
}
