// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;

/**
 * What the loop does with sends while there is no room for them: it asks which of them take room,
 * has them refused, or holds them back and later says what became of those that are not to be
 * decided any more. What ends or settles something never comes here.
 */
public final class SendGate {
    private final Decisions decisions;
    private final Sends sends;
    private final Clients clients;

    SendGate(Decisions decisions, Sends sends, Clients clients) {
        this.decisions = decisions;
        this.sends = sends;
        this.clients = clients;
    }

    /**
     * Tells whether what is sent to a partition takes room in the log.
     *
     * @param partition the partition
     * @return false for one that lives in memory, and for an unknown one
     */
    public boolean takesRoom(long partition) {
        Partition found = decisions.state().partition(partition);
        return found != null && !found.isVolatile();
    }

    /**
     * Tells whether a run has come before and is answered as it was then: it takes no room.
     *
     * @param connection the client's connection; of an unknown one nothing is known
     * @param send the run
     * @return true if it was decided before, or is never to be appended
     */
    public boolean isKnown(long connection, ClientFrame.Send send) {
        Client client = clients.get(connection);
        return client != null && sends.isKnown(client, send);
    }

    /**
     * Takes a run that its client may not send: it is answered in its turn as one that was refused,
     * and so is what comes of its transaction. One that was decided before is answered as it was.
     *
     * @param connection the client's connection; an unknown one is nothing
     * @param send the run
     * @param why what the client is told
     * @param nowMs the time
     * @throws WireException where producer or sequence are not the connection's
     */
    public void deny(long connection, ClientFrame.Send send, WireException why, long nowMs) {
        decisions.time(nowMs);
        Client client = clients.get(connection);
        if (client != null) {
            client.checkTransaction(
                    send.transactionId(), decisions.limits().transactions().openMax());
            sends.send(client, send, why);
        }
    }

    /**
     * Refuses from now on each send that takes room; null takes them again.
     *
     * @param why what clients are told
     */
    public void refuseAll(WireException why) {
        sends.refuseLogged(why);
    }

    /**
     * Stops from now on what managers have moved, retried or replayed, which takes room; what is
     * moved already is moved. Null lets it go on.
     *
     * @param why what managers are told
     */
    public void stopMoves(WireException why) {
        decisions.moves().stopManagers(why);
    }

    /**
     * Takes a run that was held back until its transaction was rolled back: it is answered, in its
     * turn, and has no effect.
     *
     * @param connection the client's connection; an unknown one is nothing
     * @param first the sequence of the first message
     * @param count how many there are
     */
    public void withdraw(long connection, long first, int count) {
        Client client = clients.get(connection);
        if (client != null) {
            sends.withdraw(client, first, count);
        }
    }

    /**
     * Takes a run that was held back and is not decided, because its connection ends: who hears of
     * that takes it for refused, and who does not may send it again.
     *
     * @param connection the client's connection; an unknown one is nothing
     * @param transactionId the transaction, 0 for none
     * @param first the sequence of the first message
     * @param count how many there are
     * @param why what the client is told
     */
    public void giveUp(
            long connection, long transactionId, long first, int count, WireException why) {
        Client client = clients.get(connection);
        if (client != null) {
            sends.giveUp(client, transactionId, first, count, why);
        }
    }

    /**
     * Takes a run that was held back and is refused in its turn; its transaction can only be rolled
     * back.
     *
     * @param connection the client's connection; an unknown one is nothing
     * @param transactionId the transaction, 0 for none
     * @param first the sequence of the first message
     * @param count how many there are
     * @param why what the client is told
     */
    public void refuse(
            long connection, long transactionId, long first, int count, WireException why) {
        Client client = clients.get(connection);
        if (client != null) {
            sends.refuse(client, transactionId, first, count, why);
        }
    }
}
