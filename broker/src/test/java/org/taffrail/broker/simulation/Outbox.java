// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Message;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordParts;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a client has sent on its connection and is not answered; it keeps within its window. */
final class Outbox {
    static final int MESSAGE_BYTES_MAX = 300;

    private final Model model;
    private final long producer;
    private final int life;
    private final TreeMap<Long, Letter> unanswered = new TreeMap<>();
    private final TreeMap<Long, Integer> bytesByLast = new TreeMap<>();

    /** What may be sent again, by the first sequence of each. */
    private final TreeMap<Long, Run> runs = new TreeMap<>();

    private final List<Run> neverHeard = new ArrayList<>();

    /** What may have been heard on an earlier connection. */
    private final Set<Run> heardBefore = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean hasLasting;
    private long nextSequence = 1;

    /** Messages that are sent together, and their bytes. */
    record Run(String destination, Transaction transaction, List<Letter> letters, ByteSink bytes) {}

    /** A message that is sent in pieces of so many bytes. */
    record Large(int id, Traits traits, int pieceBytes) {
        /** Leaves the sizes to chance. */
        static Large of(Random random, int id, Traits traits) {
            int fillBytes = 100 + random.nextInt(400);
            return new Large(id, traits.filled(fillBytes), 100 + random.nextInt(160));
        }
    }

    Outbox(Model model, long producer, int life) {
        this.model = model;
        this.producer = producer;
        this.life = life;
    }

    /** The sequence of what is sent next. */
    long nextSequence() {
        return nextSequence;
    }

    /** Whether the log surely knows of something that was sent. */
    boolean hasLasting() {
        return hasLasting;
    }

    /**
     * Goes on after another connection was lost; returns what is to be sent again, in order.
     *
     * @param asItWas with the same sequences; else with new ones, as the broker knows of nothing
     */
    List<Run> goOn(Outbox before, boolean asItWas) {
        if (asItWas) {
            nextSequence = before.nextSequence;
            hasLasting = before.hasLasting;
        }
        for (Run run : before.runs.values()) {
            boolean lasts = run.letters.stream().anyMatch(letter -> letter.persistent);
            if (!asItWas && !lasts) {
                // it may have been delivered before the broker's start: once is enough
                continue;
            }
            if (before.heardBefore.contains(run) || !before.neverHeard.contains(run)) {
                heardBefore.add(run);
            }
            takeOver(run, asItWas, lasts, before.life == life);
        }
        return List.copyOf(runs.values());
    }

    private void takeOver(Run run, boolean asItWas, boolean lasts, boolean sameLife) {
        byte[] array = run.bytes.array();
        if (!asItWas) {
            RunLayout.address(array, 0, RunLayout.partition(array, 0), producer, nextSequence);
            nextSequence += run.letters.size();
        }
        long sequence = RunLayout.sequence(array, 0);
        runs.put(sequence, run);
        for (Letter letter : run.letters) {
            unanswered.put(sequence++, letter);
            letter.life = lasts ? life : letter.life;
            // what does not last may count as sent before the broker's start, whatever it was
            letter.toDeleted &= lasts || sameLife;
        }
        bytesByLast.put(sequence - 1, run.bytes.length());
    }

    /** Nobody sends again what the broker has never heard. */
    void giveUp() {
        neverHeard.removeIf(heardBefore::contains);
        neverHeard.forEach(run -> run.letters.forEach(model::refused));
        neverHeard.clear();
        runs.clear();
    }

    /** Whether so many messages fit into what may be unanswered. */
    boolean hasRoomFor(int messages, BrokerFrame.Welcome granted) {
        return hasRoomFor(messages, (long) messages * MESSAGE_BYTES_MAX, granted);
    }

    private boolean hasRoomFor(int runs, long runBytes, BrokerFrame.Welcome granted) {
        long bytes = bytesByLast.values().stream().mapToInt(each -> each).sum();
        return unanswered.size() + runs <= granted.windowMessages()
                && bytes + runBytes <= granted.windowBytes();
    }

    /** Whether the pieces of a message fit into what may be unanswered. */
    boolean hasRoomFor(Large large, BrokerFrame.Welcome granted) {
        int pieces = 2 + (large.traits.fillBytes() + 32) / (large.pieceBytes - 32);
        return hasRoomFor(pieces, pieces * (large.pieceBytes + 200L), granted);
    }

