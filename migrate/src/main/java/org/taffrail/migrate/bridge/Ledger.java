// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.taffrail.migrate.message.Fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a link has done, as messages on a queue of the provider that it carries to: one page, and
 * notes besides where the page would grow too long. A batch takes the page and puts the next one in
 * the transaction that its messages are sent in, so ledger and messages never disagree; and as only
 * one can take the page, two runs of a link can't both commit. Used by one thread.
 */
final class Ledger {
    /** Most identities of one note: about 160 KiB. */
    static final int NOTE_IDENTITIES_MAX = 5000;

    private static final long TAKE_MS_MAX = 10_000;
    private static final long LOOK_MS = 1000;
    private static final String PAGE = "page";
    private static final String NOTE = "note";

    private final Session session;
    private final Route route;
    private final Queue queue;
    private final MessageConsumer pages;
    private final MessageConsumer notes;
    private final MessageProducer producer;

    /**
     * What was found.
     *
     * @param page the page
     * @param noted the identities in the notes
     * @param isNew whether it was made just now
     */
    record Found(Page page, List<Fingerprint> noted, boolean isNew) {}

    /**
     * Looks at the queue; nothing is taken yet.
     *
     * @param session a transacted session of the provider that is carried to
     */
    Ledger(Session session, Route route) throws JMSException {
        this.session = session;
        this.route = route;
        queue = session.createQueue(route.ledger());
        pages = session.createConsumer(queue, "JMSType = '" + PAGE + "'");
        notes = session.createConsumer(queue, "JMSType = '" + NOTE + "'");
        producer = session.createProducer(null);
    }

    /**
     * Finds the ledger: takes all of it and puts it back, in one transaction.
     *
     * @param patienceMs how long to wait for it
     * @return what there is; null if there is nothing to be seen
     */
    Found find(long patienceMs) throws JMSException, LedgerException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        Message message;
        do {
            message = pages.receive(Math.min(LOOK_MS, patienceMs));
        } while (message == null && System.nanoTime() - endNanos < 0);
        if (message == null) {
            return null;
        }
        Page page = Page.parse(text(message));
        List<Fingerprint> noted = takeNotes(page.notes());
        Page again = page.withNotes(notesFor(noted));
        put(again, noted);
        session.commit();
        return new Found(again, noted, false);
    }

    /** Makes the ledger and names the link among the open ones; committed when it returns. */
    Found create() throws JMSException {
        send(PAGE, Page.FIRST.format());
        TextMessage claim = session.createTextMessage(route.toString());
        claim.setStringProperty("taffrail_link", route.key());
        producer.send(session.createQueue(Route.CLAIMS), claim);
        session.commit();
        return new Found(Page.FIRST, List.of(), true);
    }

    /**
     * Takes a page and puts the next one, and notes; the session's commit makes both happen.
     *
     * @param from the page that must be there
     * @param to the next
     * @param noted what else is noted; empty for nothing
     * @throws LedgerException if another page is there, or none: somebody else works on the link
     */
    void advance(Page from, Page to, List<Fingerprint> noted) throws JMSException, LedgerException {
        take(from);
        put(to, noted);
    }

    /** The same, with other notes in the place of those that are there. */
    void replace(Page from, Page to, List<Fingerprint> noted) throws JMSException, LedgerException {
        take(from);
        takeNotes(from.notes());
        put(to, noted);
    }

    /** Removes the ledger and the link's name; committed when it returns. */
    void end(Page last) throws JMSException, LedgerException {
        take(last);
        takeNotes(last.notes());
        String mine = "taffrail_link = '" + route.key().replace("'", "''") + "'";
        try (MessageConsumer claims =
                session.createConsumer(session.createQueue(Route.CLAIMS), mine)) {
            Message claim = claims.receive(TAKE_MS_MAX);
            while (claim != null) {
                claim = claims.receiveNoWait();
            }
            session.commit();
        }
    }

    /** Returns how many notes so many identities are. */
    static int notesFor(List<Fingerprint> identities) {
        return (identities.size() + NOTE_IDENTITIES_MAX - 1) / NOTE_IDENTITIES_MAX;
    }

    private void take(Page expected) throws JMSException, LedgerException {
        Message message = pages.receive(TAKE_MS_MAX);
        if (message == null) {
            throw new LedgerException(
                    "the ledger on the queue "
                            + route.ledger()
                            + " is gone: another run works on this link, or somebody has taken it");
        }
        Page found = Page.parse(text(message));
        if (found.batches() != expected.batches()) {
            throw new LedgerException(
                    "the ledger on the queue "
                            + route.ledger()
                            + " is at "
                            + found.batches()
                            + " batches, not at "
                            + expected.batches()
                            + ": another run works on this link");
        }
    }

    private List<Fingerprint> takeNotes(int count) throws JMSException, LedgerException {
        List<Fingerprint> identities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message note = notes.receive(TAKE_MS_MAX);
            if (note == null) {
                throw new LedgerException(
                        "of "
                                + count
                                + " notes on the queue "
                                + route.ledger()
                                + " "
                                + i
                                + " are there");
            }
            try {
                text(note).lines().map(Fingerprint::parse).forEach(identities::add);
            } catch (IllegalArgumentException e) {
                throw new LedgerException("a note that can't be read: " + e.getMessage());
            }
        }
        return identities;
    }

    private static String text(Message message) throws JMSException {
        String text = message instanceof TextMessage it ? it.getText() : null;
        return text == null ? "" : text;
    }

    private void put(Page page, List<Fingerprint> noted) throws JMSException {
        for (int at = 0; at < noted.size(); at += NOTE_IDENTITIES_MAX) {
            StringBuilder text = new StringBuilder();
            noted.subList(at, Math.min(noted.size(), at + NOTE_IDENTITIES_MAX))
                    .forEach(identity -> text.append(identity).append('\n'));
            send(NOTE, text.toString());
        }
        send(PAGE, page.format());
    }

    private void send(String type, String text) throws JMSException {
        TextMessage message = session.createTextMessage(text);
        message.setJMSType(type);
        producer.send(queue, message);
    }
}
