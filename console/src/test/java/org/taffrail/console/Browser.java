// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Chromium without a window, told what to do over its DevTools protocol. What a script returns
 * comes back in Base64, so that no reader of JSON is needed.
 */
final class Browser implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private static final int PATIENCE_S = 30;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<String>> asked = new ConcurrentHashMap<>();

    /**
     * Starts one.
     *
     * @param folder an empty one, for what it keeps
     */
    Browser(Path folder) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-extensions",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank");
        builder.environment().put("HOME", folder.toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile());
        process = builder.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            socket =
                    client.newWebSocketBuilder()
                            .buildAsync(page(client, port(folder)), new Answers())
                            .get(PATIENCE_S, TimeUnit.SECONDS);
            command("Page.enable", "{}");
            command("Runtime.enable", "{}");
        } catch (Exception e) {
            stop();
            throw e;
        }
    }

    private int port(Path folder) {
        Path file = folder.resolve("DevToolsActivePort");
        Awaitility.await()
                .atMost(PATIENCE_S, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.exists(file) && Files.readString(file).contains("\n"));
        try {
            return Integer.parseInt(Files.readAllLines(file).get(0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI page(HttpClient client, int port) throws Exception {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/new?about:blank");
        HttpRequest request =
                HttpRequest.newBuilder(list).PUT(HttpRequest.BodyPublishers.noBody()).build();
        String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return URI.create(body.replaceAll("(?s).*\"webSocketDebuggerUrl\": *\"([^\"]+)\".*", "$1"));
    }

    /** Puts parts of answers together, and gives them to whoever asked. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                if (whole.startsWith("{\"id\":")) {
                    int id = Integer.parseInt(whole.substring(6, whole.indexOf(',')));
                    asked.remove(id).complete(whole);
                }
            }
            from.request(1);
            return null;
        }
    }

    private String command(String method, String parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(
                        "{\"id\":"
                                + id
                                + ",\"method\":\""
                                + method
                                + "\",\"params\":"
                                + parameters
                                + "}",
                        true)
                .join();
        try {
            String whole = answer.get(PATIENCE_S, TimeUnit.SECONDS);
            if (whole.contains("\"error\":{") || whole.contains("\"exceptionDetails\":")) {
                throw new AssertionError(method + ' ' + parameters + ": " + whole);
            }
            return whole;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + ' ' + parameters, e);
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            quoted.append(
                    each == '"' || each == '\\' || each < ' ' || each > '~'
                            ? "\\u" + HexFormat.of().toHexDigits(each)
                            : String.valueOf(each));
        }
        return quoted.append('"').toString();
    }

    private static String between(String text, String before) {
        int at = text.indexOf(before) + before.length();
        return text.substring(at, text.indexOf('"', at));
    }

    void open(String address) {
        command("Page.navigate", "{\"url\":" + quoted(address) + "}");
    }

    /** Runs a script's expression, waits where it is a promise, and returns its value as a text. */
    String run(String expression) {
        String script =
                "(async () => { const value = await ("
                        + expression
                        + "); return btoa(String.fromCharCode("
                        + "...new TextEncoder().encode(String(value)))); })()";
        String answer =
                command(
                        "Runtime.evaluate",
                        "{\"awaitPromise\":true,\"userGesture\":true,\"expression\":"
                                + quoted(script)
                                + "}");
        byte[] bytes = Base64.getDecoder().decode(between(answer, "\"value\":\""));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Waits until an expression is true. */
    void until(String expression) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE_S, TimeUnit.SECONDS)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(40))
                    .until(
                            () ->
                                    run("Boolean(document.body && (" + expression + "))")
                                            .equals("true"));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(expression + " in: " + run("document.body.innerText"), e);
        }
    }

    /** Waits until a text is shown. */
    void untilShown(String text) {
        until("document.body.innerText.includes(" + quoted(text) + ")");
    }

    /** Clicks the first button or link with a text, in the open dialog where there is one. */
    void click(String text) {
        String find =
                "[...(document.querySelector('dialog') || document)"
                        + ".querySelectorAll('button, a')].find((each) => each.innerText.trim() === "
                        + quoted(text)
                        + " && !each.disabled)";
        until(find);
        run("[" + find + "].forEach((each) => { each.focus(); each.click(); })");
    }

    /** Fills in a field of the open dialog. */
    void fill(String name, String value) {
        until("document.querySelector('dialog [name=" + name + "]')");
        run("document.querySelector('dialog [name=" + name + "]').value = " + quoted(value));
    }

    /** Chooses a file in a field of the open dialog. */
    void choose(String name, Path file) {
        until("document.querySelector('dialog [name=" + name + "]')");
        String field = "document.querySelector('dialog [name=" + name + "]')";
        String object = command("Runtime.evaluate", "{\"expression\":" + quoted(field) + "}");
        command(
                "DOM.setFileInputFiles",
                "{\"files\":["
                        + quoted(file.toAbsolutePath().toString())
                        + "],\"objectId\":"
                        + quoted(between(object, "\"objectId\":\""))
                        + "}");
    }

    /** Opens another tab before the page's, which is hidden by that. */
    String hide() {
        return between(
                command("Target.createTarget", "{\"url\":\"about:blank\"}"), "\"targetId\":\"");
    }

    /** Closes the other tab, so that the page is in front. */
    void show(String other) {
        command("Target.closeTarget", "{\"targetId\":" + quoted(other) + "}");
        command("Page.bringToFront", "{}");
    }

    /** Types a text where the focus is. */
    void type(String text) {
        command("Input.insertText", "{\"text\":" + quoted(text) + "}");
    }

    /** Presses a key and lets it go. */
    void press(String key, int code, String text) {
        String both = "\"key\":" + quoted(key) + ",\"windowsVirtualKeyCode\":" + code;
        String typed = text.isEmpty() ? "" : ",\"text\":" + quoted(text);
        command(
                "Input.dispatchKeyEvent",
                "{\"type\":\""
                        + (text.isEmpty() ? "rawKeyDown" : "keyDown")
                        + "\","
                        + both
                        + typed
                        + "}");
        command("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + both + "}");
    }

    /** Makes the window so large. */
    void resize(int width, int height, boolean dark) {
        command(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":"
                        + width
                        + ",\"height\":"
                        + height
                        + ",\"deviceScaleFactor\":1,\"mobile\":"
                        + (width < 700)
                        + "}");
        command(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
                        + (dark ? "dark" : "light")
                        + "\"}]}");
    }

    void screenshot(Path file) throws IOException {
        String answer = command("Page.captureScreenshot", "{\"format\":\"png\"}");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(between(answer, "\"data\":\"")));
    }

    private void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            command("Browser.close", "{}");
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
    }
}
