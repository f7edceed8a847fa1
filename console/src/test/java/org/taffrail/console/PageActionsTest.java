// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;

import java.nio.file.Path;
import java.util.Map;

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
            browser.untilShown("that you may manage");
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
}
