// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.format.Corruption;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

/**
 * What an entry is made of.
 *
 * @param sequence the batch's
 * @param batch its events and runs, with the steps
 * @param steps the same steps, with the placings of its commits
 * @param runsAt where in the segment its runs begin
 * @param epoch who wrote it
 */
record EntryParts(long sequence, Batch batch, EntrySteps steps, long runsAt, int epoch) {
    /**
     * Takes an entry apart.
     *
     * @param entry a whole one; copied
     * @param segment the name of its segment, for errors
     * @throws StoreException CORRUPT if the store's own part is malformed
     */
    static EntryParts of(EntryReader.Entry entry, String segment) throws StoreException {
        Batch batch =
                new Batch(
                        entry.copyOf(entry.eventsAt(), entry.eventBytes()),
                        entry.copyOf(entry.runsAt(), entry.runBytes()),
                        entry.relaxed(),
                        entry.timeMs());
        EntrySteps steps;
        try {
            ByteSource source = new ByteSource(entry.array(), entry.storeAt(), entry.storeBytes());
            steps = EntrySteps.decode(source, entry.runBytes());
        } catch (WireException e) {
            throw Corruption.at(segment, entry.position(), e.getMessage());
        }
        batch.steps(steps.steps());
        long runsAt = entry.position() + entry.runsAt() - entry.at();
        return new EntryParts(entry.sequence(), batch, steps, runsAt, entry.epoch());
    }
}
