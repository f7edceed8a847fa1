// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A transaction that is prepared (X/Open XA): it can be committed and rolled back until one of both
 * is done, over the end of its connection and of the broker. What it has sent is staged in the log,
 * what it has accepted stays held. One that an operator has ended is remembered until it is
 * forgotten.
 */
final class Branch {
    final long id;
    final Origin origin;
    final Content content;

    /** What holds its accepted messages, by where they are; empty once it has ended. */
    final Map<Position, List<Hold>> holds = new LinkedHashMap<>();

    /** Its messages to temporary destinations, each run in an array of its own. */
    final List<byte[]> volatileRuns = new ArrayList<>(0);

    /** How an operator has ended it; null while it is prepared. */
    Heuristic heuristic;

    Branch(long id, Origin origin, Content content) {
        this.id = id;
        this.origin = origin;
        this.content = content;
    }

    /** How an operator has ended a branch; the ordinal is its number in the log. */
    enum Heuristic {
        COMMITTED(ErrorCode.HEURISTIC_COMMIT, "committed"),
        ROLLED_BACK(ErrorCode.HEURISTIC_ROLLBACK, "rolled back");

        final String text;
        private final ErrorCode code;

        Heuristic(ErrorCode code, String text) {
            this.code = code;
            this.text = text;
        }

        static Heuristic of(boolean commit) {
            return commit ? COMMITTED : ROLLED_BACK;
        }
    }

    /**
     * What it is called. Those of different users don't meet.
     *
     * @param user whose it is; null for clients without a user
     */
    record Name(String user, Xid xid) {}

    /**
     * Where it comes from.
     *
     * @param producer the client that has prepared it
     * @param transaction the transaction that it was on the client's connection
     * @param preparedMs when, ms since 1970
     */
    record Origin(Name name, long producer, long transaction, long preparedMs) {}

    /**
     * What of it a start brings back.
     *
     * @param stagingId under which its sends are kept, 0 for none
     * @param stagedBytes how many bytes they have
     * @param records how many records there are for each partition
     * @param accepted the persistent messages it has accepted
     */
    record Content(
            long stagingId, long stagedBytes, Map<Long, Integer> records, List<Accepted> accepted) {
        Content {
            records = new TreeMap<>(records);
            accepted = List.copyOf(accepted);
        }
    }

    /**
     * Messages that it has accepted of one group.
     *
     * @param ranges first and last offset of each range, in turn
     */
    record Accepted(long destination, long group, long[] ranges) {}

    /**
     * Demands that it may still be decided.
     *
     * @throws WireException {@link ErrorCode#HEURISTIC_COMMIT} or {@link
     *     ErrorCode#HEURISTIC_ROLLBACK} if an operator has ended it
     */
    void requireUndecided() {
        if (heuristic != null) {
            throw new WireException(heuristic.code, "branch " + origin.name.xid);
        }
    }

    /** Tells whether a transaction of a client has become this. */
    boolean isOf(long producer, long transaction) {
        return origin.producer == producer && origin.transaction == transaction;
    }

    /** Returns how many messages it would send, parts of large ones counted as such. */
    long sends() {
        return content.records.values().stream().mapToLong(each -> each).sum();
    }

    /** Returns how many persistent messages it would consume. */
    long accepts() {
        long accepts = 0;
        for (Accepted each : content.accepted) {
            for (int i = 0; i < each.ranges.length; i += 2) {
                accepts += each.ranges[i + 1] - each.ranges[i] + 1;
            }
        }
        return accepts;
    }

    /** Writes it, but for its id, which comes before, and how it has ended. */
    void write(ByteSink sink) {
        sink.putText(origin.name.user);
        origin.name.xid.write(sink);
        sink.putLong(origin.producer);
        sink.putLong(origin.transaction);
        sink.putLong(origin.preparedMs);
        sink.putLong(content.stagingId);
        sink.putLong(content.stagedBytes);
        sink.putInt(content.records.size());
        content.records.forEach(
                (partition, records) -> {
                    sink.putLong(partition);
                    sink.putInt(records);
                });
        sink.putInt(content.accepted.size());
        for (Accepted each : content.accepted) {
            sink.putLong(each.destination);
            sink.putLong(each.group);
            EventCodec.putRanges(sink, each.ranges);
        }
    }

    /** Reads one, beginning with its id. */
    static Branch read(ByteSource source) {
        long id = source.getLong();
        Name name = new Name(source.getText(), Xid.read(source));
        Origin origin = new Origin(name, source.getLong(), source.getLong(), source.getLong());
        long stagingId = source.getLong();
        long stagedBytes = source.getLong();
        int partitions = source.getCount(source.remaining(), "partitions of a branch");
        Map<Long, Integer> records = new TreeMap<>();
        for (int i = 0; i < partitions; i++) {
            records.put(source.getLong(), source.getInt());
        }
        int groups = source.getCount(source.remaining(), "groups of a branch");
        List<Accepted> accepted = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            accepted.add(
                    new Accepted(source.getLong(), source.getLong(), EventCodec.ranges(source)));
        }
        return new Branch(id, origin, new Content(stagingId, stagedBytes, records, accepted));
    }

    /** Writes down what a start brings back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("#" + id + " " + origin + " " + content.stagingId);
        text.append(' ').append(content.records);
        for (Accepted each : content.accepted) {
            text.append(' ').append(each.group).append(Arrays.toString(each.ranges));
        }
        return text.append(heuristic == null ? "" : " " + heuristic).toString();
    }
}
