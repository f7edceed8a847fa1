// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The sends that are not finished: which sequences they have, how much of the window they take, and
 * who hears of them.
 *
 * <p>The broker may answer out of order (a non-persistent message need not wait for the force of a
 * persistent one), while listeners hear in the order of the sends. So a send is finished once it
 * and all before it are answered, and it takes its part of the window until then, which bounds what
 * is kept here. Guarded by the link's lock.
 *
 * <p>It may outlive its link: what is kept of a send can be sent again through the next one. A
 * broker that grants a smaller window than the one before gets them by and by.
 */
final class SendWindow {
    /** Most messages that may be unanswered, whatever the broker grants. */
    static final int MESSAGES_MAX = 1 << 16;

    private static final int FIRST_SEQUENCE = 1;

    private final ArrayDeque<Pending> order = new ArrayDeque<>();
    private Pending[] bySequence = new Pending[64];
    private long nextSequence = FIRST_SEQUENCE;
    private int messagesMax;
    private int bytesMax;
    private int messages;
    private long bytes;

    /** What is to be sent again and was not yet, in order. */
    private final ArrayDeque<Pending> toSendAgain = new ArrayDeque<>();

    private int messagesAgain;
    private long bytesAgain;

    /** One send: one run, with a sequence for each of its records. */
    static final class Pending {
        long firstSequence;
        private final int count;
        private final int bytes;
        private final Link.SendListener listener;
        private int unanswered;
        private Throwable failure;
        private byte[] run;
        private boolean lasts;

        private Pending(long firstSequence, int count, int bytes, Link.SendListener listener) {
            this.firstSequence = firstSequence;
            this.count = count;
            this.bytes = bytes;
            this.listener = listener;
            unanswered = count;
        }

        boolean isAnswered() {
            return unanswered == 0;
        }

        /**
         * Keeps what was sent, so that it can be sent again.
         *
         * @param sent the run, which stays as it is
         * @param isLasting whether it survives a restart of the broker, where it has arrived
         */
        void keep(byte[] sent, boolean isLasting) {
            run = sent;
            lasts = isLasting;
        }

        /** Returns why it has failed, null if it has not. */
        Throwable failure() {
            return failure;
        }
    }

    /** A finished send, to be told outside the lock. */
    record Outcome(Link.SendListener listener, Throwable failure) {
        void tell() {
            listener.completed(failure);
        }
    }

    /** Sets the window that the broker grants; both are 1 or more. */
    void grant(int newMessagesMax, int newBytesMax) {
        messagesMax = Math.min(newMessagesMax, MESSAGES_MAX);
        bytesMax = newBytesMax;
    }

    /** Tells whether there is no send that is not finished. */
    boolean isEmpty() {
        return order.isEmpty();
    }

    /** Tells whether a send of this size could go out if nothing else were unanswered. */
    boolean everFits(int count, int sendBytes) {
        return count <= messagesMax && sendBytes <= bytesMax;
    }

    /** Tells whether a send of this size may go out now. */
    boolean fits(int count, int sendBytes) {
        return toSendAgain.isEmpty()
                && messages + count <= messagesMax
                && bytes + sendBytes <= bytesMax;
    }

    /** Takes a send that {@link #fits}. */
    Pending add(int count, int sendBytes, Link.SendListener listener) {
        Pending pending = new Pending(nextSequence, count, sendBytes, listener);
        order.add(pending);
        while (nextSequence + count - order.peek().firstSequence > bySequence.length) {
            grow();
        }
        put(pending);
        nextSequence += count;
        messages += count;
        bytes += sendBytes;
        return pending;
    }

    /** Takes a send of one record that {@link #fits} and is not finished before its release. */
    Pending addHeld(int sendBytes, Link.SendListener listener) {
        Pending pending = add(1, sendBytes, listener);
        pending.unanswered++;
        return pending;
    }

    /**
     * Releases a held send; nothing if all has failed meanwhile.
     *
     * @param failure why the send has failed, null if it has not
     * @return the sends that are finished by it, in order
     */
    List<Outcome> release(Pending pending, Throwable failure) {
        if (!order.contains(pending)) {
            return List.of();
        }
        pending.unanswered--;
        if (pending.failure == null) {
            pending.failure = failure;
        }
        return finishAnswered();
    }

    /**
     * Notes an answer to sequences.
     *
     * @param failure null where they are confirmed
     * @return the sends that are finished by it, in order
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} where one of the sequences is not
     *     waiting for an answer; nothing is changed then that matters, as the link is lost
     */
    List<Outcome> answered(long first, long last, WireException failure) {
        long oldest = order.isEmpty() ? nextSequence : order.peek().firstSequence;
        if (first > last || first < oldest || last >= nextSequence) {
            throw violation(first, last);
        }
        for (long sequence = first; sequence <= last; sequence++) {
            int index = index(sequence);
            Pending pending = bySequence[index];
            if (pending == null) {
                throw violation(sequence, sequence);
            }
            bySequence[index] = null;
            pending.unanswered--;
            if (pending.failure == null) {
                pending.failure = failure;
            }
        }
        return finishAnswered();
    }

