// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What an operator does on the page, in a real browser. */
class PageActionsTest extends PageCase {
    @Test
    void whoManagesSomeDestinationsSeesThoseAlone() throws Exception {
        Path users = folder.resolve("users");
        PasswordHash hash =
                PasswordHash.of(
                        "right", new byte[PasswordHash.SALT_BYTES], PasswordHash.ITERATIONS_LEAST);
        new UsersFile(users).change(all -> all.with("bob", hash));
        Map<String, String> keys =
                Map.of(
                        "security.usersFile",
                        users.toString(),
                        "queue.orders.#.permissions.manage",
                        "user:bob");
        try (ConsoleRig guarded = ConsoleRig.started(keys);
                JMSContext bob = guarded.jms().createContext("bob", "right")) {
            for (String name : new String[] {"orders.eu", "secret"}) {
                bob.createProducer().send(bob.createQueue(name), "m");
            }
            browser.open("http://bob:right@127.0.0.1:" + guarded.port() + "/#/");
            browser.untilShown("of yours");
            browser.untilShown("orders.eu");
            browser.until("document.querySelector('nav a[href=\"#/connections\"]').hidden");
            assertEquals("", browser.run("document.getElementById('trouble').innerText"));
            shoot("partial");
            browser.click("orders.eu");
            browser.untilShown("Who gets its messages");
            browser.run("location.hash = '#/destinations'");
            browser.untilShown("1 of 1 destinations");
            assertEquals("false", browser.run("document.body.innerText.includes('secret')"));
        }
    }

    /** Counts what the page has planned to ask anew; what is called a timer is one still. */
    private void watchTimers() {
        browser.run(
                "(() => { const [set, clear] = [setTimeout, clearTimeout]; const planned = new Set();"
                        + " document.planned = planned;"
                        + " window.setTimeout = (run, ms, ...more) => { const id = set((...given) =>"
                        + " { planned.delete(id); run(...given); }, ms, ...more);"
                        + " ms === 2000 && planned.add(id); return id; };"
                        + " window.clearTimeout = (id) => { planned.delete(id); clear(id); }; })()");
    }

    /** Waits until the page plans to ask anew; with -Pfull, until it has done so and does again. */
    private void untilAlive() {
        if (FULL) {
            browser.run("document.getElementById('taken').textContent = 'long ago'");
            browser.until("document.getElementById('taken').textContent !== 'long ago'");
        }
        browser.until("document.planned.size === 1");
    }

    /** Has the page opened anew; what is planned then, is planned by the time it is shown. */
    private void openAnew() {
        browser.run("dispatchEvent(new Event('hashchange'))");
        browser.until("document.querySelector('.tiles')");
    }

    private void untilDepth(int depth) {
        browser.until("document.querySelector('.tiles dd')?.innerText === '" + depth + "'");
    }

    @Test
    void aPageThatIsPausedAsksNothingUntilItGoesOn() {
        Queue queue = context.createQueue("paused");
        send(queue, "m", 1);
        open("#/destination/queue/paused");
        watchTimers();
        openAnew();
        browser.until("document.planned.size === 1");
        browser.click("Pause");
        assertEquals("0", browser.run("document.planned.size"));
        assertEquals("true", browser.run("document.getElementById('pause').ariaPressed"));
        openAnew();
        assertEquals("0", browser.run("document.planned.size"));
        send(queue, "m", 1);
        browser.run("document.dispatchEvent(new Event('visibilitychange'))"); // not even now
        assertEquals("1", browser.run("document.querySelector('.tiles dd').innerText"));
        browser.click("Resume");
        untilDepth(2);
        untilAlive();
    }

    @Test
    void aHiddenTabAsksNothingUntilItIsInFront() {
        Queue queue = context.createQueue("hidden");
        send(queue, "m", 1);
        open("#/destination/queue/hidden");
        watchTimers();
        openAnew();
        browser.until("document.planned.size === 1");
        String other = browser.hide();
        try {
            browser.until("document.hidden");
            openAnew();
            assertEquals("0", browser.run("document.planned.size"));
            send(queue, "m", 1);
            assertEquals("1", browser.run("document.querySelector('.tiles dd').innerText"));
        } finally {
            browser.show(other);
        }
        untilDepth(2);
        untilAlive();
    }

    @Test
    void replaysATopicIntoAQueueAndSetsWhereASubscriptionGoesOn() throws Exception {
        Topic topic = context.createTopic("rates");
        context.createDurableConsumer(topic, "ledger").close();
        send(topic, "r", 3);
        try (JMSConsumer ledger = context.createDurableConsumer(topic, "ledger")) {
            for (int i = 0; i < 3; i++) {
                ledger.receive(5000).acknowledge();
            }
        }
        send(context.createQueue("replayed"), "before", 1);

        open("#/destination/topic/rates");
        browser.click("Replay\u2026");
        browser.fill("to", "replayed");
        browser.fill("start", "1");
        browser.fill("selector", "region = 'north'");
        browser.fill("limit", "1");
        shoot("replay");
        browser.click("Replay");
        browser.untilShown("Replayed: 1.");
        try (JMSConsumer consumer = context.createConsumer(context.createQueue("replayed"))) {
            assertEquals("before0", consumer.receive(5000).getBody(String.class));
            assertEquals("r1", consumer.receive(5000).getBody(String.class));
        }

        browser.click("From\u2026");
        browser.fill("start", "2");
        browser.click("Set");
        browser.untilShown("ledger goes on from 2.");
        try (JMSConsumer ledger = context.createDurableConsumer(topic, "ledger")) {
            assertEquals("r2", ledger.receive(5000).getBody(String.class));
            browser.click("From\u2026"); // but not under somebody who consumes
            browser.fill("start", "earliest");
            browser.click("Set");
            browser.until("document.querySelector('dialog .trouble').innerText");
            browser.click("Cancel");
        }
    }

