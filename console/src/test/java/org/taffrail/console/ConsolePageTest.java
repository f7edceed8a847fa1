// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;

import java.nio.file.Path;
import java.util.Map;

/** The page in a real browser, with a real broker behind it. */
class ConsolePageTest extends PageCase {
    private static final String HOSTILE = "<img src=x onerror=document.hacked=1>";
    private static final String HOSTILE_BODY = HOSTILE + "<script>document.hacked=1</script>";

    private JMSConsumer subscriber;

    @BeforeAll
    void start() throws Exception {
        subscriber = context.createDurableConsumer(context.createTopic("prices"), "audit");
        send(context.createTopic("prices"), "p", 3);
        fill();
        rig.scrape(); // now the console's figures know of all that
    }

    private void fill() {
        send(context.createQueue("list.a"), "m", 1);
        send(context.createQueue("list.b"), "m", 3);
        send(context.createQueue("list.c"), "m", 2);
        send(context.createQueue("read"), "m", 30);
        send(context.createQueue("full"), "m", 7);
        send(context.createQueue("held"), "m", 2);
        for (String name : new String[] {"kept", "sent", "refused", "keys"}) {
            send(context.createQueue(name), "m", 1);
        }
        die(context.createQueue("triage"), "poison", 4);
        Queue hostile = context.createQueue(HOSTILE);
        die(hostile, HOSTILE_BODY, 1);
        send(hostile, HOSTILE_BODY, 12); // among the deepest
        Queue orders = context.createQueue("shop.orders.incoming");
        die(orders, "{\"order\":4711}", 3);
        send(orders, "{\"order\":4712}", 9);
    }

    private void die(Queue queue, String body, int count) {
        send(queue, body, count);
        try (JMSContext failing = rig.jms().createContext(Session.SESSION_TRANSACTED);
                JMSConsumer consumer = failing.createConsumer(queue)) {
            for (int i = 0; i < count; i++) {
                assertTrue(consumer.receive(5000) != null);
            }
            failing.rollback();
        }
    }

    private String names() {
        return browser.run("[...document.querySelectorAll('tbody th a')].map((a) => a.innerText)");
    }

    @Test
    void showsTheBrokerAtAGlance() {
        open("");
        browser.untilShown("running");
        browser.untilShown("read");
        browser.untilShown("a send, from its arrival to its answer");
        assertEquals("Overview - Taffrail", browser.run("document.title"));
        assertEquals("Overview", browser.run("document.querySelector('[aria-current]').innerText"));
        browser.until("document.querySelector('svg.spark polyline')");
    }

    @Test
    void filtersAndSortsDestinationsAndUnfoldsTheirSubscriptions() {
        open("#/destinations?containing=LIST.");
        browser.untilShown("3 of ");
        assertEquals("list.a,list.b,list.c", names());
        browser.click("Depth");
        browser.until("document.querySelector('th[aria-sort=descending]')");
        assertEquals("list.b,list.c,list.a", names());
        browser.click("Depth");
        browser.until("document.querySelector('th[aria-sort=ascending]')");
        assertEquals("list.a,list.c,list.b", names());
        assertTrue(browser.run("location.hash").contains("sort=depth"));

        open("#/destinations?containing=prices");
        browser.click("1 subscribed");
        browser.untilShown("audit of desk");
    }

    @Test
    void focusAndWhatIsTypedOutliveARefresh() {
        assumeTrue(FULL, "waits for samples: only with -Pfull");
        open("#/destinations?containing=kept");
        browser.run("document.querySelector('tbody th a').focus()");
        browser.run("document.querySelector('tbody').seen = 1");
        send(context.createQueue("kept"), "m", 4);
        browser.until("document.querySelector('tbody td').innerText === '5'");
        assertEquals("kept", browser.run("document.activeElement.innerText"));
        assertEquals("1", browser.run("document.querySelector('tbody').seen"));
    }

