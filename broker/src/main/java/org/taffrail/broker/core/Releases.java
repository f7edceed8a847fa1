// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.DestinationPolicy;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Gives held messages back: so many in each step of the core, so that a client that held very many
 * keeps nobody waiting. A command's first ones go back with it, the rest in later steps; those of
 * one client one command after the other, clients in turn.
 *
 * <p>From outside it looks as if all had gone back at once, for those who ask later: until the last
 * one is back the group delivers nothing and ends no drain, so that nothing overtakes a message
 * which is still to come back to its place before it; and the command is answered after the last. A
 * start in between finds what is not back unsettled, and flags it as seen.
 */
final class Releases {
    private final Decisions decisions;
    private final DeadLetters deadLetters;
    private final ArrayDeque<Client> waiting = new ArrayDeque<>();
    private final Back back = new Back();
    private int left;

    Releases(Decisions decisions, DeadLetters deadLetters) {
        this.decisions = decisions;
        this.deadLetters = deadLetters;
    }

    /** Messages that one event puts back, for they agree in all but the offset. */
    private static final class Back {
        Position position;
        boolean persistent;
        int count;
        long dueMs;
        long[] offsets = new long[16];
        int size;

        boolean takes(Hold hold, int newCount, long newDueMs) {
            return size > 0
                    && position == hold.position()
                    && persistent == hold.persistent
                    && count == newCount
                    && dueMs == newDueMs;
        }

        void add(long offset) {
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * size);
            }
            offsets[size++] = offset;
        }
    }

    /** Begins a step of the core. */
    void step() {
        left = decisions.limits().releasesMax();
    }

    /**
     * Takes what a client's command gives back. One of no message is done at once; others when the
     * client's earlier ones are done.
     */
    void begin(Client client, Release release) {
        if (release.isDone()) {
            release.done();
        } else {
            last(client, release);
        }
    }

    /** Takes the last that a client gives back: it is done when all others are. */
    void last(Client client, Release release) {
        if (!client.releases.isEmpty()) {
            client.releases.add(release);
        } else if (!advance(release)) {
            client.releases.add(release);
            waiting.add(client);
        }
    }

    /** Goes on with what was too much for one step; returns whether some is left. */
    boolean work() {
        while (left > 0 && !waiting.isEmpty()) {
            Client client = waiting.poll();
            while (!client.releases.isEmpty() && advance(client.releases.peek())) {
                client.releases.poll();
            }
            if (!client.releases.isEmpty()) {
                waiting.add(client);
            }
        }
        return !waiting.isEmpty();
    }

    /**
     * Gives back what waits for its record on its way to the dead-letter queue: it may die after
     * the next start. Returns whether some is left.
     */
    boolean putBack(Partition partition) {
        while (left > 0 && !partition.dying().isEmpty()) {
            left--;
            Hold hold = partition.dying().poll().hold();
            if (hold.consumer.group.gone) {
                hold.position().settle(hold.offset);
            } else {
                putBack(hold, hold.position().failures(hold.offset), 0);
            }
        }
        flush();
        return !partition.dying().isEmpty();
    }

    /** Goes on with one as far as the step allows; returns whether it is done. */
    private boolean advance(Release release) {
        while (left > 0 && !release.isDone()) {
            left--;
            Release.Fate fate = release.fate();
            release(release.next(), fate);
        }
        flush();
        if (!release.isDone()) {
            return false;
        }
        release.done();
        return true;
    }

    private void release(Hold hold, Release.Fate fate) {
        Group group = hold.consumer.group;
        int failures = hold.position().failures(hold.offset);
        if (group.gone) {
            hold.position().settle(hold.offset);
        } else if (fate == Release.Fate.UNSEEN) {
            decisions.releaseUnseen(hold);
        } else if (fate == Release.Fate.FAILED) {
            fail(hold, failures + 1);
        } else if (fate == Release.Fate.REFUSED && group.policy().deadLetterQueue() != null) {
            deadLetters.add(hold, failures + 1, "refused by the consumer");
        } else {
            putBack(hold, failures, 0);
        }
        group.releasing--;
        if (group.releasing == 0) {
            decisions.dispatcher().enqueue(group);
        }
    }

    private void fail(Hold hold, int count) {
        DestinationPolicy policy = hold.consumer.group.policy();
        if (policy.isDead(count)) {
            deadLetters.add(hold, count, "delivery limit");
            return;
        }
        long delayMs = policy.redeliveryDelay().afterMs(count);
        putBack(hold, count, delayMs > 0 ? decisions.nowMs() + delayMs : 0);
    }

    private void putBack(Hold hold, int count, long dueMs) {
        if (!back.takes(hold, count, dueMs)) {
            flush();
            back.position = hold.position();
            back.persistent = hold.persistent;
            back.count = count;
            back.dueMs = dueMs;
        }
        back.add(hold.offset);
    }

    private void flush() {
        if (back.size > 0) {
            Arrays.sort(back.offsets, 0, back.size);
            long[] ranges = Ranges.joining(back.offsets, back.size);
            back.size = 0;
            decisions.release(back.position, ranges, back.persistent, back.count, back.dueMs);
        }
    }
}
