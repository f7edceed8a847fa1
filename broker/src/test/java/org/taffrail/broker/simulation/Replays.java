// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.Start;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.record.DestinationKind;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Those who read again, while all else rests, what destinations keep: from the beginning, from a
 * message on or from a time on. What they are shown is held against the {@link Chronicle}.
 */
final class Replays {
    private static final int PLENTY = 1 << 20;

    private final Model model;
    private final Random random;

    Replays(Model model, Random random) {
        this.model = model;
        this.random = random;
    }

    /** One of them. */
    record Replay(
            SimulatedClient client, int consumer, DestinationKind kind, String name, Start start) {
        private String destination() {
            return SimulatedClient.key(kind, name);
        }

        private boolean isCopied() {
            return PolicyRules.isOfReplays(client.holder(consumer).group);
        }

        /** Where a message stands in the log of the destination, -1 if nobody knows. */
        private long offset(Copy copy) {
            if (isCopied()) {
                return copy.letter.mayBeRetried ? -1 : copy.letter.offset;
            }
            return copy.offset;
        }

        /** Whether a message may stand behind where it has begun. */
        private boolean mayBegin(Copy copy) {
            switch (start.kind()) {
                case OFFSET:
                    return offset(copy) < 0 || offset(copy) >= start.offset();
                case TIME:
                    return copy.letter.mayBeRetried || copy.letter.appendedByMs >= start.timeMs();
                default:
                    return true;
            }
        }

        /** Whether a message surely stands behind where it has begun. */
        private boolean begins(Letter letter) {
            switch (start.kind()) {
                case OFFSET:
                    return letter.offset >= start.offset();
                case TIME:
                    return letter.sentAtMs >= start.timeMs();
                default:
                    return true;
            }
        }

        @Override
        public String toString() {
            return "a replay of " + destination() + " from " + start;
        }
    }

    /** Where somebody may want to begin, at any time. */
    static String somewhere(Random random, long nowMs) {
        switch (random.nextInt(4)) {
            case 0:
                return "latest";
            case 1:
                return Integer.toString(random.nextInt(20));
            case 2:
                return ago(random, nowMs);
            default:
                return "earliest";
        }
    }

    private static String ago(Random random, long nowMs) {
        return Instant.ofEpochMilli(nowMs - random.nextInt(3_000)).toString();
    }

    /** Where one begins: with a message that is surely there, a time or the first there is. */
    String start(DestinationKind kind, String name) {
        int dice = random.nextInt(4);
        if (dice == 0) {
            return ago(random, model.chronicle().nowMs());
        }
        String destination = SimulatedClient.key(kind, name);
        List<Letter> kept =
                model.letters().stream()
                        .filter(each -> dice == 1 && each.destination.equals(destination))
                        .filter(each -> each.persistent && each.offset >= 0)
                        .filter(model.chronicle()::isKept)
                        .toList();
        return kept.isEmpty()
                ? "earliest"
                : Long.toString(kept.get(random.nextInt(kept.size())).offset);
    }

    /** Begins one. */
    Replay begin(SimulatedClient client, DestinationKind kind, String name) {
        String start = start(kind, name);
        Source source = kind.isQueue() ? Source.SIDE : Source.TOPIC;
        int consumer = client.attach(source, name, null, null, start);
        client.credit(consumer, PLENTY, false);
        return replay(client, consumer, kind, name, start);
    }

    private Replay replay(
            SimulatedClient client, int consumer, DestinationKind kind, String name, String start) {
        Start from = Start.of(start, model.chronicle().nowMs());
        return new Replay(client, consumer, kind, name, from);
    }

    /** Consumes what a manager has had replayed to a queue. */
    Replay consume(
            SimulatedClient client, DestinationKind kind, String name, String start, String queue) {
        int consumer = client.attach(Source.QUEUE, queue, null, null);
        client.holder(consumer).replays = true;
        client.credit(consumer, PLENTY, false);
        return replay(client, consumer, kind, name, start);
    }

    /**
     * Looks, when all is at rest, at what one was shown, and ends it.
     *
     * @param firstNeeded the first offset that a group needs, from which on all may be shown
     */
    void end(Replay replay, long firstNeeded) {
        if (!replay.client.isServed()) {
            return;
        }
        Holder holder = replay.client.holder(replay.consumer);
        unless(holder != null, Invariant.KEPT_HISTORY_IS_SHOWN, replay + " was refused");
        checkOrder(replay, holder.heard);
        Set<Letter> shown = new HashSet<>();
        for (Copy copy : holder.heard) {
            shown.add(copy.letter);
            unless(
                    replay.mayBegin(copy),
                    Invariant.KEPT_HISTORY_IS_SHOWN,
                    copy + ", shown by " + replay);
            unless(
                    replay.offset(copy) < 0
                            || replay.offset(copy) >= firstNeeded
                            || !model.chronicle().hasEnded(copy.letter),
                    Invariant.HISTORY_HAS_BOUNDS,
                    copy + ", shown by " + replay + ", is too old");
        }
        for (Letter letter : model.letters()) {
            boolean due =
                    letter.destination.equals(replay.destination())
                            && letter.isAcknowledged()
                            && letter.persistent
                            && letter.expiresAtMs == 0
                            && letter.notBeforeMs <= model.chronicle().nowMs()
                            && model.chronicle().isKept(letter)
                            && replay.begins(letter);
            unless(
                    !due || shown.contains(letter),
                    Invariant.KEPT_HISTORY_IS_SHOWN,
                    letter + ", not shown by " + replay);
        }
        replay.client.detach(replay.consumer);
    }

    /** A side group reads in the order of the log, a subscription in that of each priority. */
    private static void checkOrder(Replay replay, List<Copy> heard) {
        Map<Integer, Copy> last = new HashMap<>();
        boolean inOneOrder = replay.kind.isQueue() && !replay.isCopied();
        for (Copy copy : heard) {
            if (replay.offset(copy) < 0) {
                continue;
            }
            Copy before = last.put(inOneOrder ? 0 : copy.letter.priority, copy);
            unless(
                    before == null || replay.offset(before) < replay.offset(copy),
                    Invariant.KEPT_HISTORY_IS_SHOWN,
                    copy + " after " + before + ", shown by " + replay);
        }
    }
}