    @Test
    void browsesShowsAndFindsMessages() {
        Queue queue = context.createQueue("read");
        context.createProducer()
                .setProperty("region", "north")
                .setProperty("big", 9007199254740993L)
                .setPriority(9) // so that it is the first
                .send(queue, "{\"customer\": \"Ann\"}");
        open("#/destination/queue/read");
        browser.untilShown("1 to 25");
        browser.click("Next");
        browser.untilShown("26 to 31");
        browser.click("Previous");
        browser.until(
                "document.querySelector('main h2') && document.body.innerText.includes('1 to 25')");
        browser.run("document.querySelector('tbody a.id').click()");
        browser.untilShown("Those that begin with JMS_TAFFRAIL");
        browser.untilShown("9007199254740993");
        assertEquals(
                "{\n  \"customer\": \"Ann\"\n}",
                browser.run("document.querySelector('[data-body]').textContent"));

        open("#/destination/queue/read");
        browser.untilShown("1 to 25");
        browser.run("document.querySelector('[name=selector]').value = \"big IS NOT NULL\"");
        browser.click("Search");
        browser.untilShown("Found in the log");
        browser.until("document.querySelectorAll('a.id').length === 1");
        browser.click("Clear");
        browser.untilShown("1 to 25");
        browser.run("document.querySelector('[name=selector]').value = \"big IS NOT NULL\"");
        browser.click("Search");
        browser.untilShown("Found in the log");
        browser.until("document.querySelectorAll('a.id').length === 1");
        browser.run("document.querySelector('[name=selector]').value = 'region ='");
        browser.click("Search");
        browser.until("document.getElementById('trouble').innerText");
    }

    @Test
    void sendsATestMessage() throws Exception {
        Queue queue = context.createQueue("sent");
        open("#/destination/queue/sent");
        browser.click("Send\u2026");
        browser.fill("body", "h\u00e9llo\nworld");
        browser.fill("properties", "region=south\nn=3\nok=true\nquoted=\"7\"");
        browser.fill("priority", "9");
        browser.fill("timeToLive", "600");
        if (FULL) {
            browser.screenshot(SHOTS.resolve("send-1280.png"));
        }
        browser.click("Send");
        browser.untilShown("Sent ID:");
        browser.untilShown("1 to 2");
        try (JMSConsumer consumer = context.createConsumer(queue)) {
            Message message = consumer.receive(5000); // of a higher priority, so the first
            assertEquals("h\u00e9llo\nworld", message.getBody(String.class));
            assertEquals("south", message.getStringProperty("region"));
            assertEquals(3, message.getLongProperty("n"));
            assertTrue(message.getBooleanProperty("ok"));
            assertEquals("7", message.getObjectProperty("quoted"));
            assertEquals(9, message.getJMSPriority());
            assertTrue(message.getJMSExpiration() > System.currentTimeMillis());
        }
    }

    @Test
    void showsWhoConsumesAndWhoHolds() throws Exception {
        assumeTrue(FULL, "waits for samples: only with -Pfull");
        Queue queue = context.createQueue("held");
        try (JMSContext other =
                        rig.jms().createContext("shipping", "any", Session.CLIENT_ACKNOWLEDGE);
                JMSConsumer consumer = other.createConsumer(queue)) {
            assertTrue(consumer.receive(5000) != null);
            rig.scrape();
            open("#/destination/queue/held");
            browser.untilShown("shipping");
            open("#/connections");
            browser.untilShown("shipping");
            browser.click("Look who holds messages");
            browser.until("document.querySelectorAll('table')[1]?.innerText.includes('shipping')");
        }
    }

    @Test
    void sendsDeadLettersBackAndDiscardsOthers() throws Exception {
        Queue queue = context.createQueue("triage");
        open("#/dead-letters");
        browser.click("DLQ.triage");
        browser.untilShown("delivery limit");
        browser.untilShown("queue triage");
        browser.run("document.querySelector('tbody input').click()");
        browser.click("Retry selected (1)");
        browser.untilShown("1 message will be sent back");
        browser.click("Retry 1 message");
        browser.untilShown("Sent back: 1.");
        browser.untilShown("3 messages waiting");
        try (JMSConsumer consumer = context.createConsumer(queue)) {
            Message back = consumer.receive(5000);
            assertEquals("poison0", back.getBody(String.class));
            back.acknowledge();
        }
        browser.click("Discard");
        browser.click("Discard 1 message");
        browser.untilShown("2 messages waiting");
        browser.click("Discard all\u2026");
        browser.click("Discard 2 messages");
        browser.untilShown("No dead letter is waiting here.");
    }

