// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.taffrail.perf.load.Clock;
import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.OpenLoop;
import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.load.RunFailure;
import org.taffrail.perf.load.Schedule;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What scenarios work with: sending, receiving and timing over plain JMS. */
final class Bench {
    static final int BATCH = 500;
    static final long RECEIVE_TIMEOUT_MS = 60_000;
    private static final long LATEST_NS = 3_600_000_000_000L;
    private static final long GIVE_UP_AFTER_NS = 60_000_000_000L;

    final Provider provider;
    final ScalePlan plan;
    final Figures figures;
    final Clock clock;
    final RunFailure failure = new RunFailure();
    private final byte[] body;

    /** Makes a message what a scenario wants it to be. */
    @FunctionalInterface
    interface Shape {
        void apply(Message message, MessageProducer producer, long number) throws JMSException;
    }

    /** A task on a thread of its own. */
    @FunctionalInterface
    interface Task {
        void run() throws JMSException, RunFailedException;
    }

    Bench(Provider provider, ScalePlan plan, Figures figures, Clock clock) {
        this.provider = provider;
        this.plan = plan;
        this.figures = figures;
        this.clock = clock;
        body = new byte[plan.sizeBytes()];
        new Random(1).nextBytes(body);
    }

    Connection connect() throws JMSException {
        return provider.connect(failure);
    }

    Destination queue(Session session, String name) throws JMSException {
        return provider.find(session, new DestinationName(name, false));
    }

    BytesMessage message(Session session) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(body);
        return message;
    }

    /** Sends in transactions; returns messages per second. */
    double send(DestinationName destination, long count, Shape shape)
            throws JMSException, RunFailedException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(provider.find(session, destination));
            long startNs = clock.nanoTime();
            for (long i = 0; i < count; i++) {
                Message message = message(session);
                shape.apply(message, producer, i);
                producer.send(message);
                if (i % BATCH == BATCH - 1) {
                    session.commit();
                    failure.check();
                }
            }
            session.commit();
            return perSecond(count, clock.nanoTime() - startNs);
        }
    }

    /** Receives in transactions; returns messages per second. */
    double receive(String queue, String selector, long count)
            throws JMSException, RunFailedException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer consumer = session.createConsumer(queue(session, queue), selector);
            connection.start();
            long startNs = clock.nanoTime();
            for (long i = 0; i < count; i++) {
                await(consumer, queue);
                if (i % BATCH == BATCH - 1) {
                    session.commit();
                }
            }
            session.commit();
            return perSecond(count, clock.nanoTime() - startNs);
        }
    }

    Message await(MessageConsumer consumer, String what) throws JMSException, RunFailedException {
        Message message = consumer.receive(RECEIVE_TIMEOUT_MS);
        failure.check();
        if (message == null) {
            throw new RunFailedException(
                    "Nothing came from " + what + " for " + RECEIVE_TIMEOUT_MS + " ms");
        }
        return message;
    }

    static double perSecond(long count, long elapsedNs) {
        return count * 1e9 / Math.max(1, elapsedNs);
    }

    /** Sends one by one at the plan's pace; returns the times from when each was due. */
    Histogram paceSends(String queue, Shape shape) throws JMSException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageProducer producer = session.createProducer(queue(session, queue));
            return pace(
                    sequence -> {
                        Message message = message(session);
                        shape.apply(message, producer, sequence);
                        producer.send(message);
                    });
        }
    }

    /** Receives what waits, one by one at the plan's pace; as {@link #paceSends}. */
    Histogram paceReceives(String queue) throws JMSException, RunFailedException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(queue(session, queue));
            connection.start();
            Histogram times =
                    pace(
                            sequence -> {
                                if (consumer.receive(RECEIVE_TIMEOUT_MS) == null) {
                                    failure.report(
                                            new RunFailedException("Nothing came from " + queue));
                                }
                            });
            failure.check();
            return times;
        }
    }

    /** Something done at the plan's pace. */
    @FunctionalInterface
    interface Paced {
        void run(long sequence) throws JMSException;
    }

    Histogram pace(Paced step) throws JMSException {
        Histogram times = newHistogram();
        Schedule schedule = new Schedule(clock.nanoTime(), plan.ratePerSecond(), 1);
        long durationNs = plan.duration().toNanos();
        long unsent =
                new OpenLoop(clock, schedule, 0)
                        .run(
                                durationNs,
                                schedule.startNs() + durationNs + GIVE_UP_AFTER_NS,
                                failure::happened,
                                (sequence, intendedNs, lagNs) -> {
                                    step.run(sequence);
                                    record(times, clock.nanoTime() - intendedNs - lagNs);
                                });
        if (unsent > 0 && !failure.happened()) {
            failure.report(
                    new RunFailedException(
                            "The pace of " + plan.ratePerSecond() + "/s could not be kept"));
        }
        return times;
    }

    /** How many messages {@link #pace} takes. */
    long pacedCount() {
        return new Schedule(0, plan.ratePerSecond(), 1).count(0, plan.duration().toNanos());
    }

    static Histogram newHistogram() {
        return new ConcurrentHistogram(LATEST_NS, 3);
    }

    static void record(Histogram times, long timeNs) {
        times.recordValue(Math.max(0, Math.min(LATEST_NS, timeNs)));
    }

    void addTimes(String name, Histogram times) {
        figures.add(name + " p99 us", times.getValueAtPercentile(99) / 1e3);
    }

    /** Runs a task on a thread of its own. */
    CompletableFuture<Void> begin(Task task) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                task.run();
                                end.complete(null);
                            } catch (JMSException | RunFailedException | RuntimeException e) {
                                failure.report(e);
                                end.completeExceptionally(e);
                            }
                        },
                        "perf-scale");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    /** Waits for a task's end. */
    static void await(CompletableFuture<Void> task) throws RunFailedException {
        try {
            task.join();
        } catch (CompletionException e) {
            throw new RunFailedException("The run failed: " + e.getCause(), e.getCause());
        }
    }

    /**
     * Takes the rates and times of one queue: a rate of sending and one of receiving as many
     * messages as the plan says, then the times of both at the plan's pace, each of them on a queue
     * in which messages wait.
     */
    void probe(String prefix, String queue, Shape shape) throws JMSException, RunFailedException {
        DestinationName destination = new DestinationName(queue, false);
        send(destination, BATCH, shape);
        for (int round = 0; round < plan.rounds(); round++) {
            figures.add(prefix + "send msgs/s", send(destination, plan.measured(), shape));
            figures.add(prefix + "receive msgs/s", receive(queue, null, plan.measured()));
            addTimes(prefix + "send", paceSends(queue, shape));
            addTimes(prefix + "receive", paceReceives(queue));
        }
        receive(queue, null, BATCH);
    }
}