    /** Cuts a large message into runs of one piece each, to be said in order. */
    List<Run> pieces(Run head, Large large) {
        Letter letter =
                model.send(
                        new Letter(
                                large.id,
                                head.destination,
                                large.traits,
                                life,
                                producer,
                                nextSequence,
                                head.transaction));
        long partition = RunLayout.partition(head.bytes.array(), 0);
        long producer = RunLayout.producer(head.bytes.array(), 0);
        ByteSink record = new ByteSink(256);
        encode(record, letter);
        RecordParts parts = new RecordParts(record.array(), 0, large.pieceBytes, record.length());
        List<Run> runs = new ArrayList<>();
        for (int piece = 0; piece < parts.pieces(); piece++) {
            ByteSink bytes = new ByteSink(256);
            Run run = new Run(head.destination, head.transaction, List.of(letter), bytes);
            parts.write(run.bytes, piece, partition);
            letter.bytes += run.bytes.length();
            RunLayout.address(run.bytes.array(), 0, partition, producer, nextSequence);
            unanswered.put(nextSequence, letter);
            bytesByLast.put(nextSequence, run.bytes.length());
            nextSequence++;
            runs.add(run);
        }
        return runs;
    }

    /** Begins a run to a destination; transaction is null where it is sent in none. */
    Run begin(String destination, long partition, Transaction transaction) {
        ByteSink bytes = new ByteSink(256);
        RunLayout.begin(bytes, partition, producer, nextSequence);
        return new Run(destination, transaction, new ArrayList<>(), bytes);
    }

    void add(Run run, int id, Traits traits) {
        Letter letter =
                new Letter(
                        id, run.destination, traits, life, producer, nextSequence, run.transaction);
        run.letters.add(model.send(letter));
        unanswered.put(nextSequence++, letter);
        int before = run.bytes.length();
        encode(run.bytes, letter);
        letter.bytes = RunLayout.HEADER_BYTES + run.bytes.length() - before;
    }

    void end(Run run) {
        RunLayout.end(run.bytes, 0, run.letters.size());
        bytesByLast.put(nextSequence - 1, run.bytes.length());
        if (run.transaction == null) {
            runs.put(RunLayout.sequence(run.bytes.array(), 0), run);
        }
    }

    /** The broker will never hear of a run. */
    void neverHeard(Run run) {
        if (run.transaction == null) {
            neverHeard.add(run);
            return;
        }
        long sequence = RunLayout.sequence(run.bytes.array(), 0);
        for (Letter letter : run.letters) {
            unanswered.remove(sequence++);
            model.refused(letter);
        }
    }

    void confirmed(long first, long last) {
        answered(first, last, this::confirmed);
    }

    /** A large message is done when all its pieces are, and none was refused. */
    private void confirmed(Letter letter) {
        boolean more = letter.fillBytes > 0 && unanswered.containsValue(letter);
        if (!more && letter.outcome != Outcome.REFUSED) {
            model.confirmed(letter);
            hasLasting |= letter.persistent && letter.transaction == null;
        }
    }

    void refused(long first, long last) {
        answered(first, last, model::refused);
    }

    private void answered(long first, long last, Consumer<Letter> outcome) {
        for (long sequence = first; sequence <= last; sequence++) {
            Letter letter = unanswered.remove(sequence);
            unless(
                    letter != null,
                    Invariant.NOTHING_STUCK,
                    "send " + sequence + " is answered twice");
            outcome.accept(letter);
        }
        bytesByLast.headMap(last, true).clear();
        runs.headMap(last, true).clear();
    }

    void checkAnswered() {
        Map<Long, Letter> heard = new TreeMap<>(unanswered);
        neverHeard.forEach(run -> heard.values().removeAll(run.letters));
        unless(heard.isEmpty(), Invariant.NOTHING_STUCK, "unanswered sends " + heard);
    }

    private static void encode(ByteSink sink, Letter letter) {
        Message message =
                Message.message(letter.body())
                        .priority(letter.priority)
                        .expiresAt(letter.expiresAtMs)
                        .notBefore(letter.notBeforeMs)
                        .key(letter.key);
        if (!letter.persistent) {
            message.nonPersistent();
        }
        if (letter.colour != null) {
            message.property("colour", letter.colour).correlation(letter.colour);
        }
        message.encode(sink);
    }
}
