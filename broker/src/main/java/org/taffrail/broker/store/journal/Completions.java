// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Which of the appended batches are complete: relaxed ones when they are written, all others, where
 * forces count, when they are durable, in the order of their sequences. Belongs to the loop's
 * thread.
 */
final class Completions {
    private final boolean forced;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private Snapshots.Mark complete;
    private int relaxedPending;

    /**
     * Makes one for an owner.
     *
     * @param forced whether completion waits for forces
     * @param recovered how far recovery has come
     */
    Completions(boolean forced, Snapshots.Mark recovered) {
        this.forced = forced;
        complete = recovered;
    }

    private static final class Pending {
        final Batch batch;
        final Snapshots.Mark mark;
        boolean told;

        Pending(Batch batch, Snapshots.Mark mark) {
            this.batch = batch;
            this.mark = mark;
        }

        long sequence() {
            return mark.sequence();
        }
    }

    /** Notes a batch, and how many bytes were appended with it and before. */
    void add(Batch batch, Snapshots.Mark mark) {
        pending.addLast(new Pending(batch, mark));
        relaxedPending += batch.relaxed() ? 1 : 0;
    }

    /** Tells what has become complete; returns of how many batches. */
    int tell(Journal journal, Store.Listener listener) {
        int reports = tellRelaxed(journal, listener);
        long upTo = forced ? journal.durable() : journal.written();
        while (!pending.isEmpty() && (pending.peek().told || pending.peek().sequence() <= upTo)) {
            Pending first = pending.remove();
            complete = first.mark;
            if (!first.told) {
                listener.completed(first.sequence(), first.batch);
                reports++;
            }
        }
        return reports;
    }

    /** Relaxed batches wait for no force, whatever was appended before them. */
    private int tellRelaxed(Journal journal, Store.Listener listener) {
        int reports = 0;
        Iterator<Pending> each = pending.iterator();
        while (relaxedPending > 0 && each.hasNext()) {
            Pending next = each.next();
            if (next.sequence() > journal.written()) {
                break;
            }
            if (next.batch.relaxed() && !next.told) {
                next.told = true;
                relaxedPending--;
                listener.completed(next.sequence(), next.batch);
                reports++;
            }
        }
        return reports;
    }

    /** The batch up to which all are complete. */
    Snapshots.Mark complete() {
        return complete;
    }

    /** Forgets what is not complete, whose outcome is unknown; returns the first such sequence. */
    long giveUp() {
        pending.clear();
        return complete.sequence() + 1;
    }
}
