// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.RunFailedException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ten thousand consumers on one queue of replies, each of which waits for its correlation id,
 * compared with ten; then orphans among which a new consumer finds its reply.
 */
final class Replies implements Scenario {
    private static final int CONSUMERS = 10_000;
    private static final int FEW = 10;
    private static final int CONSUMERS_A_SESSION = 100;
    private static final long ORPHANS = 50_000;
    private static final int SEARCHES = 200;
    private static final String QUEUE = "perf.scale.replies";

    private final Random random = new Random(7);

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        reply(bench, Figures.WARM_UP, FEW);
        reply(bench, Figures.EMPTY, FEW);
    }

    @Override
    public void measure(Bench bench) throws JMSException, RunFailedException {
        reply(bench, Figures.LOADED, bench.plan.partiesOr(CONSUMERS));
        findAmongOrphans(bench);
    }

    private void reply(Bench bench, String prefix, int consumers)
            throws JMSException, RunFailedException {
        Histogram times = Bench.newHistogram();
        AtomicLong arrived = new AtomicLong();
        try (Connection receiving = bench.connect();
                Connection sending = bench.connect()) {
            attach(bench, receiving, consumers, times, arrived);
            Session session = sending.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(bench.queue(session, QUEUE));
            for (int round = 0; round < bench.plan.rounds(); round++) {
                arrived.set(0);
                long startNs = bench.clock.nanoTime();
                sendMany(bench, consumers);
                SlowSubscriber.awaitAll(bench, arrived, bench.plan.measured());
                bench.figures.add(
                        prefix + "reply msgs/s",
                        Bench.perSecond(arrived.get(), bench.clock.nanoTime() - startNs));
                times.reset();
                arrived.set(0);
                bench.pace(
                        sequence -> {
                            BytesMessage message = bench.message(session);
                            message.setJMSCorrelationID("id-" + random.nextInt(consumers));
                            message.setLongProperty("due", bench.clock.nanoTime());
                            producer.send(message);
                        });
                SlowSubscriber.awaitAll(bench, arrived, bench.pacedCount());
                bench.addTimes(prefix + "reply", times);
            }
        }
    }

    private void sendMany(Bench bench, int consumers) throws JMSException, RunFailedException {
        bench.send(
                new DestinationName(QUEUE, false),
                bench.plan.measured(),
                (message, producer, number) -> {
                    message.setJMSCorrelationID("id-" + random.nextInt(consumers));
                    message.setLongProperty("due", bench.clock.nanoTime());
                });
    }

    private static void attach(
            Bench bench, Connection connection, int consumers, Histogram times, AtomicLong arrived)
            throws JMSException {
        Session session = null;
        for (int i = 0; i < consumers; i++) {
            if (i % CONSUMERS_A_SESSION == 0) {
                session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            }
            session.createConsumer(bench.queue(session, QUEUE), "JMSCorrelationID = 'id-" + i + "'")
                    .setMessageListener(message -> arrived(bench, message, times, arrived));
        }
        connection.start();
    }

    private static void arrived(Bench bench, Message message, Histogram times, AtomicLong arrived) {
        try {
            Bench.record(times, bench.clock.nanoTime() - message.getLongProperty("due"));
            arrived.incrementAndGet();
        } catch (JMSException e) {
            bench.failure.report(e);
        }
    }

    /** Leaves replies that nobody waits for, and has new consumers look for some of them. */
    private void findAmongOrphans(Bench bench) throws JMSException, RunFailedException {
        long orphans = Math.min(ORPHANS, bench.plan.messagesOr(ORPHANS));
        bench.send(
                new DestinationName(QUEUE, false),
                orphans,
                (message, producer, number) -> message.setJMSCorrelationID("orphan-" + number));
        try (Connection connection = bench.connect()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            connection.start();
            List<Long> wanted = new ArrayList<>();
            random.longs(0, orphans)
                    .distinct()
                    .limit(Math.min(SEARCHES, orphans / 2))
                    .forEach(wanted::add);
            Histogram times = Bench.newHistogram();
            for (long orphan : wanted) {
                long startNs = bench.clock.nanoTime();
                var consumer =
                        session.createConsumer(
                                bench.queue(session, QUEUE),
                                "JMSCorrelationID = 'orphan-" + orphan + "'");
                bench.await(consumer, QUEUE);
                Bench.record(times, bench.clock.nanoTime() - startNs);
                consumer.close();
            }
            bench.addTimes("find among " + orphans + " orphans", times);
        }
    }

    @Override
    public long count(ScalePlan plan) {
        return 0;
    }

    @Override
    public String firstFrom() {
        return null;
    }
}
