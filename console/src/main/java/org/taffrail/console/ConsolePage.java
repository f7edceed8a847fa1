// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.taffrail.console.http.Answer;
import org.taffrail.console.http.Handler;
import org.taffrail.console.http.Refusal;
import org.taffrail.console.http.Request;
import org.taffrail.console.visit.Visit;
import org.taffrail.console.visit.Visits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The page that people look at: a few files from the jar, read once, each under one path that is
 * compared as a whole. All that it shows it asks of the API, as whoever looks at it.
 */
final class ConsolePage implements Handler {
    private static final int OK = 200;
    private static final String START = "/";
    private static final String FOLDER = "page/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final Visits visits;
    private final Map<String, Answer> files = new TreeMap<>();

    ConsolePage(Visits visits) {
        this.visits = visits;
        files.put(START, read("index.html", "text/html; charset=utf-8"));
        put("console.css", "text/css; charset=utf-8");
        put("icon.svg", "image/svg+xml");
        for (String script :
                new String[] {
                    "api",
                    "changes",
                    "connection",
                    "connections",
                    "dead",
                    "destination",
                    "destinations",
                    "dom",
                    "held",
                    "main",
                    "message",
                    "overview",
                    "words"
                }) {
            put(script + ".js", SCRIPT);
        }
    }

    private void put(String name, String type) {
        files.put(START + FOLDER + name, read(name, type));
    }

    private static Answer read(String name, String type) {
        try (InputStream file = ConsolePage.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException(FOLDER + name + " is not in the jar");
            }
            return new Answer(OK, type, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(FOLDER + name, e);
        }
    }

    @Override
    public Answer handle(Request request) throws InterruptedException {
        Answer file = files.get(request.path());
        if (file == null) {
            throw new Refusal(Refusal.NOT_FOUND, "there is nothing here");
        }
        if (request.changes()) {
            throw new Refusal(Refusal.METHOD_NOT_ALLOWED, "a page takes GET");
        }
        if (request.path().equals(START)) {
            requireSomeManager(request);
        }
        return file;
    }

    /**
     * Lets a browser ask for user and password, where there is none yet and where those that it
     * knows may not see anything. The other files are in everybody's copy of the jar.
     */
    private void requireSomeManager(Request request) throws InterruptedException {
        try (Visit visit = visits.begin(request)) {
            visit.requireSomeManager();
        } catch (Refusal e) {
            if (e.status() == Refusal.FORBIDDEN) {
                throw new Refusal(Refusal.UNAUTHORIZED, e.code(), e.getMessage());
            }
            if (e.status() != Refusal.UNAVAILABLE) {
                throw e;
            } // a broker that only starts: the page says so, and asks again
        }
    }
}