    @Test
    void asksBeforeItPurgesAndSaysHowMany() {
        open("#/destination/queue/full");
        browser.click("Purge\u2026");
        browser.untilShown("7 messages of queue full will be removed for good");
        browser.click("Cancel");
        browser.until("!document.querySelector('dialog')");
        browser.untilShown("1 to 7");
        assertEquals("Purge\u2026", browser.run("document.activeElement.innerText"));
        browser.click("Purge\u2026");
        browser.fill("limit", "2");
        browser.click("Purge 7 messages");
        browser.untilShown("Purged: 2");
        browser.click("Purge\u2026");
        browser.click("Purge 5 messages");
        browser.untilShown("Purged: 5");
        browser.untilShown("None.");
        browser.click("Delete\u2026");
        browser.untilShown("It is empty.");
        browser.click("Delete queue");
        browser.untilShown("Deleted queue full.");
        assertEquals("#/destinations", browser.run("location.hash"));
    }

    @Test
    void whatIsRefusedStaysInTheDialogWithTheBrokersWords() {
        open("#/destination/queue/refused");
        browser.click("Move\u2026");
        browser.fill("to", "nowhere");
        browser.click("Move");
        browser.until(
                "document.querySelector('dialog [role=alert]').innerText.startsWith('no such destination')");
        open("#/connections");
        browser.until("!document.querySelector('dialog')");
    }

    @Test
    void showsWhoConsumesASubscriptionAndAsksBeforeItIsPurged() {
        open("#/destination/topic/prices");
        browser.untilShown("audit of desk");
        browser.click("Consumers");
        browser.untilShown("Consumers of the subscription");
        browser.until("document.querySelectorAll('table')[1].innerText.includes('billing')");
        browser.run(
                "[...document.querySelectorAll('tbody button')]"
                        + ".find((each) => each.innerText === 'Purge\u2026').click()");
        browser.untilShown("3 messages of subscription audit will be removed for good");
        browser.click("Cancel");
        browser.until("!document.querySelector('dialog')");
    }

    @Test
    void saysThatTheBrokerIsGone() throws Exception {
        assumeTrue(FULL, "waits for the page to ask anew: only with -Pfull");
        try (ConsoleRig gone = ConsoleRig.started(Map.of())) {
            browser.open(gone.address() + "/#/connections");
            browser.untilShown("this page among them");
        }
        browser.until(
                "document.getElementById('trouble').innerText.startsWith('The broker does not')");
        browser.untilShown("this page among them");
    }

    @Test
    void offersQueuesToMoveTo() {
        open("#/destination/queue/refused");
        browser.click("Move\u2026");
        browser.until("document.activeElement.name === 'to'");
        browser.type("list.");
        browser.until("document.querySelectorAll('dialog datalist option').length === 3");
        browser.fill("to", "list.a");
        browser.click("Move");
        browser.untilShown("Moved: 1.");
    }

    @Test
    void asksAsTheUserWhomTheBrowserKnows() throws Exception {
        Path users = folder.resolve("users");
        PasswordHash hash =
                PasswordHash.of(
                        "right", new byte[PasswordHash.SALT_BYTES], PasswordHash.ITERATIONS_LEAST);
        new UsersFile(users).change(all -> all.with("alice", hash));
        Map<String, String> keys =
                Map.of("security.usersFile", users.toString(), "security.managers", "alice");
        try (ConsoleRig guarded = ConsoleRig.started(keys)) {
            browser.open("http://alice:right@127.0.0.1:" + guarded.port() + "/#/connections");
            browser.until("document.querySelector('tbody th')?.innerText === 'alice'");
        }
    }

