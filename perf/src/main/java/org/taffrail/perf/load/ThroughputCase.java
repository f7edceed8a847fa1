// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the throughput table, as it is typed and printed:
 *
 * <ul>
 *   <li>{@code sync-send:8}: 8 producers, each waits for every send;
 *   <li>{@code async-send:1}: 1 producer with a {@code CompletionListener};
 *   <li>{@code transacted:100} or {@code transacted:100x4}: 1 or 4 producers, 100 messages a
 *       commit;
 *   <li>{@code xa:1} or {@code xa:10x4}: the same in global transactions, prepared and committed;
 *   <li>{@code round-trip:4+4}: 4 producers, 4 consumers at the same time.
 * </ul>
 *
 * @param kind what is done
 * @param producers how many producers do it
 * @param consumers how many consumers receive at the same time; 0 if messages are only sent, and
 *     received for verification when the clock has stopped
 * @param batch messages a commit, of {@link Kind#TRANSACTED} and {@link Kind#XA}; otherwise 1
 */
public record ThroughputCase(Kind kind, int producers, int consumers, int batch) {
    /** What a case does. */
    public enum Kind {
        /** Synchronous sends. */
        SYNC_SEND("sync-send", SendMode.SYNC),
        /** Sends with a completion listener. */
        ASYNC_SEND("async-send", SendMode.ASYNC),
        /** Sends in transacted batches. */
        TRANSACTED("transacted", SendMode.TRANSACTED),
        /** Sends in batches, each in a global transaction. */
        XA("xa", SendMode.XA),
        /** Synchronous sends and consumption at the same time. */
        ROUND_TRIP("round-trip", SendMode.SYNC);

        private final String id;
        private final SendMode mode;

        Kind(String id, SendMode mode) {
            this.id = id;
            this.mode = mode;
        }

        SendMode mode() {
            return mode;
        }
    }

    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(?<kind>[a-z-]+):(?<first>\\d{1,6})(?:(?<join>[+x])(?<second>\\d{1,6}))?");

    /**
     * Reads a case.
     *
     * @param text as typed
     * @return the case
     * @throws IllegalArgumentException if it is none; the message says what is
     */
    public static ThroughputCase parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group("first"));
            String join = matcher.group("join") == null ? "" : matcher.group("join");
            int second = join.isEmpty() ? 1 : Integer.parseInt(matcher.group("second"));
            if (first > 0 && second > 0) {
                switch (matcher.group("kind") + join) {
                    case "sync-send":
                        return new ThroughputCase(Kind.SYNC_SEND, first, 0, 1);
                    case "async-send":
                        return new ThroughputCase(Kind.ASYNC_SEND, first, 0, 1);
                    case "transacted":
                    case "transactedx":
                        return new ThroughputCase(Kind.TRANSACTED, second, 0, first);
                    case "xa":
                    case "xax":
                        return new ThroughputCase(Kind.XA, second, 0, first);
                    case "round-trip+":
                        return new ThroughputCase(Kind.ROUND_TRIP, first, second, 1);
                    default:
                        break;
                }
            }
        }
        throw new IllegalArgumentException(
                "'"
                        + text
                        + "' is no case: sync-send:PRODUCERS, async-send:PRODUCERS,"
                        + " transacted:BATCH, transacted:BATCHxPRODUCERS, xa:BATCH,"
                        + " xa:BATCHxPRODUCERS or round-trip:PRODUCERS+CONSUMERS");
    }

    @Override
    public String toString() {
        return kind.id
                + switch (kind) {
                    case SYNC_SEND, ASYNC_SEND -> ":" + producers;
                    case TRANSACTED, XA -> ":" + batch + (producers == 1 ? "" : "x" + producers);
                    case ROUND_TRIP -> ":" + producers + "+" + consumers;
                };
    }
}
