// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame.Recognition;

import java.util.HashMap;
import java.util.Map;

/**
 * The clients that are connected. Lets newcomers begin or go on, and forgets those that have not
 * come again in time.
 */
final class Clients {
    private final Decisions decisions;
    private final Attachments attachments;
    private final Producers producers;
    private final LongObjectHashMap<Client> byConnection = new LongObjectHashMap<>();
    private final Map<String, Client> byClientId = new HashMap<>();
    private final Map<Long, Client> byProducer = new HashMap<>();

    Clients(Decisions decisions, Attachments attachments) {
        this.decisions = decisions;
        this.attachments = attachments;
        producers = decisions.state().producers();
    }

    /** Returns the client of a connection, or null. */
    Client get(long connection) {
        return byConnection.get(connection);
    }

    /** Delivers nothing more to a connection. */
    void pause(long connection) {
        Client client = get(connection);
        if (client != null) {
            client.paused = true;
        }
    }

    /** Delivers to a connection again. */
    void resume(long connection) {
        Client client = get(connection);
        if (client != null && client.paused) {
            client.paused = false;
            for (Consumer consumer : client.consumers.values()) {
                decisions.dispatcher().enqueue(consumer.group);
                decisions.streams().goOn(consumer);
            }
        }
    }

    /** The connection under which a client is known that goes on with another, or 0. */
    long connectionOf(Newcomer newcomer) {
        Producer known = known(newcomer);
        Client client = known == null ? null : byProducer.get(known.id);
        return client == null ? 0 : client.connection;
    }

    /** Who a newcomer says to be, if it is; else null. */
    private Producer known(Newcomer newcomer) {
        Producer known = newcomer.resumable() ? producers.find(newcomer.resumes()) : null;
        return known != null && known.identity.equals(identity(newcomer)) ? known : null;
    }

    private static Producer.Identity identity(Newcomer newcomer) {
        return new Producer.Identity(
                newcomer.user(), newcomer.instanceHigh(), newcomer.instanceLow());
    }

    /**
     * Takes a newcomer.
     *
     * @throws WireException {@link ErrorCode#CLIENT_ID_IN_USE} or {@link ErrorCode#INVALID_NAME}
     */
    Newcomer.Granted admit(long connection, Newcomer newcomer) {
        String clientId = newcomer.clientId();
        if (clientId != null) {
            attachments.checkName("a client id", clientId);
            if (byClientId.containsKey(clientId)) {
                throw new WireException(
                        ErrorCode.CLIENT_ID_IN_USE,
                        "client id '" + clientId + "' is used by another connection");
            }
        }
        Producer known = known(newcomer);
        // what it has sent before must be less than what it is to send
        boolean resumed = known != null && newcomer.nextSequence() >= known.undecided;
        Producer producer =
                resumed ? known : producers.make(newcomer.producerId(), identity(newcomer));
        producers.found(producer);
        if (producer.restored) {
            producer.restored = false;
            producer.sentBeforeStart = newcomer.nextSequence();
        }
        long nextSequence = resumed ? newcomer.nextSequence() : 1;
        Client client =
                new Client(
                        connection,
                        clientId,
                        producer,
                        newcomer.resumable(),
                        decisions.holdings().enter(newcomer.user()),
                        nextSequence);
        byConnection.put(connection, client);
        byProducer.put(producer.id, client);
        if (clientId != null) {
            byClientId.put(clientId, client);
        }
        return new Newcomer.Granted(producer.id, resumed ? Recognition.KNOWN : doubt(newcomer));
    }

    /** What is known of one that begins. */
    private Recognition doubt(Newcomer newcomer) {
        long id = newcomer.resumes();
        if (id == 0) {
            return Recognition.NONE;
        }
        // ids grow: one that is not less than the newest was given by another broker
        boolean nothing =
                id < newcomer.producerId() && producers.find(id) == null && producers.isNew(id);
        return nothing ? Recognition.NOTHING_LASTING : Recognition.FORGOTTEN;
    }

    /** Takes the end of a connection; returns its client, null for an unknown one. */
    Client remove(long connection) {
        Client client = byConnection.remove(connection);
        if (client == null) {
            return null;
        }
        if (client.clientId != null) {
            byClientId.remove(client.clientId);
        }
        byProducer.remove(client.producer.id);
        decisions.holdings().leave(client.holdings);
        return client;
    }

    /**
     * Takes note that nothing is left of a client's connection.
     *
     * @param comesBack whether the client may go on with another
     */
    void left(Client client, boolean comesBack) {
        if (client.resumable && comesBack) {
            producers.lost(client.producer, decisions.nowMs());
        } else {
            decisions.end(client.producer, false);
        }
    }

    void recovered() {
        producers.recovered(decisions.nowMs());
    }

    /** Forgets those that are lost too long, or are too many. */
    void work() {
        producers.overdue(decisions.nowMs()).forEach(lost -> decisions.end(lost, true));
    }

    long nextTimerMs() {
        return producers.nextMs();
    }
}
