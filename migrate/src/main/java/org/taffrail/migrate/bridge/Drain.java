// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.Parcel;
import org.taffrail.migrate.message.RefusedException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes messages from a queue, or from a durable subscription of its own on a topic.
 *
 * <p>A batch is two commits. The first, at the new provider, makes the copies durable together with
 * a page that has the identities of the whole batch as unsettled. The second, at the old provider,
 * lets go of the originals. What comes again because the second did not happen is recognised by its
 * identity and let go of without being carried. An identity is forgotten when a commit at the old
 * provider has let go of its message and said so.
 */
final class Drain implements Work {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final long WAIT_MS = 500;
    private static final long BATCH_BYTES_MAX = 8 << 20;

    private final BridgeOptions options;
    private final Throttle throttle;
    private Passage passage;
    private Page page;
    private Multiset unsettled;
    private int batchMessages;
    private long quietSinceNanos;
    private Fingerprint inHand;
    private Fingerprint givenUp;
    private long setAside;

    /** A message that was taken, and what is in it. */
    private record Taken(Message message, Parcel parcel, Fingerprint identity) {}

    Drain(BridgeOptions options, Throttle throttle) {
        this.options = options;
        this.throttle = throttle;
        batchMessages = options.batchMessages();
    }

    @Override
    public boolean takes() {
        return true;
    }

    @Override
    public void begin(Passage newPassage, Ledger.Found found) throws JMSException {
        passage = newPassage;
        page = found.page();
        unsettled = new Multiset();
        unsettled.addAll(page.unsettled());
        quietSinceNanos = System.nanoTime();
        passage.subscribe();
    }

    @Override
    public boolean step() throws JMSException, RefusedException, LedgerException {
        inHand = null;
        Message first = passage.take(Math.min(WAIT_MS, options.times().quietMs()));
        if (first == null) {
            return !isOver();
        }
        List<Taken> batch = new ArrayList<>();
        try {
            fill(batch, first);
            if (batch.get(0).identity().equals(givenUp)) {
                throw new RefusedException("it failed again and again", null);
            }
            carry(batch);
            batchMessages = Math.min(options.batchMessages(), batchMessages * 2);
        } catch (RefusedException e) {
            refused(first, e);
        }
        inHand = null;
        quietSinceNanos = System.nanoTime();
        return true;
    }

    private void fill(List<Taken> batch, Message first) throws JMSException, RefusedException {
        long bytes = 0;
        for (Message next = first; next != null; ) {
            Parcel parcel = passage.reader().read(next);
            Fingerprint identity = parcel.identity();
            inHand = inHand == null ? identity : inHand;
            batch.add(new Taken(next, parcel, identity));
            bytes += parcel.bodyBytes();
            boolean more = batch.size() < batchMessages && bytes < BATCH_BYTES_MAX;
            next = more ? passage.take(0) : null;
        }
    }

    /** Takes the batch again one by one, to find the message; alone, it is moved aside. */
    private void refused(Message first, RefusedException refusal)
            throws JMSException, RefusedException {
        passage.rollbackGiven();
        if (batchMessages > 1) {
            passage.rollbackTaken();
            singly();
            return;
        }
        if (options.setAside() == null) {
            passage.rollbackTaken();
            throw new RefusedException(
                    "message " + first.getJMSMessageID() + ": " + refusal.getMessage(), refusal);
        }
        LOG.warn(
                "event=set_aside queue={} id={} reason=\"{}\"",
                options.setAside(),
                first.getJMSMessageID(),
                refusal.getMessage());
        passage.setAside(first, options.setAside());
        passage.commitTaken();
        givenUp = null;
        setAside++;
    }

    private void carry(List<Taken> batch) throws JMSException, RefusedException, LedgerException {
        List<Taken> fresh = new ArrayList<>();
        Multiset left = new Multiset();
        left.addAll(unsettled.toList());
        Totals totals = page.totals();
        for (Taken taken : batch) {
            if (isKnown(taken, left)) {
                totals = totals.recognised(1);
            } else {
                fresh.add(taken);
                totals = totals.plus(taken.parcel());
            }
        }
        if (!fresh.isEmpty()) {
            List<Fingerprint> open = unsettled.toList();
            fresh.forEach(taken -> open.add(taken.identity()));
            Page next = new Page(page.batches() + 1, totals, 0, open);
            passage.ledger().advance(page, next, List.of());
            for (Taken taken : fresh) {
                throttle.await();
                passage.give(taken.message(), taken.parcel());
            }
            passage.commitGiven();
            page = next;
            fresh.forEach(taken -> unsettled.add(taken.identity()));
        } else {
            page = new Page(page.batches(), totals, page.notes(), page.unsettled());
        }
        passage.commitTaken();
        batch.forEach(taken -> unsettled.remove(taken.identity()));
    }

    /**
     * A message without an id is known by all that is in it; two that are equal are told apart by
     * whether the provider says that it was delivered before.
     */
    private static boolean isKnown(Taken taken, Multiset left) {
        Parcel parcel = taken.parcel();
        return (parcel.id() != null || parcel.redelivered()) && left.remove(taken.identity());
    }

    /** Nothing has come for a while. */
    private boolean isOver() {
        long quietNanos = System.nanoTime() - quietSinceNanos;
        return options.untilEmpty()
                && quietNanos >= TimeUnit.MILLISECONDS.toNanos(options.times().quietMs());
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
        givenUp = identity;
    }

    @Override
    public Page page() {
        return page;
    }

    @Override
    public long setAside() {
        return setAside;
    }
}
