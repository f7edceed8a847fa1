// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BranchFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends that wait for room, or until their destination is opened. A connection's sends stay in
 * their order: behind one that waits all wait. What else comes passes them, with three exceptions:
 *
 * <ul>
 *   <li>a commit, or a wish to prepare, waits for the sends of its own transaction;
 *   <li>what names a transaction whose commit waits, waits behind it;
 *   <li>a rollback passes and takes the sends of its transaction with it: they are answered in
 *       their turn, and have no effect.
 * </ul>
 *
 * <p>What waits is bounded by each client's window, and for all together here: a send that is too
 * much gives up its bytes and is refused in its turn.
 */
final class HeldSends {
    /** How many bytes wait at most. */
    static final long BYTES_MAX = 64 << 20;

    /** How many frames of one connection that are no sends wait at most. */
    static final int OTHERS_MAX = 1000;

    private final Map<Long, Line> lines = new LinkedHashMap<>();
    private final Barrier barrier;
    private long bytes;

    /**
     * At which {@link Barrier#changes} nothing was left that could go on; -1 where there may be.
     */
    private long doneAt = -1;

    HeldSends(Barrier barrier) {
        this.barrier = barrier;
    }

    /** Where to goes what has waited. */
    interface Exit {
        /** Takes a frame as if it came now. */
        void decide(long connection, ClientFrame frame);

        /** Whether a run was decided on another connection before, and takes no room. */
        boolean isKnown(long connection, ClientFrame.Send send);

        /** Takes a run whose transaction was rolled back. */
        void withdraw(long connection, long first, int count);

        /** Takes a run that is not decided, because its connection ends. */
        void giveUp(long connection, long transactionId, long first, int count, WireException why);

        /** Takes a run that is refused. */
        void refuse(long connection, long transactionId, long first, int count, WireException why);
    }

    /**
     * Something that waits.
     *
     * @param frame what is decided in the end; null for a run that is only answered
     * @param refusal why it is refused; null for a run that was withdrawn
     */
    private record Item(
            long transactionId, ClientFrame frame, long first, int count, WireException refusal) {
        static Item of(ClientFrame.Send send, WireException refusal) {
            byte[] array = send.array();
            long first = RunLayout.sequence(array, send.at());
            int count = RunLayout.count(array, send.at());
            ClientFrame kept = refusal == null ? copy(send) : null;
            return new Item(send.transactionId(), kept, first, count, refusal);
        }

        /** The array of a frame is its sender's again after the call. */
        private static ClientFrame.Send copy(ClientFrame.Send send) {
            byte[] run = Arrays.copyOfRange(send.array(), send.at(), send.at() + send.length());
            return new ClientFrame.Send(send.transactionId(), run, 0, run.length);
        }

        static Item of(ClientFrame frame, long transactionId) {
            return new Item(transactionId, frame, 0, 0, null);
        }

        boolean isSend() {
            return count > 0;
        }

        boolean isBlocked(Barrier barrier) {
            return frame instanceof ClientFrame.Send send
                    && barrier.blocks(RunLayout.partition(send.array(), send.at()));
        }

        int bytes() {
            return frame instanceof ClientFrame.Send send ? send.length() : 0;
        }

        Item withdrawn() {
            return new Item(transactionId, null, first, count, null);
        }

        void leave(long connection, Exit exit) {
            if (frame != null) {
                exit.decide(connection, frame);
            } else if (refusal == null) {
                exit.withdraw(connection, first, count);
            } else {
                exit.refuse(connection, transactionId, first, count, refusal);
            }
        }
    }

    /** What waits of one connection. */
    private static final class Line {
        ArrayDeque<Item> items = new ArrayDeque<>();

        /** How many sends wait of each transaction, without those that were withdrawn. */
        final Map<Long, Integer> sends = new HashMap<>();

        /** How many other frames wait of each transaction: its commit and what came after it. */
        final Map<Long, Integer> others = new HashMap<>();

        int otherCount;

        void add(Item item) {
            items.addLast(item);
            if (item.isSend()) {
                sends.merge(item.transactionId, 1, Integer::sum);
            } else {
                others.merge(item.transactionId, 1, Integer::sum);
                otherCount++;
            }
        }

        Item remove() {
            Item item = items.removeFirst();
            if (!item.isSend()) {
                otherCount--;
                less(others, item.transactionId);
            } else if (item.frame != null || item.refusal != null) {
                less(sends, item.transactionId);
            }
            return item;
        }

