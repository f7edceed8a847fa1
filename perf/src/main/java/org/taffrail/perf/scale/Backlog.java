// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.RunFailedException;

import java.util.Random;

/**
 * Ten million messages in one queue, with random priorities, a time to live each and a tenth as
 * many keys ({@code JMSXGroupID}), one of which is held by a consumer that does not acknowledge.
 */
final class Backlog implements Scenario {
    private static final long MESSAGES = 10_000_000;
    private static final int MESSAGES_A_KEY = 10;
    private static final int PRIORITIES = 10;

    /** Nothing expires while it is measured. */
    private static final long TIME_TO_LIVE_MS_MIN = 12 * 3_600_000L;

    private static final int TIME_TO_LIVE_MS_MORE = 3_600_000;
    private static final String QUEUE = "perf.scale.backlog";
    private static final String SHORT_QUEUE = "perf.scale.backlog.short";

    private final Random random = new Random(7);

    private Bench.Shape shape(ScalePlan plan) {
        int keys = (int) Math.max(1, count(plan) / MESSAGES_A_KEY);
        return (message, producer, number) -> shape(message, producer, keys);
    }

    private void shape(Message message, MessageProducer producer, int keys) throws JMSException {
        message.setStringProperty("JMSXGroupID", "key-" + random.nextInt(keys));
        producer.setPriority(random.nextInt(PRIORITIES));
        producer.setTimeToLive(TIME_TO_LIVE_MS_MIN + random.nextInt(TIME_TO_LIVE_MS_MORE));
    }

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        Bench.Shape shape = shape(bench.plan);
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, shape);
        bench.probe(Figures.EMPTY, SHORT_QUEUE, shape);
        DestinationName queue = new DestinationName(QUEUE, false);
        bench.figures.add("fill msgs/s", bench.send(queue, count(bench.plan), shape));
    }

    @Override
    public void measure(Bench bench) throws JMSException, RunFailedException {
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, shape(bench.plan));
        try (Connection connection = bench.connect()) {
            Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
            MessageConsumer holder =
                    session.createConsumer(bench.queue(session, QUEUE + bench.plan.oneAtATime()));
            connection.start();
            bench.await(holder, QUEUE);
            bench.probe("just started, ", QUEUE, shape(bench.plan));
            bench.probe(Figures.LOADED, QUEUE, shape(bench.plan));
        }
    }

    @Override
    public long count(ScalePlan plan) {
        return plan.messagesOr(MESSAGES);
    }

    @Override
    public String firstFrom() {
        return QUEUE;
    }
}
