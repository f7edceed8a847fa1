// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.ArrayList;
import java.util.Arrays;
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
    private final int orders;
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
     * @param orders within how many sequences each producer's messages keep their order
     */
    public ReceivedLog(int producers, int orders) {
        this.orders = orders;
        highest = new long[producers * orders];
        Arrays.fill(highest, -1);
        for (int producer = 0; producer < producers; producer++) {
            seen.add(new BitSet());
        }
    }

    /**
     * A message of this run has arrived, undamaged.
     *
     * @param stamp its stamp
     * @param order which of its producer's sequences it belongs to, from 0
     */
    public void received(Stamp stamp, int order) {
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
            int at = producer * orders + order;
            if (sequence < highest[at]) {
                disordered++;
                example(
                        "producer "
                                + producer
                                + " message "
                                + sequence
                                + " came after "
                                + highest[at]);
            }
            highest[at] = Math.max(highest[at], sequence);
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
     * A message of this run has come to somebody whom it was not meant for; {@link #received}
     * follows.
     *
     * @param stamp its stamp
     */
    public void misdirected(Stamp stamp) {
        foreign++;
        example(
                "producer "
                        + stamp.producer()
                        + " message "
                        + stamp.sequence()
                        + " came to somebody else");
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