        private static void less(Map<Long, Integer> counts, long transactionId) {
            counts.computeIfPresent(transactionId, (id, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** How many bytes wait. */
    long bytes() {
        return bytes;
    }

    /**
     * Takes a frame that has to wait.
     *
     * @return false if it need not wait
     * @throws WireException {@link ErrorCode#LIMIT_REACHED} if more waits of the connection than
     *     any client has a use for
     */
    boolean take(long connection, ClientFrame frame) {
        Line line = lines.get(connection);
        if (frame instanceof ClientFrame.Send send) {
            if (line == null) {
                if (!barrier.blocks(RunLayout.partition(send.array(), send.at()))) {
                    return false;
                }
                line = new Line();
                lines.put(connection, line);
            }
            add(line, send);
            return true;
        }
        return line != null && waits(line, frame);
    }

    /**
     * Takes a send that is not permitted, behind those of its connection that wait.
     *
     * @return false if none waits
     */
    boolean takeDenied(long connection, ClientFrame.Send send, WireException why) {
        Line line = lines.get(connection);
        if (line == null) {
            return false;
        }
        line.add(Item.of(send, why));
        return true;
    }

    private void add(Line line, ClientFrame.Send send) {
        boolean tooMuch = bytes + send.length() > BYTES_MAX;
        Item item = Item.of(send, tooMuch ? tooMuch() : null);
        line.add(item);
        bytes += item.bytes();
    }

    private WireException tooMuch() {
        return barrier.refusal(
                bytes + " bytes of sends wait in the broker, allowed are " + BYTES_MAX);
    }

    private boolean waits(Line line, ClientFrame frame) {
        long transactionId = transactionId(frame);
        if (transactionId == 0) {
            return false;
        }
        boolean ends = line.others.containsKey(transactionId);
        if (!ends && line.sends.containsKey(transactionId)) {
            ends = frame instanceof ClientFrame.Commit || frame instanceof BranchFrame.Prepare;
            if (frame instanceof ClientFrame.Rollback) {
                withdraw(line, transactionId);
            }
        }
        if (ends) {
            if (line.otherCount == OTHERS_MAX) {
                throw new WireException(
                        ErrorCode.LIMIT_REACHED,
                        OTHERS_MAX + " frames wait behind commits whose sends wait, the most");
            }
            line.add(Item.of(frame, transactionId));
        }
        return ends;
    }

    private static long transactionId(ClientFrame frame) {
        if (frame instanceof ClientFrame.Commit commit) {
            return commit.transactionId();
        }
        if (frame instanceof ClientFrame.Rollback rollback) {
            return rollback.transactionId();
        }
        if (frame instanceof BranchFrame.Prepare prepare) {
            return prepare.transactionId();
        }
        return frame instanceof ClientFrame.Settle settle ? settle.transactionId() : 0;
    }

    private void withdraw(Line line, long transactionId) {
        ArrayDeque<Item> kept = new ArrayDeque<>(line.items.size());
        for (Item item : line.items) {
            boolean isOne = item.isSend() && item.transactionId == transactionId;
            bytes -= isOne ? item.bytes() : 0;
            kept.addLast(isOne ? item.withdrawn() : item);
        }
        line.items = kept;
        line.sends.remove(transactionId);
        doneAt = -1;
    }

    /** Has what waits looked at again: what it was sent to may be gone. */
    void lookAgain() {
        doneAt = -1;
    }

    /** Whether something of what waits may go on. */
    boolean canGoOn() {
        return !lines.isEmpty() && doneAt != barrier.changes();
    }

    /** Lets go on what has nothing to wait for, connections in turn, up to about so many bytes. */
    void release(Exit exit, long bytesMax) {
        long left = bytesMax;
        boolean some = true;
        while (left > 0 && some) {
            some = false;
            Iterator<Map.Entry<Long, Line>> each = lines.entrySet().iterator();
            while (left > 0 && each.hasNext()) {
                Map.Entry<Long, Line> entry = each.next();
                if (entry.getValue().items.getFirst().isBlocked(barrier)) {
                    continue;
                }
                Item item = entry.getValue().remove();
                if (entry.getValue().items.isEmpty()) {
                    each.remove();
                }
                bytes -= item.bytes();
                left -= Math.max(1, item.bytes());
                some = true;
                item.leave(entry.getKey(), exit);
            }
        }
        doneAt = some ? -1 : barrier.changes();
    }

    /**
     * Refuses all sends of a connection that ends, but for those that were decided before; what
     * waits for them goes on. They may come again, where the client does not hear of that. Sends
     * are decided in their order: behind one that is given up even those that are known wait until
     * they come again, or the one before them would seem to be decided as well.
     */
    void end(long connection, Exit exit, WireException why) {
        Line line = lines.remove(connection);
        boolean mayBeKnown = true;
        while (line != null && !line.items.isEmpty()) {
            Item item = line.remove();
            bytes -= item.bytes();
            boolean undecided = item.isSend() && (item.frame != null || item.refusal != null);
            undecided &=
                    !(item.frame instanceof ClientFrame.Send send)
                            || !mayBeKnown
                            || !exit.isKnown(connection, send);
            if (undecided) {
                mayBeKnown &= item.transactionId != 0;
                WireException refusal = item.refusal == null ? why : item.refusal;
                exit.giveUp(connection, item.transactionId, item.first, item.count, refusal);
            } else {
                item.leave(connection, exit);
            }
        }
    }
}
