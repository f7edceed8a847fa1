// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongArrayDeque;
import com.carrotsearch.hppc.cursors.LongCursor;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is remembered of a client beyond its connection, so that after the loss of one its sends are
 * known when they come again, and what became of its commits can be told.
 *
 * <p>Sends are decided in the order of their sequences, and the batches in which they are appended
 * become durable in that order. So it is enough to know up to which sequence they are decided, and
 * which of them were refused: the others are in the log. A refusal is logged with the next send of
 * the producer that is appended, and never without: where a crash takes that send, it takes the
 * memory of both, and they are decided anew, in the order in which they come again.
 */
final class Producer {
    /** How many commits are remembered. */
    static final int COMMITS_MAX = 1024;

    final long id;

    /** Who it is, and what only the client itself can know of it. */
    final Identity identity;

    /** They die with it. */
    final Set<Destination> temporaries = new LinkedHashSet<>();

    /** Whether it is remembered in the log. */
    boolean opened;

    /** The sequence from which on nothing is decided. */
    long undecided = 1;

    /** Whether a start has found it, and it has not come again since. */
    boolean restored;

    /** What has a lower sequence may have been sent, and decided, before the broker's start. */
    long sentBeforeStart = 1;

    private final int windowMessages;
    private final ArrayDeque<Refused> refused = new ArrayDeque<>(0);
    private final List<Refused> unlogged = new ArrayList<>(0);

    /** The last commits, in their order; few are ever looked for. */
    private final LongArrayDeque commits = new LongArrayDeque(0);

    private long forgottenCommit;

    /**
     * Who a client is.
     *
     * @param user its user, null for an anonymous one
     * @param instanceHigh high half of the client instance's random id
     * @param instanceLow low half
     */
    record Identity(String user, long instanceHigh, long instanceLow) {}

    /**
     * Sends that were refused.
     *
     * @param first the first one's sequence
     * @param last the last one's
     * @param code why
     * @param message why, in words; null where a start has forgotten it
     */
    record Refused(long first, long last, ErrorCode code, String message) {
        WireException again() {
            return message != null
                    ? new WireException(code, message)
                    : new WireException(
                            ErrorCode.REFUSED_BEFORE, code + ", before the broker was restarted");
        }
    }

    /**
     * Makes one of which nothing is known yet.
     *
     * @param windowMessages how many of its sends may be unanswered at once
     */
    Producer(long id, Identity identity, int windowMessages) {
        this.id = id;
        this.identity = identity;
        this.windowMessages = windowMessages;
    }

    /** Notes that sends were refused. */
    void refuse(long first, int count, WireException why) {
        Refused one = new Refused(first, first + count - 1, why.code(), why.getMessage());
        unlogged.add(one);
        remember(one);
    }

    /** Takes what of its refusals must be logged before another of its sends is appended. */
    List<Refused> takeUnlogged() {
        List<Refused> taken = List.copyOf(unlogged);
        unlogged.clear();
        return taken;
    }

    boolean hasUnlogged() {
        return !unlogged.isEmpty();
    }

    /** Takes a refusal that is logged; one that is known already stays as it is. */
    void refusalLogged(Refused one) {
        if (refused.stream().noneMatch(each -> each.first == one.first)) {
            remember(one);
        }
        undecided = Math.max(undecided, one.last + 1);
    }

    /** What nobody can send again any more is forgotten. */
    private void remember(Refused one) {
        refused.addLast(one);
        while (refused.getFirst().last < one.first - windowMessages) {
            refused.removeFirst();
        }
    }

    /** Notes that sends are in the log. */
    void appended(long last) {
        undecided = Math.max(undecided, last + 1);
    }

    /** Returns why a send was refused that is decided, null if it was not. */
    WireException refusal(long sequence) {
        for (Iterator<Refused> each = refused.descendingIterator(); each.hasNext(); ) {
            Refused one = each.next();
            if (one.first <= sequence && sequence <= one.last) {
                return one.again();
            }
        }
        return null;
    }

    /** Notes a commit; one that is known already stays where it is. */
    void committed(long transactionId) {
        if (commits.contains(transactionId)) {
            return;
        }
        commits.addLast(transactionId);
        if (commits.size() > COMMITS_MAX) {
            long oldest = commits.removeFirst();
            forgottenCommit = Math.max(forgottenCommit, oldest);
        }
    }

    /**
     * Demands that a transaction was committed.
     *
     * @throws WireException {@link ErrorCode#NOT_COMMITTED} if it was not, {@link
     *     ErrorCode#PRODUCER_FORGOTTEN} if that is not known any more
     */
    void requireCommitted(long transactionId) {
        if (commits.contains(transactionId)) {
            return;
        }
        if (transactionId <= forgottenCommit) {
            throw new WireException(
                    ErrorCode.PRODUCER_FORGOTTEN,
                    "transaction "
                            + transactionId
                            + " is older than the last "
                            + COMMITS_MAX
                            + " commits, which are remembered");
        }
        throw new WireException(
                ErrorCode.NOT_COMMITTED,
                "transaction " + transactionId + " was rolled back when its connection was lost");
    }

    /** Writes it for a snapshot. */
    void write(ByteSink sink) {
        sink.putLong(id);
        sink.putText(identity.user);
        sink.putLong(identity.instanceHigh);
        sink.putLong(identity.instanceLow);
        sink.putLong(undecided);
        sink.putInt(refused.size());
        for (Refused one : refused) {
            sink.putLong(one.first);
            sink.putLong(one.last);
            sink.putByte(one.code.number());
        }
        sink.putLong(forgottenCommit);
        sink.putInt(commits.size());
        for (LongCursor each : commits) {
            sink.putLong(each.value);
        }
    }

    /** Takes over what a snapshot has of one, into the registry. */
    static void read(ByteSource source, Producers producers) {
        long id = source.getLong();
        Identity identity = new Identity(source.getText(), source.getLong(), source.getLong());
        Producer read = producers.restored(id, identity);
        read.opened = true;
        long undecided = source.getLong();
        int refusals = source.getCount(source.remaining(), "refused sends");
        for (int i = 0; i < refusals; i++) {
            read.refusalLogged(
                    new Refused(
                            source.getLong(),
                            source.getLong(),
                            ErrorCode.of(source.getUnsignedByte()),
                            null));
        }
        read.appended(undecided - 1);
        read.forgottenCommit = source.getLong();
        int commits = source.getCount(COMMITS_MAX, "commits of a client");
        for (int i = 0; i < commits; i++) {
            read.committed(source.getLong());
        }
    }

    /** Writes down what a start brings back whatever was under way. */
    @Override
    public String toString() {
        return id + " of " + identity + " committed=" + commits + " forgotten=" + forgottenCommit;
    }
}
