// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.RunFailedException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A durable subscriber that is a million messages behind while twenty others keep pace. */
final class SlowSubscriber implements Scenario {
    private static final long MESSAGES = 1_000_000;
    private static final int OTHERS = 20;
    private static final String TOPIC = "perf.scale.topic";
    private static final String CLIENT_ID = "perf-scale-slow";
    private static final String SUBSCRIPTION = "slow";

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        for (String prefix : List.of(Figures.WARM_UP, Figures.EMPTY)) {
            publish(bench, prefix);
        }
        try (Connection connection = bench.provider.connect(bench.failure, CLIENT_ID)) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            session.createDurableConsumer(topic(bench, session), SUBSCRIPTION).close();
        }
        bench.figures.add(
                "fill msgs/s",
                bench.send(
                        new DestinationName(TOPIC, true),
                        count(bench.plan),
                        (message, producer, number) -> message.setLongProperty("due", 0)));
    }

    private static Topic topic(Bench bench, Session session) throws JMSException {
        return (Topic) bench.provider.find(session, new DestinationName(TOPIC, true));
    }

    @Override
    public void measure(Bench bench) throws JMSException, RunFailedException {
        publish(bench, Figures.LOADED);
        CompletableFuture<Void> catchingUp = bench.begin(() -> catchUp(bench));
        publish(bench, "loaded, catching up, ");
        Bench.await(catchingUp);
    }

    private void catchUp(Bench bench) throws JMSException, RunFailedException {
        try (Connection connection = bench.provider.connect(bench.failure, CLIENT_ID)) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer slow =
                    session.createDurableConsumer(topic(bench, session), SUBSCRIPTION);
            connection.start();
            long startNs = bench.clock.nanoTime();
            for (long i = 0; i < count(bench.plan); i++) {
                bench.await(slow, SUBSCRIPTION);
                if (i % Bench.BATCH == Bench.BATCH - 1) {
                    session.commit();
                }
            }
            session.commit();
            bench.figures.add(
                    "catch up msgs/s",
                    Bench.perSecond(count(bench.plan), bench.clock.nanoTime() - startNs));
        }
    }

    /** Publishes at the plan's pace to those who keep pace. */
    private static void publish(Bench bench, String prefix)
            throws JMSException, RunFailedException {
        int others = bench.plan.partiesOr(OTHERS);
        for (int round = 0; round < bench.plan.rounds(); round++) {
            Histogram arrivals = Bench.newHistogram();
            AtomicLong arrived = new AtomicLong();
            List<Connection> connections = new ArrayList<>();
            try (Connection publishing = bench.connect()) {
                for (int i = 0; i < others; i++) {
                    Connection connection = bench.connect();
                    connections.add(connection);
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                    session.createConsumer(topic(bench, session))
                            .setMessageListener(
                                    message -> arrived(bench, message, arrivals, arrived));
                    connection.start();
                }
                Session session = publishing.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(topic(bench, session));
                long startNs = bench.clock.nanoTime();
                Histogram sends =
                        bench.pace(
                                sequence -> {
                                    BytesMessage message = bench.message(session);
                                    message.setLongProperty("due", bench.clock.nanoTime());
                                    producer.send(message);
                                });
                bench.addTimes(prefix + "publish", sends);
                awaitAll(bench, arrived, bench.pacedCount() * others);
                bench.figures.add(
                        prefix + "deliver to the others msgs/s",
                        Bench.perSecond(arrived.get(), bench.clock.nanoTime() - startNs));
                bench.addTimes(prefix + "deliver to the others", arrivals);
            } finally {
                for (Connection connection : connections) {
                    connection.close();
                }
            }
        }
    }

    private static void arrived(
            Bench bench, Message message, Histogram arrivals, AtomicLong arrived) {
        try {
            long dueNs = message.getLongProperty("due");
            if (dueNs != 0) {
                Bench.record(arrivals, bench.clock.nanoTime() - dueNs);
                arrived.incrementAndGet();
            }
        } catch (JMSException e) {
            bench.failure.report(e);
        }
    }

    /** Waits until all messages have come. */
    static void awaitAll(Bench bench, AtomicLong arrived, long count) throws RunFailedException {
        long deadlineNs = bench.clock.nanoTime() + Bench.RECEIVE_TIMEOUT_MS * 1_000_000;
        while (arrived.get() < count) {
            bench.failure.check();
            if (bench.clock.nanoTime() > deadlineNs) {
                throw new RunFailedException(
                        "Only " + arrived.get() + " of " + count + " messages came");
            }
            bench.clock.awaitUntil(bench.clock.nanoTime() + 1_000_000);
        }
    }

    @Override
    public long count(ScalePlan plan) {
        return plan.messagesOr(MESSAGES);
    }

    @Override
    public String firstFrom() {
        return null;
    }
}
