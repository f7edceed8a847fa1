// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.taffrail.perf.load.RunFailedException;

/** Ten thousand queues in which a hundred messages wait, and one more that is measured. */
final class ManyQueues implements Scenario {
    private static final int QUEUES = 10_000;
    private static final int MESSAGES_EACH = 100;
    private static final String QUEUES_NAME = "perf.scale.queues.";
    private static final String SHORT_QUEUE = "perf.scale.queues.short";
    private static final Bench.Shape SHAPE = (message, producer, number) -> {};

    private static int each(ScalePlan plan) {
        return (int) Math.max(1, plan.messagesOr((long) QUEUES * MESSAGES_EACH) / queues(plan));
    }

    private static int queues(ScalePlan plan) {
        return plan.partiesOr(QUEUES);
    }

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, SHAPE);
        bench.probe(Figures.EMPTY, SHORT_QUEUE, SHAPE);
        long startNs = bench.clock.nanoTime();
        try (Connection connection = bench.connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            for (int i = 0; i < queues(bench.plan); i++) {
                try (MessageProducer producer =
                        session.createProducer(bench.queue(session, QUEUES_NAME + i))) {
                    for (int j = 0; j < each(bench.plan); j++) {
                        producer.send(bench.message(session));
                    }
                }
                session.commit();
            }
        }
        bench.figures.add(
                "fill msgs/s",
                Bench.perSecond(count(bench.plan), bench.clock.nanoTime() - startNs));
    }

    @Override
    public void measure(Bench bench) throws JMSException, RunFailedException {
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, SHAPE);
        bench.probe(Figures.LOADED, SHORT_QUEUE, SHAPE);
        long startNs = bench.clock.nanoTime();
        try (Connection connection = bench.connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            connection.start();
            for (int i = 0; i < queues(bench.plan); i++) {
                String name = QUEUES_NAME + i;
                try (MessageConsumer consumer =
                        session.createConsumer(bench.queue(session, name))) {
                    for (int j = 0; j < each(bench.plan); j++) {
                        bench.await(consumer, name);
                    }
                    session.commit();
                }
            }
        }
        bench.figures.add(
                "receive from one queue after the other msgs/s",
                Bench.perSecond(count(bench.plan), bench.clock.nanoTime() - startNs));
    }

    @Override
    public long count(ScalePlan plan) {
        return (long) queues(plan) * each(plan);
    }

    @Override
    public String firstFrom() {
        return QUEUES_NAME + "0";
    }
}
