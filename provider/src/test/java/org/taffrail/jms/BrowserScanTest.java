// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/** What a browser asks of a link, and how its enumeration knows that it is at its end. */
@Timeout(30)
class BrowserScanTest {
    private final List<RecordingLink> links = new ArrayList<>();
    private Connection connection;
    private Session session;
    private QueueBrowser browser;
    private RecordingLink link;
    private CompletableFuture<Void> portion;

    @BeforeEach
    void connect() throws JMSException {
        connection =
                new TaffrailConnectionFactory(
                                "taffrail://localhost?jms.prefetch=16&jms.prefetchBytes=4096",
                                (url, listener) -> {
                                    RecordingLink made = new RecordingLink(listener);
                                    links.add(made);
                                    return made;
                                })
                        .createConnection();
        link = links.get(0);
        session = connection.createSession();
        browser = session.createBrowser(session.createQueue("q"));
        link.calls();
        portion = link.park("drain");
    }

    /** Answers the portion that was asked for; the next is answered by the next call. */
    private void answer() {
        CompletableFuture<Void> answered = portion;
        portion = link.park("drain");
        answered.complete(null);
    }

    private CompletableFuture<Boolean> askFor(Enumeration<?> messages) {
        return CompletableFuture.supplyAsync(messages::hasMoreElements);
    }

    private void awaitCall(String call) {
        Awaitility.await().until(() -> link.calls().contains(call));
    }

    private static String next(Enumeration<?> messages) throws JMSException {
        return ((TextMessage) messages.nextElement()).getText();
    }

    @Test
    void asksForNothingBeforeItIsAsked() throws JMSException {
        browser.getEnumeration();

        assertEquals(List.of(), link.calls());
    }

    @Test
    void handsOutWhatComesBeforeThePortionIsOver() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");

        link.deliver(1, 0, "a");

