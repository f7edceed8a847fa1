// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * What verification found when it held what was acknowledged against what was received.
 *
 * @param expected how many deliveries there should have been
 * @param lost acknowledged and never received
 * @param duplicated received again, by the same consumer or by two consumers of one queue
 * @param disordered received by a consumer after a later message of the same producer
 * @param damaged received with another body than was sent
 * @param foreign received and not sent by this run, or not to this consumer
 * @param unacknowledged received although the provider never acknowledged the send
 * @param examples the first findings in words
 */
public record Verdict(
        long expected,
        long lost,
        long duplicated,
        long disordered,
        long damaged,
        long foreign,
        long unacknowledged,
        List<String> examples) {
    private static final int EXAMPLES_MAX = 10;

    /**
     * Whether all is well.
     *
     * @return true if every acknowledged message came exactly once, whole and in order, and nothing
     *     else
     */
    public boolean passed() {
        return lost + duplicated + disordered + damaged + foreign + unacknowledged == 0;
    }

    /**
     * The verdict in one line.
     *
     * @return for instance {@code verified 5,000 deliveries} or {@code FAILED: 3 lost, 1
     *     duplicated}
     */
    public String summary() {
        if (passed()) {
            return String.format(Locale.ROOT, "verified %,d deliveries", expected);
        }
        List<String> found = new ArrayList<>();
        add(found, lost, "lost");
        add(found, duplicated, "duplicated");
        add(found, disordered, "out of order");
        add(found, damaged, "damaged");
        add(found, foreign, "foreign");
        add(found, unacknowledged, "received though never acknowledged");
        return String.format(Locale.ROOT, "FAILED: %s of %,d", String.join(", ", found), expected);
    }

    private static void add(List<String> found, long count, String what) {
        if (count > 0) {
            found.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }

    /**
     * The verdict on consumers that shared a queue: together they should have each message once.
     *
     * @param acknowledged per producer, how many of its first messages were acknowledged
     * @param logs what each consumer received
     * @return the verdict
     */
    public static Verdict onSharedQueue(long[] acknowledged, List<ReceivedLog> logs) {
        Tally tally = new Tally();
        logs.forEach(tally::add);
        for (int producer = 0; producer < acknowledged.length; producer++) {
            BitSet all = new BitSet();
            long single = 0;
            for (ReceivedLog log : logs) {
                single += log.seen(producer).cardinality();
                all.or(log.seen(producer));
            }
            tally.duplicated += single - all.cardinality();
            if (single > all.cardinality()) {
                tally.examples.add("two consumers got the same message of producer " + producer);
            }
            tally.compare(producer, acknowledged[producer], all);
        }
        return tally.verdict();
    }

    /**
     * The verdict on subscribers of a topic: each of them should have each message once.
     *
     * @param acknowledged per producer, how many of its first messages were acknowledged
     * @param logs what each subscriber received
     * @return the verdict
     */
    public static Verdict onTopic(long[] acknowledged, List<ReceivedLog> logs) {
        Tally tally = new Tally();
        for (ReceivedLog log : logs) {
            tally.add(log);
            for (int producer = 0; producer < acknowledged.length; producer++) {
                tally.compare(producer, acknowledged[producer], log.seen(producer));
            }
        }
        return tally.verdict();
    }

    /**
     * Two verdicts of one run in one.
     *
     * @param other the other, on other deliveries
     * @return the sums
     */
    public Verdict and(Verdict other) {
        List<String> all = new ArrayList<>(examples);
        all.addAll(other.examples);
        return new Verdict(
                expected + other.expected,
                lost + other.lost,
                duplicated + other.duplicated,
                disordered + other.disordered,
                damaged + other.damaged,
                foreign + other.foreign,
                unacknowledged + other.unacknowledged,
                List.copyOf(all.subList(0, Math.min(EXAMPLES_MAX, all.size()))));
    }

    private static final class Tally {
        private final List<String> examples = new ArrayList<>();
        private long expected;
        private long lost;
        private long duplicated;
        private long disordered;
        private long damaged;
        private long foreign;
        private long unacknowledged;

        void add(ReceivedLog log) {
            duplicated += log.duplicatedCount();
            disordered += log.disorderedCount();
            damaged += log.damagedCount();
            foreign += log.foreignCount();
            examples.addAll(log.examples());
        }

        void compare(int producer, long acknowledged, BitSet seen) {
            int bound = Math.toIntExact(acknowledged);
            long arrived = seen.get(0, bound).cardinality();
            expected += acknowledged;
            lost += acknowledged - arrived;
            unacknowledged += seen.cardinality() - arrived;
            if (arrived < acknowledged) {
                examples.add(
                        "producer "
                                + producer
                                + " message "
                                + seen.nextClearBit(0)
                                + " was acknowledged and never came");
            }
        }

        Verdict verdict() {
            return new Verdict(
                    expected,
                    lost,
                    duplicated,
                    disordered,
                    damaged,
                    foreign,
                    unacknowledged,
                    List.copyOf(examples.subList(0, Math.min(EXAMPLES_MAX, examples.size()))));
        }
    }
}
