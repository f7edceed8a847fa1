// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;

import java.io.IOException;

/**
 * Finds entries in the order of their sequences, from segment to segment, and checks what must hold
 * from one to the next. Not thread-safe.
 */
final class EntrySequence {
    private final int epochMax;
    private long next;
    private int lastEpoch;

    /**
     * Makes one.
     *
     * @param epochMax the last owner that can have written something
     */
    EntrySequence(int epochMax) {
        this.epochMax = epochMax;
    }

    /** The sequence of the entry that is to come. */
    long next() {
        return next;
    }

    /** Goes on with another sequence. */
    void expect(long sequence) {
        next = sequence;
    }

    /**
     * Looks for the entry that is to come: behind the last one of the same write, or at the first
     * page after it.
     *
     * @return null if no whole one with this sequence is there
     */
    EntryReader.Entry find(EntryReader reader, long position) throws IOException, StoreException {
        EntryReader.Entry entry = reader.at(position);
        if (entry == null || entry.sequence() != next) {
            long page = EntryLayout.alignToPage(position);
            entry = page == position ? null : reader.at(page);
        }
        return entry == null || entry.sequence() != next ? null : entry;
    }

    /**
     * Goes on to the entry after one that was found.
     *
     * @param segment the name of its segment, for errors
     * @throws StoreException CORRUPT if it can't have been written after those before
     */
    void accept(EntryReader.Entry entry, String segment) throws StoreException {
        next = entry.sequence() + 1;
        int before = lastEpoch;
        lastEpoch = Math.max(lastEpoch, entry.epoch());
        if (entry.epoch() < before || entry.epoch() > epochMax) {
            throw Corruption.at(
                    segment, entry.position(), "owner " + entry.epoch() + " after owner " + before);
        }
        if (entry.durable() >= entry.sequence()) {
            throw Corruption.at(segment, entry.position(), "it was durable before it was written");
        }
    }
}
