// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;

import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at a queue without taking anything (Jakarta Messaging 4.1.6). It needs no started
 * connection, for nothing is delivered. Each enumeration is a scan of its own, which begins when it
 * is first asked for a message; the first one's place at the broker is made with the browser, so
 * that a browser of a queue that can't be browsed is refused at once.
 */
final class TaffrailQueueBrowser implements QueueBrowser {
    /** How many enumerations may be half-way; one more ends the oldest. */
    static final int SCANS_MAX = 16;

    private static final String CLOSED = "the browser is closed";

    private final SessionCore session;
    private final TaffrailDestination queue;
    private final String selector;
    private final ConsumerOptions options;

    // guarded by the session's lock
    private final ArrayDeque<BrowserScan> scans = new ArrayDeque<>();
    private BrowserScan first;
    private boolean closed;

    /**
     * Makes a browser.
     *
     * @param selector checked, or null
     * @throws JMSException if the broker refuses
     */
    TaffrailQueueBrowser(
            SessionCore session,
            TaffrailDestination queue,
            String selector,
            ConsumerOptions options)
            throws JMSException {
        this.session = session;
        this.queue = queue;
        this.selector = selector;
        this.options = options;
        first = attach();
        scans.add(first);
    }

    private BrowserScan attach() throws JMSException {
        Link.ConsumerSpec spec =
                new Link.ConsumerSpec(
                        session.connection().newConsumerId(),
                        ClientFrame.Source.BROWSER,
                        queue.kind(),
                        queue.name(),
                        null,
                        selector,
                        false,
                        null,
                        false,
                        options.position());
        BrowserScan scan = new BrowserScan(session, queue, spec, options);
        session.attach(scan);
        return scan;
    }

    private void checkOpen() throws IllegalStateException {
        if (closed) {
            throw new IllegalStateException(CLOSED);
        }
        session.state().checkNotClosed();
    }

    private <T> T open(T value) throws IllegalStateException {
        session.state().lock();
        try {
            checkOpen();
            return value;
        } finally {
            session.state().unlock();
        }
    }

    @Override
    public Queue getQueue() throws JMSException {
        return (Queue) open(queue);
    }

    @Override
    public String getMessageSelector() throws JMSException {
        return open(selector);
    }

    /**
     * Begins a scan of the queue.
     *
     * @return an enumeration of {@link Message}; its methods throw {@link
     *     jakarta.jms.JMSRuntimeException} where the scan can't be brought to its end
     * @throws IllegalStateException if the browser or its session is closed
     */
    @Override
    public Enumeration<Message> getEnumeration() throws JMSException {
        session.state().lock();
        try {
            checkOpen();
            if (first != null) {
                BrowserScan scan = first;
                first = null;
                return scan;
            }
        } finally {
            session.state().unlock();
        }
        BrowserScan scan = attach();
        session.state().lock();
        try {
            if (closed) {
                scan.close(CLOSED);
                throw new IllegalStateException(CLOSED);
            }
            scans.removeIf(BrowserScan::isOver);
            if (scans.size() == SCANS_MAX) {
                scans.poll()
                        .close(
                                "this enumeration was given up: its browser has "
                                        + SCANS_MAX
                                        + " newer ones that are not at their end");
            }
            scans.add(scan);
        } finally {
            session.state().unlock();
        }
        return scan;
    }

    /** Closes the browser and with it every enumeration that is not at its end. */
    @Override
    public void close() throws JMSException {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        session.state().lock();
        try {
            closed = true;
            scans.forEach(scan -> done.add(scan.close(CLOSED)));
            scans.clear();
        } finally {
            session.state().unlock();
        }
        for (CompletableFuture<Void> each : done) {
            session.awaitUnlessLost(each);
        }
    }
}
