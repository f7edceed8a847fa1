// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.List;

/**
 * What a client sends, and as whom: it begins, or goes on after another connection of it was lost.
 */
final class Sender {
    private final Sender before;
    private final int instance;
    private final int connection;
    private final int life;
    private final Model model;
    private final Line line;
    private final Transactions transactions;
    private final Addresses addresses;
    private Outbox outbox;
    private BrokerFrame.Welcome welcome;

    /**
     * Makes one that was not let in yet.
     *
     * @param before as whom it goes on; null for none
     */
    Sender(
            Sender before,
            int connection,
            int life,
            Model model,
            Line line,
            Transactions transactions,
            Addresses addresses) {
        this.before = before;
        if (before != null) {
            before.line.relieve();
        }
        this.connection = connection;
        instance = before == null ? connection : before.instance;
        this.life = life;
        this.model = model;
        this.line = line;
        this.transactions = transactions;
        this.addresses = addresses;
    }

    // How it goes on.

    ClientFrame.Hello hello(String clientId, int heartbeatMs) {
        return before == null
                ? Line.hello(clientId, instance, heartbeatMs, 0, 1)
                : Line.hello(
                        clientId,
                        instance,
                        heartbeatMs,
                        before.welcome.producerId(),
                        before.outbox.nextSequence());
    }

    /** Whether it was let in. */
    boolean isWelcome() {
        return welcome != null;
    }

    /** The last one that was let in, as which another may go on; null for none. */
    Sender lastWelcome() {
        return isWelcome() ? this : before;
    }

    void welcomed(BrokerFrame.Welcome granted) {
        welcome = granted;
        outbox = new Outbox(model, granted.producerId(), life);
        if (before == null) {
            return;
        }
        boolean known = granted.recognition() == Recognition.KNOWN;
        boolean nothing = granted.recognition() == Recognition.NOTHING_LASTING;
        unless(
                known || nothing && before.life < life && !before.outbox.hasLasting(),
                Invariant.NOT_FORGOTTEN,
                "connection "
                        + connection
                        + " goes on as "
                        + before.welcome.producerId()
                        + ", which is "
                        + granted.recognition());
        outbox.goOn(before.outbox, known).forEach(run -> say(run, 0));
        transactions.goOn(before.transactions);
    }

    /** Nobody goes on as this one. */
    void giveUp() {
        if (isWelcome()) {
            outbox.giveUp();
        } else if (before != null) {
            before.giveUp();
        }
    }

    // What it sends.

    /** Whether so many messages fit into what may be unanswered. */
    boolean maySend(int messages) {
        return outbox.hasRoomFor(messages, welcome);
    }

    /** Sends one run; the destination's partition must be known. */
    void send(
            DestinationKind kind,
            String name,
            List<Traits> messages,
            int firstId,
            Integer inTransaction) {
        Outbox.Run run =
                begin(kind, name, inTransaction == null ? null : transactions.begun(inTransaction));
        for (int i = 0; i < messages.size(); i++) {
            outbox.add(run, firstId + i, messages.get(i));
        }
        outbox.end(run);
        say(run, inTransaction == null ? 0 : inTransaction);
    }

    /** Sends a large message if it may, in a transaction of its own where it is in none. */
    void sendLarge(DestinationKind kind, String name, Outbox.Large large, Integer inTransaction) {
        if (!outbox.hasRoomFor(large, welcome)) {
            return;
        }
        int id = inTransaction == null ? transactions.own() : inTransaction;
        Outbox.Run head = begin(kind, name, transactions.begun(id));
        outbox.pieces(head, large).forEach(run -> say(run, id));
        if (inTransaction == null) {
            transactions.commit(id);
        }
    }

    private Outbox.Run begin(DestinationKind kind, String name, Transaction transaction) {
        String destination = SimulatedClient.key(kind, name);
        long partition = addresses.of(destination);
        return outbox.begin(Instances.key(destination, partition), partition, transaction);
    }

    private void say(Outbox.Run run, int transactionId) {
        if (line.isOver()) {
            outbox.neverHeard(run);
            return;
        }
        ByteSink bytes = run.bytes();
        line.say(
                new ClientFrame.Send(transactionId, bytes.array(), 0, bytes.length()),
                () -> outbox.neverHeard(run));
    }

    // What it hears.

    void confirmed(BrokerFrame.Confirm frame) {
        outbox.confirmed(frame.first(), frame.last());
    }

    void refused(BrokerFrame.Refuse frame) {
        outbox.refused(frame.first(), frame.last());
        if (frame.code() == ErrorCode.NO_SUCH_DESTINATION) {
            addresses.forget();
        }
    }

    void checkAnswered() {
        if (isWelcome()) {
            outbox.checkAnswered();
        }
    }
}
