// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One direction of one connection: what it has taken from one socket and not given to the other
 * yet. Belongs to the proxy's thread.
 */
final class Pipe {
    /** What {@link #pump} returns where only a socket can bring it on. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int CHUNK_BYTES = 16 << 10;

    /** More is left in the sender's socket. */
    private static final int HELD_BYTES_MAX = 256 << 10;

    /** How far a throttled direction may catch up that could not be served in time. */
    private static final long LAG_NS_MAX = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int PIECES_PER_SECOND = 1000;

    private final Side from;
    private final Side to;
    private final Supplier<Flow> flow;
    private final long passedMax;
    private final Deque<Held> held = new ArrayDeque<>();
    private int heldBytes;
    private long passed;
    private long nextNs;
    private int pieces;
    private boolean taken;
    private boolean shut;
    private boolean lossy;
    private boolean blocked;

    /** Bytes and when they arrive. */
    private record Held(ByteBuffer bytes, long dueNs) {}

    /**
     * Makes a pipe.
     *
     * @param flow says how bytes go, whenever it is asked
     * @param passedMax after how many bytes it is {@link #isUsedUp}
     */
    Pipe(Side from, Side to, Supplier<Flow> flow, long passedMax) {
        this.from = from;
        this.to = to;
        this.flow = flow;
        this.passedMax = passedMax;
        nextNs = System.nanoTime();
    }

    /**
     * Takes and gives what can be taken and given at once.
     *
     * @return in how many ns to call again, also if no socket has become ready
     * @throws IOException if the sender's socket was reset, and the receiver is to hear of it
     */
    long pump(long nowNs) throws IOException {
        blocked = false;
        if (flow.get().is(Flow.Passage.STALLED)) {
            return NEVER;
        }
        boolean swallowing = flow.get().is(Flow.Passage.SWALLOWED);
        if (swallowing && (!held.isEmpty() || taken && !shut)) {
            lose();
        }
        try {
            take(nowNs, swallowing);
        } catch (IOException e) {
            taken = true;
            if (!swallowing && !lossy) {
                throw e;
            }
            lose();
        }
        return give(nowNs);
    }

    private void take(long nowNs, boolean swallowing) throws IOException {
        while (wantsBytes()) {
            ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
            int count = from.read(bytes);
            if (count == 0) {
                return;
            }
            taken = count < 0;
            if (swallowing) {
                lose();
            } else if (!taken && !lossy) {
                long delayNs = TimeUnit.MILLISECONDS.toNanos(flow.get().delayMs());
                long soonestNs = held.isEmpty() ? nowNs : held.getLast().dueNs;
                held.add(new Held(bytes.flip(), Math.max(soonestNs, nowNs + delayNs)));
                heldBytes += count;
            }
        }
    }

    private long give(long nowNs) {
        while (!held.isEmpty() && !isUsedUp()) {
            Held first = held.getFirst();
            int bytesPerSecond = flow.get().bytesPerSecond();
            long waitNs = Math.max(first.dueNs, bytesPerSecond > 0 ? nextNs : nowNs) - nowNs;
            if (waitNs > 0) {
                return waitNs;
            }
            int length = (int) Math.min(first.bytes.remaining(), passedMax - passed);
            if (bytesPerSecond > 0) {
                length = Math.min(length, pieceBytes(bytesPerSecond));
            }
            int count = to.write(first.bytes.slice(first.bytes.position(), length));
            if (count < 0) {
                lose();
                return NEVER;
            }
            first.bytes.position(first.bytes.position() + count);
            passed += count;
            heldBytes -= count;
            if (bytesPerSecond > 0) {
                long costNs = TimeUnit.SECONDS.toNanos(count) / bytesPerSecond;
                nextNs = Math.max(nextNs, nowNs - LAG_NS_MAX) + costNs;
            }
            if (!first.bytes.hasRemaining()) {
                held.removeFirst();
            } else if (count < length) {
                blocked = true;
                return NEVER;
            }
        }
        if (taken && held.isEmpty() && !lossy && !shut) {
            shut();
        }
        return NEVER;
    }

    /** Pieces of all lengths, some thousand a second at most: frames are split anywhere. */
    private int pieceBytes(int bytesPerSecond) {
        int longest = Math.max(2, 2 * bytesPerSecond / PIECES_PER_SECOND);
        pieces = (pieces + 7919) % longest;
        return 1 + pieces;
    }

    /** Nothing arrives any more: what is held is gone, and so is all that comes. */
    private void lose() {
        lossy = true;
        held.clear();
        heldBytes = 0;
    }

    /** Ends it for the receiver, once what was taken has been given. */
    private void shut() {
        shut = true;
        to.shut();
    }

    /** Ends it for the receiver at once; what the sender still sends vanishes. */
    void halfClose() {
        lose();
        if (!shut) {
            shut();
        }
    }

    /** Tells whether as many bytes have passed as may. */
    boolean isUsedUp() {
        return passed >= passedMax;
    }

    /** Tells whether nothing will ever pass again, and the sender has nothing left to say. */
    boolean isDone() {
        return taken && (lossy || shut);
    }

    /** Tells whether it takes bytes where there are some. */
    boolean wantsBytes() {
        return !taken && heldBytes < HELD_BYTES_MAX && !flow.get().is(Flow.Passage.STALLED);
    }

    /** Tells whether it waits for the receiver to take bytes. */
    boolean isBlocked() {
        return blocked;
    }

    long passed() {
        return passed;
    }
}