    @Test
    void sendsBytesAndHeaders() throws Exception {
        Queue queue = context.createQueue("bytes");
        send(queue, "m", 1);
        Path file = Files.write(folder.resolve("body.bin"), new byte[] {0, 1, (byte) 0xff, 10});
        open("#/destination/queue/bytes");
        browser.click("Send\u2026");
        browser.fill("body", "AAH/\nCg==");
        browser.fill("as", "bytes, written in Base64");
        browser.fill("correlationId", "c-1");
        browser.fill("type", "order");
        browser.fill("group", "g");
        shoot("send");
        browser.click("Send");
        browser.untilShown("Sent ID:");
        browser.click("Send\u2026");
        browser.choose("file", file);
        browser.fill("body", "x");
        browser.click("Send");
        browser.untilShown("Either a body or a file.");
        browser.fill("body", "");
        browser.click("Send");
        browser.until("!document.querySelector('dialog')");
        browser.click("Send\u2026");
        browser.choose("file", Files.write(folder.resolve("large.bin"), new byte[8 << 20]));
        browser.click("Send");
        browser.untilShown("http.bodyBytesMax");
        browser.click("Cancel");
        try (JMSConsumer consumer = context.createConsumer(queue)) {
            assertEquals("m0", consumer.receive(5000).getBody(String.class));
            Message typed = consumer.receive(5000);
            assertArrayEquals(Files.readAllBytes(file), typed.getBody(byte[].class));
            assertEquals("c-1", typed.getJMSCorrelationID());
            assertEquals("order", typed.getJMSType());
            assertEquals("g", typed.getStringProperty("JMSXGroupID"));
            Message chosen = consumer.receive(5000);
            assertArrayEquals(Files.readAllBytes(file), chosen.getBody(byte[].class));
        }
    }

    @Test
    void disconnectsWhoIsStuckOnceItIsConfirmed() throws Exception {
        Queue queue = context.createQueue("frozen");
        send(queue, "m", 2);
        CompletableFuture<JMSException> heard = new CompletableFuture<>();
        try (JMSContext stuck =
                        rig.jms().createContext("freezer", "any", Session.CLIENT_ACKNOWLEDGE);
                JMSConsumer consumer = stuck.createConsumer(queue)) {
            stuck.setExceptionListener(heard::complete);
            consumer.receive(5000);
            open("#/destination/queue/frozen");
            browser.untilShown("freezer");
            browser.run("document.querySelector('a[href^=\"#/connection/\"]').click()");
            browser.untilShown("Sends as producer");
            browser.click("Disconnect\u2026");
            browser.untilShown("What it holds (2 messages) goes to others");
            shoot("disconnect");
            browser.click("Cancel");
            browser.until("!document.querySelector('dialog')");
            assertFalse(heard.isDone());
            browser.click("Disconnect\u2026");
            browser.fill("reason", "the page says so");
            browser.click("Disconnect");
            browser.untilShown("Disconnected freezer at ");
            assertEquals("#/connections", browser.run("location.hash"));
            String why = heard.get(20, TimeUnit.SECONDS).getMessage();
            assertTrue(why.contains("has ended the connection: the page says so"), why);
        }
        try (JMSConsumer other = context.createConsumer(queue)) {
            assertTrue(other.receive(5000).getJMSRedelivered());
        }
    }

    @Test
    void showsWhichMessagesAConsumerHolds() throws Exception {
        Queue queue = context.createQueue("stuck");
        send(queue, "m", 3);
        try (JMSContext other =
                        rig.jms().createContext("packing", "any", Session.CLIENT_ACKNOWLEDGE);
                JMSConsumer consumer = other.createConsumer(queue)) {
            Message first = consumer.receive(5000);
            String tail = first.getJMSMessageID().substring(first.getJMSMessageID().length() - 6);
            open("#/destination/queue/stuck");
            browser.untilShown("packing");
            browser.click("3");
            browser.untilShown("What it holds");
            browser.untilShown(tail);
            browser.untilShown("to be settled");
            shoot("stuck");
            browser.run("document.querySelector('a[href^=\"#/connection/\"]').click()");
            browser.untilShown("Sends as producer");
            browser.click("3");
            browser.untilShown(tail);
            shoot("connection");
            first.acknowledge();
            browser.run("document.dispatchEvent(new Event('visibilitychange'))"); // asks at once
            browser.until("!document.body.innerText.includes('" + tail + "')");
        }
    }

    @Test
    void closesAQueueToSendersAndOpensItAgain() {
        send(context.createQueue("shut"), "x", 1);
        open("#/destination/queue/shut");
        browser.click("Close to senders\u2026");
        browser.untilShown("Consumers go on.");
        browser.click("Close to senders");
        browser.untilShown("Closed queue shut to senders.");
        browser.untilShown("queue, closed to senders");
        browser.click("Open to senders\u2026");
        browser.click("Open to senders");
        browser.untilShown("Opened queue shut to senders.");
        browser.untilShown("Close to senders\u2026");
    }
}
