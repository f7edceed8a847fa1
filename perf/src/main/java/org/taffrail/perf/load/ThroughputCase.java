// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of the throughput table, as it is typed and printed: a {@link Kind} with its numbers,
 * then how consumers acknowledge, where they do while the clock runs, then the size of a body:
 *
 * <ul>
 *   <li>{@code sync-send:8}: 8 producers;
 *   <li>{@code transacted:100} or {@code transacted:100x4}: batches of 100, of 1 or 4 producers;
 *   <li>{@code round-trip:4+4}: 4 producers, 4 consumers;
 *   <li>{@code drain:4-transacted}: 4 consumers with transacted sessions;
 *   <li>{@code fan-out-durable:1x20-dups-ok}: 1 producer, 20 subscribers with {@code
 *       DUPS_OK_ACKNOWLEDGE};
 *   <li>{@code async-send:1@100}, {@code round-trip:4+4@1MiB}: bodies of 100 bytes, of 1 MiB.
 * </ul>
 *
 * @param kind what is done
 * @param first the first number
 * @param second the second number; 1 where there is none
 * @param ack how consumers acknowledge; {@link AckMode#AUTO} where nothing was said
 * @param sizeBytes the size of a body; 0 where nothing was said, so that it is that of all cases
 */
public record ThroughputCase(Kind kind, int first, int second, AckMode ack, int sizeBytes) {
    /** What a case does. */
    public enum Kind {
        /** Synchronous sends. */
        SYNC_SEND("sync-send", "PRODUCERS"),
        /** Sends with a completion listener. */
        ASYNC_SEND("async-send", "PRODUCERS"),
        /** Sends in transacted batches. */
        TRANSACTED("transacted", "BATCH[xPRODUCERS]"),
        /** Sends in batches, each in a global transaction. */
        XA("xa", "BATCH[xPRODUCERS]"),
        /** Synchronous sends and consumption at the same time. */
        ROUND_TRIP("round-trip", "PRODUCERS+CONSUMERS[-MODE]"),
        /** Consumption of what waits on a queue. */
        DRAIN("drain", "CONSUMERS[-MODE]"),
        /** Synchronous sends to a topic, and consumption by each subscriber at the same time. */
        FAN_OUT("fan-out", "PRODUCERSxSUBSCRIBERS[-MODE]"),
        /** The same with durable subscriptions. */
        FAN_OUT_DURABLE("fan-out-durable", "PRODUCERSxSUBSCRIBERS[-MODE]"),
        /** As {@link #FAN_OUT}, with a completion listener. */
        FAN_OUT_ASYNC("fan-out-async", "PRODUCERSxSUBSCRIBERS[-MODE]"),
        /** As {@link #FAN_OUT_DURABLE}, with a completion listener. */
        FAN_OUT_DURABLE_ASYNC("fan-out-durable-async", "PRODUCERSxSUBSCRIBERS[-MODE]"),
        /** Requests, each of which waits for its reply; one session replies. */
        REQUEST_REPLY("request-reply", "CLIENTS"),
        /** Asynchronous sends to one queue whose consumers have disjoint selectors. */
        SELECTOR("selector", "CONSUMERS[-MODE]"),
        /** Synchronous sends to many queues in turns, and consumption at the same time. */
        MANY_QUEUES("many-queues", "QUEUES[-MODE]");

        private static final String MODE = "[-MODE]";

        private final String id;
        private final String numbers;

        Kind(String id, String numbers) {
            this.id = id;
            this.numbers = numbers;
        }

        /** What stands between the two numbers; empty where there is one. */
        private String join() {
            if (numbers.contains("+")) {
                return "+";
            }
            return numbers.contains("x") ? "x" : "";
        }

        private boolean needsSecond() {
            return !join().isEmpty() && !numbers.contains("[x");
        }

        private boolean takesMode() {
            return numbers.endsWith(MODE);
        }

        /**
         * How a case of this kind is typed.
         *
         * @return for instance {@code transacted:BATCH[xPRODUCERS]}
         */
        public String usage() {
            return id + ":" + numbers;
        }
    }

    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(?<kind>[a-z-]+):(?<first>\\d{1,6})(?:(?<join>[+x])(?<second>\\d{1,6}))?"
                            + "(?:-(?<mode>[a-z-]+))?(?:@(?<size>\\d{1,8})(?<unit>KiB|MiB)?)?");

    private static final int KIB = 1024;
    private static final int MIB = 1024 * 1024;

    /**
     * Reads a case.
     *
     * @param text as typed
     * @return the case
     * @throws IllegalArgumentException if it is none; the message says what is
     */
    public static ThroughputCase parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text);
        }
        Kind kind = kindOf(matcher.group("kind"), text);
        String join = matcher.group("join") == null ? "" : matcher.group("join");
        boolean joined = join.equals(kind.join()) || join.isEmpty() && !kind.needsSecond();
        int first = Integer.parseInt(matcher.group("first"));
        int second = join.isEmpty() ? 1 : Integer.parseInt(matcher.group("second"));
        if (!joined || first < 1 || second < 1) {
            throw wrong(text);
        }
        AckMode ack = modeOf(matcher.group("mode"), kind, text);
        return new ThroughputCase(kind, first, second, ack, sizeOf(matcher, text));
    }

    private static Kind kindOf(String id, String text) {
        for (Kind kind : Kind.values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
        }
        throw wrong(text);
    }

    private static AckMode modeOf(String id, Kind kind, String text) {
        if (id == null) {
            return AckMode.AUTO;
        }
        for (AckMode mode : AckMode.values()) {
            if (kind.takesMode() && idOf(mode).equals(id)) {
                return mode;
            }
        }
        throw wrong(text);
    }

    private static int sizeOf(Matcher matcher, String text) {
        String size = matcher.group("size");
        if (size == null) {
            return 0;
        }
        String unit = matcher.group("unit");
        long bytes = Long.parseLong(size);
        if (unit != null) {
            bytes *= unit.equals("KiB") ? KIB : MIB;
        }
        if (bytes < Stamp.SIZE_BYTES_MIN || bytes > MessageShape.SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "In '"
                            + text
                            + "' a message has not "
                            + Stamp.SIZE_BYTES_MIN
                            + " to "
                            + MessageShape.SIZE_BYTES_MAX
                            + " bytes");
        }
        return (int) bytes;
    }

    private static String idOf(AckMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is no case: "
                        + Arrays.stream(Kind.values())
                                .map(Kind::usage)
                                .collect(Collectors.joining(", "))
                        + ", where MODE is auto, client, dups-ok or transacted; then @SIZE or not,"
                        + " such as @100, @10KiB or @1MiB");
    }

    /**
     * The figure of the case's row.
     *
     * @param outcome what came of a run
     * @return deliveries a second of {@link Kind#FAN_OUT} and {@link Kind#FAN_OUT_ASYNC}; otherwise
     *     what its producers, or the consumers of {@link Kind#DRAIN}, carried out a second
     */
    public double figure(ThroughputOutcome outcome) {
        boolean deliveries = kind == Kind.FAN_OUT || kind == Kind.FAN_OUT_ASYNC;
        return outcome.perSecond() * (deliveries ? second : 1);
    }

    /**
     * The label of the case's row, which says what is counted where that is not plain.
     *
     * @return for instance {@code sync-send:8} or {@code fan-out:1x20, deliveries/s}
     */
    public String label() {
        return this
                + switch (kind) {
                    case FAN_OUT, FAN_OUT_ASYNC -> ", deliveries/s";
                    case FAN_OUT_DURABLE, FAN_OUT_DURABLE_ASYNC -> ", sends/s";
                    case REQUEST_REPLY -> ", exchanges/s";
                    default -> "";
                };
    }

    @Override
    public String toString() {
        boolean both = kind.needsSecond() || second != 1;
        return kind.id
                + ":"
                + first
                + (both ? kind.join() + second : "")
                + (ack == AckMode.AUTO ? "" : "-" + idOf(ack))
                + (sizeBytes == 0 ? "" : "@" + sizeText());
    }

    private String sizeText() {
        if (sizeBytes % MIB == 0) {
            return sizeBytes / MIB + "MiB";
        }
        return sizeBytes % KIB == 0 ? sizeBytes / KIB + "KiB" : Integer.toString(sizeBytes);
    }
}
