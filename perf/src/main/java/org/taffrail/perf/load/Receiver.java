// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import java.util.ArrayList;
import java.util.List;

/**
 * One consuming party with a connection and session of its own: reads each body, notes the message
 * in its {@link ReceivedLog}, tells when it came, answers it if it is to, and acknowledges.
 *
 * <p>Opened, started, finished and closed by the thread of the run; messages are handled on the
 * provider's thread (listener) or on one of its own ({@code receive}).
 */
final class Receiver implements AutoCloseable {
    /** Hears of each message of the run, on the consumer's thread. */
    @FunctionalInterface
    interface Arrival {
        void arrived(Stamp stamp, long arrivedNs);

        /** A call has returned that acknowledges a batch, in modes that have such a call. */
        default void settled(long settledNs) {}
    }

    /** What a receiver needs to know; the same for all receivers of a run. */
    record Setting(RunContext run, Route route, Receiving receiving, Arrival arrival) {}

    private static final long RECEIVE_TIMEOUT_MS = 100;
    private static final long JOIN_TIMEOUT_MS = 30_000;

    private final Setting setting;
    private final Receiving receiving;
    private final int number;
    private final ReceivedLog log;
    private final StampReader reader;
    private final RunFailure failure;
    private final String subscription;
    private final Connection connection;
    private final Session session;
    private final Answering answering;
    private final List<MessageConsumer> consumers = new ArrayList<>();
    private volatile boolean finishing;
    private Thread poller;
    private Message unacknowledged;
    private int unacknowledgedCount;

    /** Connects, and does not consume yet. */
    Receiver(Setting setting, int number, ReceivedLog log) throws JMSException {
        RunContext run = setting.run;
        this.setting = setting;
        this.receiving = setting.receiving;
        this.number = number;
        this.log = log;
        this.reader = new StampReader(run.id(), log);
        this.failure = run.failure();
        this.subscription =
                setting.route.way() == Route.Way.DURABLE
                        ? "perf-" + Long.toHexString(run.id()) + "-" + number
                        : null;
        connection = run.provider().connect(failure, subscription);
        session = connection.createSession(receiving.mode().sessionMode());
        answering =
                receiving.taking() == Receiving.Taking.ANSWERING ? new Answering(session) : null;
    }

    /** Opens the consumers and starts the delivery. */
    void start() throws JMSException {
        for (DestinationName name : setting.route.destinationsOf(number, receiving.consumers())) {
            Destination destination = setting.run.provider().find(session, name);
            MessageConsumer consumer =
                    subscription != null
                            ? session.createDurableConsumer((Topic) destination, subscription)
                            : session.createConsumer(destination, setting.route.selectorOf(number));
            consumers.add(consumer);
            if (receiving.listener()) {
                consumer.setMessageListener(this::handle);
            }
        }
        if (!receiving.listener()) {
            poller = new Thread(this::poll, "perf-receiver");
            poller.setDaemon(true);
            poller.start();
        }
        connection.start();
    }

    private void poll() {
        try {
            while (!finishing && !failure.happened()) {
                for (MessageConsumer consumer : consumers) {
                    Message message = consumer.receive(RECEIVE_TIMEOUT_MS);
                    if (message != null) {
                        handle(message);
                    }
                }
            }
        } catch (JMSException | RuntimeException e) {
            failure.report(e);
        }
    }

    private void handle(Message message) {
        long arrivedNs = setting.run.clock().nanoTime();
        try {
            boolean known = note(message, arrivedNs);
            if (known && answering != null) {
                answering.answer(message, reader);
            }
            unacknowledged = message;
            unacknowledgedCount++;
            if (unacknowledgedCount == receiving.batch()) {
                acknowledge();
            }
        } catch (JMSException | RuntimeException e) {
            failure.report(e);
        }
    }

    private boolean note(Message message, long arrivedNs) throws JMSException {
        Stamp stamp = reader.read(message);
        if (stamp == null) {
            return false;
        }
        setting.arrival.arrived(stamp, arrivedNs);
        if (!setting.route.leadsTo(number, receiving.consumers(), stamp)) {
            log.misdirected(stamp);
        }
        log.received(stamp, setting.route.orderOf(stamp));
        return true;
    }

    private void acknowledge() throws JMSException {
        switch (receiving.mode()) {
            case CLIENT -> {
                unacknowledged.acknowledge();
                setting.arrival.settled(setting.run.clock().nanoTime());
            }
            case TRANSACTED -> {
                session.commit();
                setting.arrival.settled(setting.run.clock().nanoTime());
            }
            default -> {
                // the session acknowledges by itself
            }
        }
        unacknowledgedCount = 0;
    }

    /**
     * Takes no more messages, and acknowledges those of an unfinished batch.
     *
     * @throws JMSException if the provider refuses
     */
    void finish() throws JMSException {
        finishing = true;
        if (poller != null) {
            try {
                poller.join(JOIN_TIMEOUT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (poller.isAlive()) {
                throw new JMSException("receive(" + RECEIVE_TIMEOUT_MS + ") did not return");
            }
        }
        // waits for a listener that is running, so that the session is this thread's from here on
        connection.stop();
        if (unacknowledgedCount > 0) {
            acknowledge();
        }
    }

    /** Closes the connection; a durable subscription ends before. */
    @Override
    public void close() throws JMSException {
        try {
            if (subscription != null && !consumers.isEmpty()) {
                for (MessageConsumer consumer : consumers) {
                    consumer.close();
                }
                session.unsubscribe(subscription);
            }
        } finally {
            connection.close();
        }
    }
}