    private List<Outcome> finishAnswered() {
        List<Outcome> finished = new ArrayList<>();
        while (!order.isEmpty() && order.peek().unanswered == 0) {
            finished.add(finish(order.poll(), null));
        }
        return finished;
    }

    /**
     * Finishes everything.
     *
     * @param lost the failure of those that have no answer
     * @return all sends, in order
     */
    List<Outcome> fail(Throwable lost) {
        List<Outcome> finished = new ArrayList<>();
        while (!order.isEmpty()) {
            Pending pending = order.poll();
            finished.add(finish(pending, pending.unanswered == 0 ? null : lost));
        }
        bySequence = new Pending[bySequence.length];
        return finished;
    }

    // ---- over the end of a link

    /** Returns the sequence of the next send that was not sent before. */
    long nextSequence() {
        return nextSequence;
    }

    /**
     * Finishes what can't be sent again, as nothing of it was kept.
     *
     * @param lost its failure where it has no answer
     * @return what has finished, in order
     */
    List<Outcome> failUnkept(Throwable lost) {
        List<Outcome> finished = new ArrayList<>();
        toSendAgain.clear();
        messagesAgain = 0;
        bytesAgain = 0;
        Iterator<Pending> all = order.iterator();
        while (all.hasNext()) {
            Pending pending = all.next();
            if (pending.run == null) {
                all.remove();
                clear(pending);
                finished.add(finish(pending, pending.unanswered == 0 ? null : lost));
            }
        }
        finished.addAll(finishAnswered());
        return finished;
    }

    /** Prepares to send all again that has no answer, as it was. */
    void sendAgain() {
        for (Pending pending : order) {
            if (pending.unanswered > 0) {
                toSendAgain.add(pending);
                messagesAgain += pending.count;
                bytesAgain += pending.bytes;
            }
        }
    }

    /**
     * Prepares to send all anew that has no answer, to a broker that knows of nothing. What does
     * not last may have been delivered before that broker was started: it counts as sent, since
     * twice would be worse.
     *
     * @param producerId as whom it is sent now
     * @return what has finished, in order
     */
    List<Outcome> sendAnew(long producerId) {
        restart();
        for (Pending pending : order) {
            if (pending.unanswered > 0 && !pending.lasts) {
                pending.unanswered = 0;
            }
            pending.firstSequence = nextSequence;
            if (pending.unanswered > 0) {
                byte[] run = pending.run;
                RunLayout.address(
                        run, 0, RunLayout.partition(run, 0), producerId, pending.firstSequence);
                nextSequence += pending.count;
                put(pending);
            }
        }
        sendAgain();
        return finishAnswered();
    }

    /** Begins anew for a broker that has forgotten this client; nothing is unfinished. */
    void restart() {
        bySequence = new Pending[bySequence.length];
        nextSequence = FIRST_SEQUENCE;
    }

    /**
     * Keeps a send no longer for being sent again.
     *
     * @param unwanted whose send
     * @param failure its failure where it was to be sent again just now
     * @return what has finished, in order
     */
    List<Outcome> abandon(Link.SendListener unwanted, Throwable failure) {
        for (Pending pending : order) {
            if (pending.listener == unwanted) {
                pending.run = null;
                if (toSendAgain.remove(pending)) {
                    messagesAgain -= pending.count;
                    bytesAgain -= pending.bytes;
                    clear(pending);
                    pending.unanswered = 0;
                    pending.failure = failure;
                }
                return finishAnswered();
            }
        }
        return List.of();
    }

    /** Takes the next run that is to be sent again and fits; null for none. */
    byte[] nextAgain() {
        Pending next = toSendAgain.peek();
        if (next == null) {
            return null;
        }
        boolean fits =
                messages - messagesAgain + next.count <= messagesMax
                        && bytes - bytesAgain + next.bytes <= bytesMax;
        if (!fits && next != order.peek()) {
            return null;
        }
        toSendAgain.remove();
        messagesAgain -= next.count;
        bytesAgain -= next.bytes;
        return next.run;
    }

    private void clear(Pending pending) {
        for (int i = 0; i < pending.count; i++) {
            int index = index(pending.firstSequence + i);
            if (bySequence[index] == pending) {
                bySequence[index] = null;
            }
        }
    }

    private Outcome finish(Pending pending, Throwable lost) {
        messages -= pending.count;
        bytes -= pending.bytes;
        return new Outcome(pending.listener, pending.failure != null ? pending.failure : lost);
    }

    /** Doubles the room for sequences; what was added last is not put there yet. */
    private void grow() {
        Pending[] before = bySequence;
        bySequence = new Pending[before.length * 2];
        for (Pending pending : order) {
            for (int i = 0; i < pending.count; i++) {
                long sequence = pending.firstSequence + i;
                if (before[(int) sequence & before.length - 1] == pending) {
                    bySequence[index(sequence)] = pending;
                }
            }
        }
    }

    private void put(Pending pending) {
        for (int i = 0; i < pending.count; i++) {
            bySequence[index(pending.firstSequence + i)] = pending;
        }
    }

    private int index(long sequence) {
        return (int) sequence & bySequence.length - 1;
    }

    private WireException violation(long first, long last) {
        return new WireException(
                ErrorCode.PROTOCOL_VIOLATION,
                "an answer to sends " + first + " to " + last + ", which none of them waits for");
    }
}
