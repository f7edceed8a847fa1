// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

/**
 * One consumer with a connection and session of its own: reads each body, notes the message in its
 * {@link ReceivedLog}, tells when it came, and acknowledges.
 *
 * <p>Opened, started, finished and closed by the thread of the run; messages are handled on the
 * provider's thread (listener) or on one of its own ({@code receive}).
 */
final class Receiver implements AutoCloseable {
    /** Hears of each message of the run, on the consumer's thread. */
    @FunctionalInterface
    interface Arrival {
        void arrived(Stamp stamp, long arrivedNs);
    }

    /** What a receiver needs to know; the same for all receivers of a run. */
    record Setting(
            Provider provider, DestinationName destination, Receiving receiving, long runId) {}

    private static final long RECEIVE_TIMEOUT_MS = 100;
    private static final long JOIN_TIMEOUT_MS = 30_000;

    private final Setting setting;
    private final ReceivedLog log;
    private final Arrival arrival;
    private final RunFailure failure;
    private final Clock clock;
    private final Connection connection;
    private final Session session;
    private final MessageConsumer consumer;
    private volatile boolean finishing;
    private Thread poller;
    private byte[] body = new byte[0];
    private Message unacknowledged;
    private int unacknowledgedCount;

    Receiver(Setting setting, ReceivedLog log, Arrival arrival, RunFailure failure, Clock clock)
            throws JMSException {
        this.setting = setting;
        this.log = log;
        this.arrival = arrival;
        this.failure = failure;
        this.clock = clock;
        connection = setting.provider.connect(failure);
        session = connection.createSession(setting.receiving.mode().sessionMode());
        consumer = session.createConsumer(setting.provider.find(session, setting.destination));
    }

    void start() throws JMSException {
        if (setting.receiving.listener()) {
            consumer.setMessageListener(this::handle);
        } else {
            poller = new Thread(this::poll, "perf-receiver");
            poller.setDaemon(true);
            poller.start();
        }
        connection.start();
    }

    private void poll() {
        try {
            while (!finishing && !failure.happened()) {
                Message message = consumer.receive(RECEIVE_TIMEOUT_MS);
                if (message != null) {
                    handle(message);
                }
            }
        } catch (JMSException | RuntimeException e) {
            failure.report(e);
        }
    }

    private void handle(Message message) {
        long arrivedNs = clock.nanoTime();
        try {
            note(message, arrivedNs);
            unacknowledged = message;
            unacknowledgedCount++;
            if (unacknowledgedCount == setting.receiving.batch()) {
                acknowledge();
            }
        } catch (JMSException | RuntimeException e) {
            failure.report(e);
        }
    }

    private void note(Message message, long arrivedNs) throws JMSException {
        if (!(message instanceof BytesMessage bytes)) {
            log.foreign();
            return;
        }
        int length = Math.toIntExact(bytes.getBodyLength());
        if (length > body.length) {
            body = new byte[length];
        }
        bytes.readBytes(body, length);
        if (!Stamp.isOfRun(setting.runId, body, length)) {
            log.foreign();
            return;
        }
        Stamp stamp = Stamp.read(setting.runId, body, length);
        if (stamp == null) {
            log.damaged();
            return;
        }
        arrival.arrived(stamp, arrivedNs);
        log.received(stamp);
    }

    private void acknowledge() throws JMSException {
        switch (setting.receiving.mode()) {
            case CLIENT -> unacknowledged.acknowledge();
            case TRANSACTED -> session.commit();
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

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
