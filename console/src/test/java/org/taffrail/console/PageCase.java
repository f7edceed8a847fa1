// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.jms.JMSContext;
import jakarta.jms.Session;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real browser in which the page is open, with a real broker behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageCase {
    static final Path SHOTS = Path.of("target", "screenshots");

    static final boolean FULL = "full".equals(System.getProperty("taffrail.tests"));

    ConsoleRig rig;
    Browser browser;
    Path folder;
    JMSContext context;

    @BeforeAll
    void startAll(@TempDir Path given) throws Exception {
        assumeTrue(Files.isExecutable(Browser.PROGRAM), "needs " + Browser.PROGRAM);
        rig =
                ConsoleRig.started(
                        Map.of(
                                "redelivery.deliveriesMax",
                                "1",
                                "retention.timeMs",
                                "1h",
                                "http.connectionsMax",
                                "64"));
        context = rig.jms().createContext("billing", "any", Session.CLIENT_ACKNOWLEDGE);
        context.setClientID("desk");
        folder = given;
        browser = new Browser(folder);
    }

    @AfterAll
    void stopAll() {
        if (browser != null) {
            browser.close();
        }
        if (rig != null) {
            context.close();
            rig.close();
        }
    }

    @BeforeEach
    void wide() {
        browser.resize(1280, 900, false);
    }

    void send(jakarta.jms.Destination to, String body, int count) {
        for (int i = 0; i < count; i++) {
            context.createProducer().setProperty("region", "north").send(to, body + i);
        }
    }

    void open(String hash) {
        if (browser.run("location.origin").equals(rig.address())) {
            browser.run(
                    "new Promise((done) => { history.replaceState(null, '', '#/none');"
                            + " addEventListener('hashchange', done, {once: true});"
                            + " location.hash = '"
                            + (hash.isEmpty() ? "#/" : hash)
                            + "'; })");
        } else {
            browser.open(rig.address() + "/" + hash);
        }
        browser.until(
                "document.querySelector('main h1') && !document.body.innerText.includes('Loading\u2026')");
    }

    /** A picture of a page as it is on a screen and on a phone. */
    void shoot(String name) throws Exception {
        if (FULL) {
            browser.screenshot(SHOTS.resolve(name + "-1280.png"));
            browser.resize(390, 844, false);
            assertEquals("390", browser.run("document.documentElement.scrollWidth"), name);
            browser.screenshot(SHOTS.resolve(name + "-390.png"));
            browser.resize(1280, 900, false);
        }
    }
}
