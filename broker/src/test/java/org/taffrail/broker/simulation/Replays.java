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

        /** Whether a message may not stand before where it has begun. */
        private boolean mayBegin(Letter letter) {
            switch (start.kind()) {
                case OFFSET:
                    return letter.offset < 0 || letter.offset >= start.offset();
                case TIME:
                    return letter.appendedByMs >= start.timeMs();
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

    /** Begins one, from a message that is surely there, from a time or from the beginning. */
    Replay begin(SimulatedClient client, DestinationKind kind, String name) {
        long nowMs = model.chronicle().nowMs();
        String start = "earliest";
        int dice = random.nextInt(4);
        if (dice == 0) {
            start = ago(random, nowMs);
        } else if (dice == 1) {
            List<Letter> kept =
                    model.letters().stream()
                            .filter(
                                    each ->
                                            each.destination.equals(
                                                    SimulatedClient.key(kind, name)))
                            .filter(each -> each.persistent && each.offset >= 0)
                            .filter(model.chronicle()::isKept)
                            .toList();
            if (!kept.isEmpty()) {
                start = Long.toString(kept.get(random.nextInt(kept.size())).offset);
            }
        }
        Source source = kind.isQueue() ? Source.SIDE : Source.TOPIC;
        int consumer = client.attach(source, name, null, null, start);
        client.credit(consumer, PLENTY, false);
        return new Replay(client, consumer, kind, name, Start.of(start, nowMs));
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
                    replay.mayBegin(copy.letter),
                    Invariant.KEPT_HISTORY_IS_SHOWN,
                    copy + ", shown by " + replay);
            unless(
                    copy.offset >= firstNeeded || !model.chronicle().hasEnded(copy.letter),
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
        for (Copy copy : heard) {
            Copy before = last.put(replay.kind.isQueue() ? 0 : copy.letter.priority, copy);
            unless(
                    before == null || before.offset < copy.offset,
                    Invariant.KEPT_HISTORY_IS_SHOWN,
                    copy + " after " + before + ", shown by " + replay);
        }
    }
}
