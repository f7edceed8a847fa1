// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;

/** What an operator does on the page, in a real browser. */
class PageActionsTest extends PageCase {
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
