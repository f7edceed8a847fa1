// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.message.RefusedException;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Copies what waits on a queue and leaves it there: looks through the queue again and again, and
 * copies what was not there the last time. A message that comes and goes between two looks is not
 * seen. The identities of what was copied and is still there stand in the ledger's notes.
 */
final class Mirror implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final long PAUSE_MS = 500;

    /** As many as ActiveMQ Classic shows a browser, however many there are. */
    private static final int CUT_AT = 400;

    private static final int NOTES_MAX = 200;

    private final BridgeOptions options;
    private final Throttle throttle;
    private Passage passage;
    private Page page;
    private Multiset copied;
    private int batchMessages;
    private Fingerprint inHand;
    private boolean toldOfCut;

    Mirror(BridgeOptions options, Throttle throttle) {
        this.options = options;
        this.throttle = throttle;
        batchMessages = options.batchMessages();
    }

    @Override
    public boolean takes() {
        return false;
    }

    @Override
    public void begin(Passage newPassage, Ledger.Found found) {
        passage = newPassage;
        page = found.page();
        copied = new Multiset();
        copied.addAll(found.noted());
    }

    @Override
    public boolean step() throws JMSException, RefusedException, LedgerException {
        inHand = null;
        Multiset seen = new Multiset();
        try (QueueBrowser browser = passage.browser()) {
            Enumeration<?> messages = browser.getEnumeration();
            List<Parcel> batch = new ArrayList<>();
            List<Message> originals = new ArrayList<>();
            while (messages.hasMoreElements()) {
                Message message = (Message) messages.nextElement();
                Parcel parcel = passage.reader().read(message);
                Fingerprint identity = parcel.identity();
                seen.add(identity);
                if (seen.count(identity) > copied.count(identity)) {
                    batch.add(parcel);
                    originals.add(message);
                    if (batch.size() >= batchMessages) {
                        copy(originals, batch);
                    }
                }
            }
            copy(originals, batch);
        }
        passage.commitTaken(); // browsing takes nothing; some providers want to hear of the end
        forget(seen);
        if (seen.size() == CUT_AT && !toldOfCut) {
            toldOfCut = true;
            LOG.warn(
                    "event=browser_may_be_cut shown={} advice=\"ActiveMQ Classic shows so many of any"
                            + " queue unless its policy has a higher maxBrowsePageSize\"",
                    CUT_AT);
        }
        if (options.untilEmpty()) {
            return false;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        return true;
    }

    private void copy(List<Message> originals, List<Parcel> batch)
            throws JMSException, RefusedException, LedgerException {
        if (batch.isEmpty()) {
            return;
        }
        Totals totals = page.totals();
        List<Fingerprint> identities = new ArrayList<>();
        for (Parcel parcel : batch) {
            totals = totals.plus(parcel);
            identities.add(parcel.identity());
        }
        inHand = identities.get(0);
        Page next = new Page(page.batches() + 1, totals, page.notes() + 1, List.of());
        passage.ledger().advance(page, next, identities);
        for (int i = 0; i < batch.size(); i++) {
            throttle.await();
            passage.give(originals.get(i), batch.get(i));
        }
        passage.commitGiven();
        page = next;
        inHand = null;
        copied.addAll(identities);
        batch.clear();
        originals.clear();
        batchMessages = options.batchMessages();
    }

    /** Forgets what has gone from the queue, when the notes have become many. */
    private void forget(Multiset seen) throws JMSException, LedgerException {
        if (page.notes() < NOTES_MAX || page.notes() <= 2 * Ledger.notesFor(seen.toList())) {
            return;
        }
        List<Fingerprint> identities = new ArrayList<>();
        for (Fingerprint identity : seen.toList()) {
            if (copied.count(identity) > 0) {
                identities.add(identity);
            }
        }
        Page next =
                new Page(page.batches() + 1, page.totals(), Ledger.notesFor(identities), List.of());
        passage.ledger().replace(page, next, identities);
        passage.commitGiven();
        page = next;
        copied = new Multiset();
        copied.addAll(identities);
    }

    @Override
    public Fingerprint inHand() {
        return inHand;
    }

    @Override
    public void singly() {
        batchMessages = 1;
    }

    @Override
    public void giveUp(Fingerprint identity) {
        throw new IllegalStateException("a mirror leaves every message where it is");
    }

    @Override
    public Page page() {
        return page;
    }

    @Override
    public long setAside() {
        return 0;
    }
}
