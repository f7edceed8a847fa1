// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;

/**
 * The methods of {@code MessageConsumer}. With a listener it has a thread that polls; otherwise the
 * thread that calls {@code receive} does.
 */
final class KafkaReceiving {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long STOP_MS_MAX = 30_000;

    private final Intake intake;
    private final KafkaConnection connection;
    private final Object session;
    private MessageListener listener;
    private Thread poller;
    private volatile boolean stopping;
    private boolean closed;

    /**
     * A consumer that nothing is taken by yet.
     *
     * @param intake what it polls
     * @param connection hears of failures
     * @param session its session, which calls one listener at a time
     */
    KafkaReceiving(Intake intake, KafkaConnection connection, Object session) {
        this.intake = intake;
        this.connection = connection;
        this.session = session;
    }

    void setMessageListener(MessageListener messageListener) {
        listener = messageListener;
    }

    Message receive(long timeoutMs) throws JMSException {
        return message(intake.next(Duration.ofMillis(timeoutMs)));
    }

    private Message message(ConsumerRecord<byte[], byte[]> received) {
        return received == null
                ? null
                : Facade.of(BytesMessage.class, new KafkaBody(received.value(), this));
    }

    void acknowledge() throws JMSException {
        intake.commit();
    }

    /** Returns when a listener can be called: no message is sent while a group is put in order. */
    void start() throws JMSException {
        if (listener != null && poller == null) {
            stopping = false;
            poller = new Thread(this::poll, "kafka-consumer");
            poller.setDaemon(true);
            poller.start();
            intake.awaitMembership();
        }
    }

    private void poll() {
        try {
            while (!stopping) {
                Message message = receive(POLL.toMillis());
                if (message != null) {
                    synchronized (session) {
                        listener.onMessage(message);
                    }
                }
            }
        } catch (JMSException e) {
            connection.failed(e);
        } catch (RuntimeException e) {
            connection.failed(Failures.of(e));
        }
    }

    /** Returns when no listener is running any more. */
    void stop() throws JMSException {
        stopping = true;
        if (poller == null) {
            return;
        }
        try {
            poller.join(STOP_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.of(e);
        }
        if (poller.isAlive()) {
            throw new JMSException("A listener did not return");
        }
        poller = null;
    }

    void close() throws JMSException {
        if (!closed) {
            closed = true;
            stop();
            intake.close();
        }
    }
}
