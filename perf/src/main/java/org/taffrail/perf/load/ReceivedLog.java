// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one consumer has received, as far as verification needs it: a bit per message.
 *
 * <p>Written by one thread at a time. {@link #count} may be read by any thread; everything else
 * only after the consumer has come to rest.
 */
public final class ReceivedLog {
    private static final int EXAMPLES_MAX = 5;

    private final List<BitSet> seen = new ArrayList<>();
    private final long[] highest;
    private final List<String> examples = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private long duplicated;
    private long disordered;
    private long damaged;
    private long foreign;

    /**
     * An empty log.
     *
     * @param producers how many producers the run has
     */
    public ReceivedLog(int producers) {
        highest = new long[producers];
        for (int producer = 0; producer < producers; producer++) {
            seen.add(new BitSet());
            highest[producer] = -1;
        }
    }

    /**
     * A message of this run has arrived, undamaged.
     *
     * @param stamp its stamp
     */
    public void received(Stamp stamp) {
        int producer = stamp.producer();
        long sequence = stamp.sequence();
        if (producer < 0
                || producer >= seen.size()
                || sequence < 0
                || sequence > Integer.MAX_VALUE - 1) {
            damaged();
            return;
        }
        BitSet ofProducer = seen.get(producer);
        if (ofProducer.get((int) sequence)) {
            duplicated++;
            example("producer " + producer + " message " + sequence + " came twice");
        } else {
            ofProducer.set((int) sequence);
            if (sequence < highest[producer]) {
                disordered++;
                example(
                        "producer "
                                + producer
                                + " message "
                                + sequence
                                + " came after "
                                + highest[producer]);
            }
            highest[producer] = Math.max(highest[producer], sequence);
        }
        count.lazySet(count.getPlain() + 1);
    }

    /** A message of this run has arrived that is not what was sent. */
    public void damaged() {
        damaged++;
        example("a message of this run came with another body than was sent");
    }

    /** A message has arrived that this run did not send. */
    public void foreign() {
        foreign++;
        example("a message came that this run had not sent");
    }

    /**
     * How many messages of the run have arrived, duplicates included.
     *
     * @return the count; any thread may ask
     */
    public long count() {
        return count.get();
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(text);
        }
    }

    BitSet seen(int producer) {
        return seen.get(producer);
    }

    long duplicatedCount() {
        return duplicated;
    }

    long disorderedCount() {
        return disordered;
    }

    long damagedCount() {
        return damaged;
    }

    long foreignCount() {
        return foreign;
    }

    List<String> examples() {
        return examples;
    }
}
