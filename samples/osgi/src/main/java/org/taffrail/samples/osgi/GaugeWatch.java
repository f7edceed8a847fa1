// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.osgi;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes readings from a queue and sends an alarm for each that is too high, both in one
 * transaction. It has a thread of its own, whose class loader is the bundle's, so that object
 * messages find their classes.
 */
final class GaugeWatch implements Runnable {
    static final int ALARM_CM = 900;

    private static final Logger LOG = Logger.getLogger(GaugeWatch.class.getName());
    private static final long POLL_MS = 100;

    private final Connection connection;
    private final Session session;
    private final MessageConsumer readings;
    private final MessageProducer alarms;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    GaugeWatch(ConnectionFactory factory, Queue readings, Queue alarms) throws JMSException {
        connection = factory.createConnection();
        session = connection.createSession(true, Session.SESSION_TRANSACTED);
        this.readings = session.createConsumer(readings);
        this.alarms = session.createProducer(alarms);
        connection.start();
    }

    @Override
    public void run() {
        try (connection) {
            while (!closing) {
                Message message = readings.receive(POLL_MS);
                if (message != null) {
                    watch(message.getBody(Reading.class));
                    session.commit();
                }
            }
        } catch (JMSException e) {
            LOG.log(Level.SEVERE, "event=gauge_watch_ended", e);
        } finally {
            ended.countDown();
        }
    }

    private void watch(Reading reading) throws JMSException {
        if (reading.levelCm() >= ALARM_CM) {
            alarms.send(
                    session.createTextMessage(reading.gauge() + ": " + reading.levelCm() + " cm"));
        }
    }

    /** Ends after the reading in hand, and waits for that. */
    void close() throws InterruptedException {
        closing = true;
        ended.await();
    }
}
