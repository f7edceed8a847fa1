// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Message;
import org.taffrail.broker.simulation.Model.Letter;
import org.taffrail.broker.simulation.Model.Outcome;
import org.taffrail.broker.simulation.Model.Traits;
import org.taffrail.broker.simulation.Model.Transaction;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a client has sent on its connection and is not answered; it keeps within its window. */
final class Outbox {
    private static final int MESSAGE_BYTES_MAX = 300;

    private final Model model;
    private final int connection;
    private final int life;
    private final TreeMap<Long, Letter> unanswered = new TreeMap<>();
    private final TreeMap<Long, Integer> bytesByLast = new TreeMap<>();
    private long nextSequence = 1;

    /** Messages that are sent together, and their bytes. */
    record Run(String destination, Transaction transaction, List<Letter> letters, ByteSink bytes) {}

    Outbox(Model model, int connection, int life) {
        this.model = model;
        this.connection = connection;
        this.life = life;
    }

    /** Whether so many messages fit into what may be unanswered. */
    boolean hasRoomFor(int messages, BrokerFrame.Welcome granted) {
        long bytes = bytesByLast.values().stream().mapToInt(each -> each).sum();
        return unanswered.size() + messages <= granted.windowMessages()
                && bytes + (long) messages * MESSAGE_BYTES_MAX <= granted.windowBytes();
    }

    /** Begins a run to a destination; transaction is null where it is sent in none. */
    Run begin(String destination, long partition, long producer, Transaction transaction) {
        ByteSink bytes = new ByteSink(256);
        RunLayout.begin(bytes, partition, producer, nextSequence);
        return new Run(destination, transaction, new ArrayList<>(), bytes);
    }

    void add(Run run, int id, Traits traits) {
        Letter letter =
                new Letter(
                        id,
                        run.destination,
                        traits,
                        life,
                        connection,
                        nextSequence,
                        run.transaction);
        run.letters.add(model.send(letter));
        unanswered.put(nextSequence++, letter);
        encode(run.bytes, letter);
    }

    void end(Run run) {
        RunLayout.end(run.bytes, 0, run.letters.size());
        bytesByLast.put(nextSequence - 1, run.bytes.length());
    }

    /** The broker will never hear of a run. */
    void neverHeard(Run run) {
        for (Letter letter : run.letters) {
            unanswered.remove(letter.sequence);
            model.refused(letter);
        }
    }

    void confirmed(long first, long last) {
        answered(first, last, letter -> letter.outcome = Outcome.DONE);
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
    }

    void checkAnswered() {
        unless(unanswered.isEmpty(), Invariant.NOTHING_STUCK, "unanswered sends " + unanswered);
    }

    private static void encode(ByteSink sink, Letter letter) {
        Message message =
                Message.message(Integer.toString(letter.id))
                        .priority(letter.priority)
                        .expiresAt(letter.expiresAtMs)
                        .notBefore(letter.notBeforeMs);
        if (!letter.persistent) {
            message.nonPersistent();
        }
        if (letter.colour != null) {
            message.property("colour", letter.colour);
        }
        message.encode(sink);
    }
}
