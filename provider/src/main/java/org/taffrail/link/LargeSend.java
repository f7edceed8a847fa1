// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameWriter;
import org.taffrail.wire.record.RecordParts;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * One send of a message that is larger than a record may be: piece by piece, each of which waits
 * for its room in the window, so that others' sends go between. Outside a transaction the pieces
 * have one of their own, which is committed behind the last; the send is finished, in its turn
 * among the others, when that is answered.
 */
final class LargeSend implements Link.SendListener {
    /** How large a piece is as a run: small enough to keep nobody waiting. */
    private static final int PIECE_BYTES = 256 << 10;

    private final Link link;
    private final LinkSession session;
    private final Link.SendListener listener;
    private final long transactionId;
    private final boolean own;
    private final ArrayDeque<SendWindow.Pending> unanswered = new ArrayDeque<>();
    private volatile Throwable refusal;

    /**
     * Prepares.
     *
     * @param transactionId the transaction it is sent in, 0 for none
     * @param listener hears the outcome
     */
    LargeSend(Link link, LinkSession session, long transactionId, Link.SendListener listener) {
        this.link = link;
        this.session = session;
        this.listener = listener;
        own = transactionId == 0;
        this.transactionId = own ? link.newTransaction() : transactionId;
    }

    /** Hears what became of a piece. */
    @Override
    public void completed(Throwable failure) {
        if (failure != null && refusal == null) {
            refusal = failure;
        }
    }

    /** Hears what became of the last piece, and of the commit behind it. */
    private void ended(Throwable failure) {
        completed(failure);
        listener.completed(refusal);
    }

    /**
     * Sends the message.
     *
     * @param run holds the record, from its header
     * @param recordBytesMax the largest record that may be sent
     * @throws WireException as {@link Link#send}; also if a piece was refused before the last was
     *     sent
     */
    void send(ByteSink run, int recordBytesMax) {
        int pieceBytes = Math.min(recordBytesMax, PIECE_BYTES - RunLayout.HEADER_BYTES);
        RecordParts parts =
                new RecordParts(run.array(), RunLayout.HEADER_BYTES, pieceBytes, recordBytesMax);
        long partition = RunLayout.partition(run.array(), 0);
        ByteSink frame = new ByteSink(Outbound.SEND_BYTES + RunLayout.HEADER_BYTES + pieceBytes);
        FrameWriter writer = new FrameWriter(frame);
        int sent = 0;
        try {
            while (sent < parts.pieces()) {
                frame.clear();
                int at = writer.beginSend(transactionId);
                parts.writeUnsealed(frame, sent, partition);
                writer.endSend(at);
                send(frame, partition, sent == parts.pieces() - 1);
                sent++;
            }
        } finally {
            if (own && sent > 0 && sent < parts.pieces()) {
                link.rollback(transactionId);
            }
        }
    }

    private void send(ByteSink frame, long partition, boolean last) {
        int frameBytes = frame.length();
        session.lock();
        try {
            session.requireOpen();
            session.awaitRoom(1, frameBytes);
            requireNoneRefused();
            long producer = session.requireOpen().producerId();
            SendWindow.Pending pending =
                    last && own
                            ? session.waiters.window.addHeld(frameBytes, this::ended)
                            : session.waiters.window.add(1, frameBytes, last ? this::ended : this);
            unanswered.add(pending);
            RunLayout.address(
                    frame.array(), Outbound.SEND_BYTES, partition, producer, pending.firstSequence);
            session.outbound().send(frame);
            session.noteSent();
            if (last && own) {
                commit(pending);
            }
        } finally {
            session.unlock();
        }
    }

    /** Looks at the answers under the lock, as the room that they make comes before their news. */
    private void requireNoneRefused() {
        while (!unanswered.isEmpty() && unanswered.peek().isAnswered()) {
            if (unanswered.poll().failure() instanceof WireException refused) {
                throw new WireException(refused.code(), refused.getMessage());
            }
        }
    }

    /** Commits, under the lock, so that no answer is missed. */
    private void commit(SendWindow.Pending pending) {
        CompletableFuture<Void> done = link.commit(transactionId);
        if (done.isCompletedExceptionally()) {
            // nobody knows what the broker has: the end of the link tells the listener
            done.whenComplete((nothing, failure) -> session.lose(failure));
            return;
        }
        done.whenComplete(
                (nothing, failure) ->
                        session.waiters
                                .released(pending, failure)
                                .forEach(SendWindow.Outcome::tell));
    }
}