        assertTrue(more.join());
        assertEquals("a", next(messages));
        assertEquals(List.of(), link.calls(), "one portion at a time");
    }

    @Test
    void isAtItsEndWhenAPortionIsNotUsedUpAndThenLeavesTheBroker() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");
        link.deliver(1, 0, "a");
        answer();

        assertTrue(more.join());
        assertEquals("a", next(messages));
        assertFalse(messages.hasMoreElements());
        assertThrows(NoSuchElementException.class, messages::nextElement);
        assertEquals(List.of("detach 1"), link.calls());
        browser.close();
        assertFalse(messages.hasMoreElements(), "what was through stays so");
        assertEquals(List.of(), link.calls());
    }

    @Test
    void doesNotWaitForWhatIsAnsweredAtOnce() throws JMSException {
        portion.complete(null);

        assertFalse(browser.getEnumeration().hasMoreElements());
    }

    @Test
    void saysWhatIsRefusedAtOnce() throws JMSException {
        portion.completeExceptionally(new WireException(ErrorCode.CONNECTION_LOST, "gone"));
        Enumeration<?> messages = browser.getEnumeration();

        JMSRuntimeException failure =
                assertThrows(JMSRuntimeException.class, messages::hasMoreElements);
        assertEquals("CONNECTION_LOST", failure.getErrorCode());
    }

    @Test
    void asksForMoreWhenHalfOfAPortionIsHandedOutTwiceAsMuchEachTime() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");
        for (int i = 0; i < 8; i++) {
            link.deliver(1, i, "m" + i);
        }
        answer();
        more.join();

        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            assertEquals("m" + i, next(messages));
            asked.addAll(link.calls());
        }
        assertEquals(List.of("drain 1 16"), asked);
        more = askFor(messages);
        for (int i = 8; i < 24; i++) {
            link.deliver(1, i, "m" + i);
        }
        answer();
        assertTrue(more.join());
        for (int i = 8; i < 24; i++) {
            assertEquals("m" + i, next(messages));
            asked.addAll(link.calls());
        }
        assertEquals(List.of("drain 1 16", "drain 1 16"), asked, "no more than is sent ahead");
    }

    @Test
    void takesAPortionWhoseBytesAreUsedUpForNoEnd() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");
        link.deliver(1, 0, "x".repeat(5000));
        answer();
        more.join();
        next(messages);

        more = askFor(messages);
        awaitCall("drain 1 16");
        answer();

        assertFalse(more.join());
    }

    @Test
    void passesOverWhatExpiresHere() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");
        link.deliver(1, 0, 4, 1, "expired");
        link.deliver(1, 1, 4, WallClock.nowMs() + 600_000, "b");
        answer();

        assertTrue(more.join());
        assertEquals("b", next(messages));
        assertFalse(messages.hasMoreElements());
    }

    @Test
    void settlesNothingWhateverIsDoneWithTheMessage() throws JMSException {
        Session acknowledging = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        QueueBrowser other = acknowledging.createBrowser(session.createQueue("q"));
        Enumeration<?> messages = other.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 2 8");
        link.deliver(2, 0, "a");
        answer();
        more.join();

        TextMessage message = (TextMessage) messages.nextElement();
        message.acknowledge();
        acknowledging.recover();
        acknowledging.close();

        assertEquals(List.of("detach 2"), link.calls());
        assertThrows(jakarta.jms.IllegalStateException.class, message::acknowledge);
    }

    @Test
    void aCloseEndsTheWaitAndWhatWasHalfWay() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");

        browser.close();

        Throwable failure = assertThrows(Exception.class, more::join).getCause();
        assertEquals(IllegalStateRuntimeException.class, failure.getClass());
        assertThrows(IllegalStateRuntimeException.class, messages::nextElement);
        assertEquals(List.of("detach 1"), link.calls());
    }

    @Test
    void aLostLinkEndsTheWait() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");
        link.deliver(1, 0, "a");
        more.join();
        next(messages);
        more = askFor(messages);

        link.lose(new WireException(ErrorCode.CONNECTION_LOST, "gone"));

        CompletableFuture<Boolean> lost = more;
        JMSRuntimeException failure =
                (JMSRuntimeException) assertThrows(Exception.class, lost::join).getCause();
        assertEquals("CONNECTION_LOST", failure.getErrorCode());
        browser.close();
    }

    @Test
    void aQueueThatGoesAwayEndsTheWait() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> more = askFor(messages);
        awaitCall("drain 1 8");

        link.close(1, new WireException(ErrorCode.NO_SUCH_DESTINATION, "deleted"));

        JMSRuntimeException failure =
                (JMSRuntimeException) assertThrows(Exception.class, more::join).getCause();
        assertEquals("NO_SUCH_DESTINATION", failure.getErrorCode());
        browser.close();
        assertEquals(List.of(), link.calls(), "the broker knows it no more");
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        Enumeration<?> messages = browser.getEnumeration();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting =
                new Thread(
                        () -> {
                            assertThrows(JMSRuntimeException.class, messages::hasMoreElements);
                            interrupted.complete(Thread.currentThread().isInterrupted());
                        });
        waiting.start();
        awaitCall("drain 1 8");

        waiting.interrupt();

        assertTrue(interrupted.join());
        waiting.join();
    }

    @Test
    void oneEnumerationTooManyGivesUpTheOldest() throws JMSException {
        List<Enumeration<?>> all = new ArrayList<>();
        for (int i = 0; i < TaffrailQueueBrowser.SCANS_MAX; i++) {
            all.add(browser.getEnumeration());
        }
        assertFalse(link.calls().contains("detach 1"));

        browser.getEnumeration();

        assertTrue(link.calls().contains("detach 1"));
        assertThrows(IllegalStateRuntimeException.class, all.get(0)::hasMoreElements);
    }

    @Test
    void aSelectorThatIsNoneIsRefusedHere() {
        assertThrows(
                InvalidSelectorException.class,
                () -> session.createBrowser(session.createQueue("q"), "a ="));
        assertEquals(List.of(), link.calls());
    }

    @Test
    void aClosedSessionEndsItsEnumerations() throws JMSException {
        Enumeration<?> messages = browser.getEnumeration();

        session.close();

        assertThrows(IllegalStateRuntimeException.class, messages::hasMoreElements);
        assertEquals(List.of("detach 1"), link.calls());
        browser.close();
        assertThrows(jakarta.jms.IllegalStateException.class, browser::getEnumeration);
        assertThrows(jakarta.jms.IllegalStateException.class, browser::getQueue);
        assertThrows(jakarta.jms.IllegalStateException.class, browser::getMessageSelector);
    }
}
