// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import com.carrotsearch.hppc.LongHashSet;

import org.taffrail.wire.frame.BrokerFrame;

import java.util.ArrayDeque;

/**
 * What is to be said and may not be said yet. An effect is said when every batch that was written
 * before it is durable; a relaxed one, which tells only of what a crash takes back anyway, when
 * every relaxed batch is that was written before it. Each connection hears its effects in order.
 */
final class Parked {
    /** Said with the batches that are open now. */
    private final ArrayDeque<Effect> open = new ArrayDeque<>();

    private ArrayDeque<Effect> closed = new ArrayDeque<>();
    private int strictOpen;
    private int relaxedClosed;
    private long partBytes;
    private long added;

    /** Something to say; a null frame that the connection has ended. */
    private static final class Effect {
        final long connection;
        final BrokerFrame frame;
        final boolean relaxed;
        final long number;
        long sequence;

        Effect(long number, long connection, BrokerFrame frame, boolean relaxed) {
            this.number = number;
            this.connection = connection;
            this.frame = frame;
            this.relaxed = relaxed;
        }

        boolean maySay(Progress progress) {
            return sequence <= (relaxed ? progress.relaxedComplete() : progress.durable());
        }

        void say(Audience audience) {
            if (frame == null) {
                audience.ended(connection);
            } else {
                audience.tell(connection, frame);
            }
        }
    }

    void add(long connection, BrokerFrame frame, boolean relaxed) {
        partBytes += partBytes(frame);
        strictOpen += relaxed ? 0 : 1;
        open.add(new Effect(added++, connection, frame, relaxed));
    }

    /** How many were added so far. */
    long added() {
        return added;
    }

    /** How many were added before the first that is not said. */
    long saidBefore() {
        Effect first = closed.isEmpty() ? open.peek() : closed.peek();
        return first == null ? added : first.number;
    }

    /** Tells whether anything is added that must wait for what is open. */
    boolean awaitsOpen() {
        return strictOpen > 0;
    }

    /**
     * Notes that what was open is appended: what was added waits for it.
     *
     * @return whether anything waits for all that is written
     */
    boolean close(Progress progress) {
        boolean awaited = awaitsOpen();
        while (!open.isEmpty()) {
            Effect effect = open.remove();
            effect.sequence = effect.relaxed ? progress.relaxedWritten() : progress.written();
            relaxedClosed += effect.relaxed ? 1 : 0;
            closed.add(effect);
        }
        strictOpen = 0;
        return awaited;
    }

    /** Says what may be said. */
    void say(Progress progress, Audience audience) {
        while (!closed.isEmpty() && closed.peek().maySay(progress)) {
            sayOne(closed.remove(), audience);
        }
        if (relaxedClosed > 0) {
            sayRelaxed(progress, audience);
        }
    }

    /** Says what is relaxed and stands behind what must wait, but for the same connection. */
    private void sayRelaxed(Progress progress, Audience audience) {
        ArrayDeque<Effect> kept = new ArrayDeque<>(closed.size());
        LongHashSet waiting = new LongHashSet();
        for (Effect effect : closed) {
            if (effect.maySay(progress) && !waiting.contains(effect.connection)) {
                sayOne(effect, audience);
            } else {
                waiting.add(effect.connection);
                kept.add(effect);
            }
        }
        closed = kept;
    }

    private void sayOne(Effect effect, Audience audience) {
        relaxedClosed -= effect.relaxed ? 1 : 0;
        partBytes -= partBytes(effect.frame);
        effect.say(audience);
    }

    /** How many bytes of parts of large messages wait. */
    long partBytes() {
        return partBytes;
    }

    private static int partBytes(BrokerFrame frame) {
        return frame instanceof BrokerFrame.DeliverPart part ? part.length() : 0;
    }

    boolean isEmpty() {
        return open.isEmpty() && closed.isEmpty();
    }
}