    @Test
    void tenThousandDestinationsAreAsQuickAsTen() throws Exception {
        assumeTrue(FULL, "makes ten thousand queues: only with -Pfull");
        try (ConsoleRig large = ConsoleRig.started(Map.of())) {
            try (JMSContext many = large.jms().createContext()) {
                for (int i = 0; i < 10_000; i++) {
                    many.createProducer().send(many.createQueue("many." + i), "m");
                }
            }
            large.scrape();
            browser.open(large.address() + "/#/destinations?sort=depth&descending=true");
            browser.untilShown("10,000 of 10,000 destinations");
            assertEquals("50", browser.run("document.querySelectorAll('tbody tr').length"));
            browser.screenshot(SHOTS.resolve("many-1280.png"));
            browser.run("document.querySelector('[data-filter]').focus()");
            browser.type("many.4711");
            browser.untilShown("1 of 10,000 destinations");
            long longestMs =
                    Long.parseLong(
                            browser.run(
                                    "Math.round(Math.max(...performance.getEntriesByType('resource')"
                                            + ".filter((each) => each.name.includes('/api/'))"
                                            + ".map((each) => each.duration)))"));
            assertTrue(longestMs < 2000, () -> longestMs + " ms for one answer");
        }
    }

    @Test
    void hostileNamesAndBodiesStayText() throws Exception {
        for (String hash :
                new String[] {"", "#/destinations?containing=onerror", "#/dead-letters"}) {
            open(hash);
            browser.untilShown(HOSTILE);
            assertHarmless();
        }
        open("#/destinations?containing=onerror&kind=queue");
        browser.click(HOSTILE);
        browser.untilShown("1 to 12");
        assertHarmless();
        browser.run("document.querySelector('a.id').click()");
        browser.until("document.querySelector('[data-body]')?.textContent.includes('<script>')");
        assertHarmless();
        open("#/nowhere/%E0%A4%A");
        browser.untilShown("There is no such page.");
        String policy = rig.get("/").headers().firstValue("Content-Security-Policy").get();
        assertTrue(policy.startsWith("default-src 'self';"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    private void assertHarmless() {
        assertEquals("undefined", browser.run("document.hacked"));
        assertEquals("0", browser.run("document.querySelectorAll('main img, main script').length"));
    }

    @Test
    void allIsReachedWithTheKeyboard() {
        open("#/destinations");
        browser.press("/", 191, "/");
        browser.until("document.activeElement.type === 'search'");
        assertEquals("", browser.run("document.activeElement.value"));
        browser.type("keys");
        browser.untilShown("1 of ");
        for (int i = 0;
                i < 30 && !browser.run("document.activeElement.innerText").equals("keys");
                i++) {
            browser.press("Tab", 9, "");
        }
        browser.press("Enter", 13, "\r");
        browser.untilShown("Send\u2026");
        browser.until("document.activeElement.nodeName === 'H1'");
        browser.press("Tab", 9, "");
        assertEquals("Send\u2026", browser.run("document.activeElement.innerText"));
        browser.press("Enter", 13, "\r");
        browser.until("document.activeElement.name === 'body'");
        browser.press("Escape", 27, "");
        browser.until("!document.querySelector('dialog')");
        assertEquals("Send\u2026", browser.run("document.activeElement.innerText"));
    }

    @Test
    void fitsAPhoneAndAScreenInLightAndDark() throws Exception {
        String[] pages = {
            "",
            "#/destinations",
            "#/destination/queue/shop.orders.incoming",
            "#/dead-letters",
            "#/dead-letters/DLQ.shop.orders.incoming",
            "#/destination/topic/prices",
            "#/message/queue/DLQ.shop.orders.incoming/0",
            "#/connections"
        };
        for (String page : pages) {
            open(page);
            browser.until("!document.getElementById('trouble').innerText");
            browser.resize(390, 844, page.startsWith("#/dest"));
            assertEquals("390", browser.run("document.documentElement.scrollWidth"), page);
            if (FULL) {
                String name = page.isEmpty() ? "overview" : page.substring(2).replace('/', '-');
                browser.screenshot(SHOTS.resolve(name + "-390.png"));
                browser.resize(1280, 900, false);
                browser.screenshot(SHOTS.resolve(name + "-1280.png"));
            }
        }
    }
}
