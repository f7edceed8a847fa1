// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection as the core knows it: its consumers, transactions and temporary destinations. */
final class Client {
    private static final long NONE = -1;

    private static final int RUNS_BYTES = 1024;

    /** What the runs of a transaction stand in is kept for the next one, up to this. */
    private static final int RUNS_KEPT_BYTES_MAX = 64 << 10;

    final long connection;
    final String clientId;
    final Producer producer;

    /** Whether it is remembered when this connection is lost. */
    final boolean resumable;

    /** What its user holds, here and on other connections. */
    final UserHoldings.OfUser holdings;

    final Map<Integer, Consumer> consumers = new LinkedHashMap<>();
    final Map<Long, Transaction> transactions = new HashMap<>();

    private Consumer lastAsked;
    private ByteSink spareRuns;

    /** What it gives back and is not back yet, in the order of its commands. */
    final ArrayDeque<Release> releases = new ArrayDeque<>(0);

    /** Whether nothing is delivered to it for now, because it does not read fast enough. */
    boolean paused;

    /** The sequence that its next send must have, but for those that are sent again. */
    long nextSequence;

    /** The least sequence of what may be sent again, which is less than {@link #againBefore}. */
    long againFrom = 1;

    /** All that was sent before this connection has less. */
    final long againBefore;

    private long confirmFirst = NONE;
    private long confirmLast;
    private boolean confirmRelaxed;

    /**
     * Makes one.
     *
     * @param holdings what its user holds
     * @param nextSequence what its first send will have that was not sent before
     */
    Client(
            long connection,
            String clientId,
            Producer producer,
            boolean resumable,
            UserHoldings.OfUser holdings,
            long nextSequence) {
        this.connection = connection;
        this.clientId = clientId;
        this.producer = producer;
        this.resumable = resumable;
        this.holdings = holdings;
        this.nextSequence = nextSequence;
        againBefore = nextSequence;
    }

    /**
     * Notes that sends are done; neighbours are told together, unless the earlier ones would have
     * to wait for it.
     */
    void confirm(long first, long last, boolean relaxed, Output output) {
        boolean waitsNoLonger = relaxed || !confirmRelaxed;
        if (confirmFirst != NONE && first == confirmLast + 1 && waitsNoLonger) {
            confirmLast = last;
            return;
        }
        flushConfirm(output);
        confirmFirst = first;
        confirmLast = last;
        confirmRelaxed = relaxed;
    }

    /** Tells what is confirmed and not told yet; returns whether there was something. */
    boolean flushConfirm(Output output) {
        if (confirmFirst == NONE) {
            return false;
        }
        BrokerFrame frame = new BrokerFrame.Confirm(confirmFirst, confirmLast);
        if (confirmRelaxed) {
            output.tellRelaxed(connection, frame);
        } else {
            output.tell(connection, frame);
        }
        confirmFirst = NONE;
        return true;
    }

    boolean hasConfirm() {
        return confirmFirst != NONE;
    }

    /**
     * Makes sure that a transaction may be used, which its first use begins.
     *
     * @param id the transaction, 0 for none
     * @param openMax how many there may be
     * @throws WireException {@link ErrorCode#LIMIT_REACHED} if it would be one more
     */
    void checkTransaction(long id, int openMax) {
        if (id != 0 && transactions.size() >= openMax && !transactions.containsKey(id)) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    "the connection has "
                            + openMax
                            + " transactions open, the most allowed; use another connection");
        }
    }

    Transaction transaction(long id) {
        return transactions.computeIfAbsent(id, each -> new Transaction(each, takeRuns()));
    }

    private ByteSink takeRuns() {
        ByteSink taken = spareRuns == null ? new ByteSink(RUNS_BYTES) : spareRuns;
        spareRuns = null;
        return taken;
    }

    /** Takes back what the runs of a transaction stood in, for the next one. */
    void keepRuns(ByteSink runs) {
        if (runs.array().length <= RUNS_KEPT_BYTES_MAX) {
            runs.clear();
            spareRuns = runs;
        }
    }

    /** Returns a consumer or browser, or null: as a rule the one that was asked for last. */
    Consumer consumer(int id) {
        if (lastAsked == null || lastAsked.id != id) {
            lastAsked = consumers.get(id);
        }
        return lastAsked;
    }

    void forget(Consumer consumer) {
        lastAsked = null;
        consumers.remove(consumer.id, consumer);
    }
}
