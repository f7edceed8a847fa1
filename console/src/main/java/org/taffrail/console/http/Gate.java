// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.broker.cli.Json;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets requests in: each is for this host, has a size within the limits, and, if it changes
 * something, does not come from another's page. Answers with headers that keep a browser from doing
 * more than it was told.
 */
final class Gate {
    /** Who sends this can't be a form or an image of another's page: it would have to ask first. */
    static final String OWN_HEADER = "X-Taffrail";

    static final int URI_CHARS_MAX = 8192;

    private static final int PARAMETERS_MAX = 32;
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Hosts hosts;
    private final int bodyBytesMax;
    private final boolean encrypted;

    Gate(Hosts hosts, int bodyBytesMax, boolean encrypted) {
        this.hosts = hosts;
        this.bodyBytesMax = bodyBytesMax;
        this.encrypted = encrypted;
    }

    /** Answers an exchange, whatever comes of it, and ends it. */
    void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = handler.handle(admit(exchange));
            } catch (Refusal e) {
                answer = refused(exchange, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer = refused(exchange, new Refusal(Refusal.UNAVAILABLE, "the broker stops"));
            } catch (RuntimeException e) {
                LOG.error("event=http_defect peer={}", peer(exchange), e);
                answer = refused(exchange, new Refusal(Refusal.DEFECT, "a defect; see the log"));
            }
            send(exchange, answer);
        }
    }

    private static Answer refused(HttpExchange exchange, Refusal refusal) {
        if (refusal.status() == Refusal.UNAUTHORIZED) {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Basic realm=\"taffrail\", charset=\"UTF-8\"");
        }
        if (refusal.status() == Refusal.METHOD_NOT_ALLOWED) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD, POST");
        }
        Json json = Json.object().put("status", refusal.status()).put("code", refusal.code());
        return Answer.json(refusal.status(), json.put("error", refusal.getMessage()).toString());
    }

    private Request admit(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String host = only(headers, "Host");
        if (host == null || !hosts.isOurs(host)) {
            throw new Refusal(
                    host == null ? Refusal.BAD_REQUEST : Refusal.MISDIRECTED,
                    "this is not the host that is asked for; http.names lists more names of it");
        }
        String method = exchange.getRequestMethod();
        if (!List.of("GET", "HEAD", "POST").contains(method)) {
            throw new Refusal(Refusal.METHOD_NOT_ALLOWED, "allowed are GET, HEAD and POST");
        }
        boolean changes = method.equals(Request.POST);
        if (changes) {
            checkOrigin(headers, host);
        }
        String uri = exchange.getRequestURI().toString();
        if (uri.length() > URI_CHARS_MAX) {
            throw new Refusal(
                    Refusal.URI_TOO_LONG,
                    "an address of " + uri.length() + " characters, allowed are " + URI_CHARS_MAX);
        }
        String path = exchange.getRequestURI().getPath();
        if (path == null || !path.startsWith("/")) {
            throw new Refusal(Refusal.BAD_REQUEST, "the address has no path");
        }
        return new Request(
                changes ? Request.POST : Request.GET,
                path,
                parameters(exchange.getRequestURI().getRawQuery()),
                peer(exchange),
                only(headers, "Authorization"),
                changes ? body(exchange) : new byte[0]);
    }

    private static String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        if (values != null && values.size() > 1) {
            throw new Refusal(Refusal.BAD_REQUEST, "several headers " + name);
        }
        return values == null ? null : values.get(0);
    }

    /** Refuses what another's page may have sent, with the credentials that the browser knows. */
    private void checkOrigin(Headers headers, String host) {
        String origin = only(headers, "Origin");
        boolean own =
                origin == null
                        ? headers.containsKey(OWN_HEADER)
                        : Hosts.isSame(origin, host, encrypted);
        if (!own) {
            throw new Refusal(
                    Refusal.FORBIDDEN,
                    "a change must come from this host's own page; without a browser, send the"
                            + " header "
                            + OWN_HEADER
                            + ": 1");
        }
        String type = only(headers, "Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            throw new Refusal(Refusal.UNSUPPORTED_TYPE, "the body must be application/json");
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        String[] parts = query == null ? new String[0] : query.split("&", PARAMETERS_MAX + 2);
        if (parts.length > PARAMETERS_MAX) {
            throw new Refusal(Refusal.BAD_REQUEST, "more than " + PARAMETERS_MAX + " parameters");
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "a parameter that can't be read");
        }
    }

    private byte[] body(HttpExchange exchange) throws IOException {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && (length.length() > 18 || Long.parseLong(length) > bodyBytesMax)) {
            throw tooLarge(length);
        }
        InputStream body = exchange.getRequestBody();
        byte[] read = body.readNBytes(bodyBytesMax + 1);
        if (read.length > bodyBytesMax) {
            throw tooLarge("more than " + bodyBytesMax);
        }
        return read;
    }

    private Refusal tooLarge(String bytes) {
        return new Refusal(
                Refusal.TOO_LARGE,
                "a body of "
                        + bytes
                        + " bytes, allowed are "
                        + bodyBytesMax
                        + " (http.bodyBytesMax)");
    }

    private static String peer(HttpExchange exchange) {
        InetSocketAddress peer = exchange.getRemoteAddress();
        return "http " + peer.getAddress().getHostAddress() + ':' + peer.getPort();
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set(
                "Content-Security-Policy",
                "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        if (encrypted) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (answer.status() == Refusal.TOO_LARGE) {
            headers.set("Connection", "close"); // what was not read would be taken for a request
        }
        byte[] body = answer.body();
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
