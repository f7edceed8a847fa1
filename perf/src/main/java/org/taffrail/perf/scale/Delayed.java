// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.JMSException;

import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.RunFailedException;

import java.util.Random;

/** A million messages that wait for their delivery time, in the queue that others go through. */
final class Delayed implements Scenario {
    private static final long MESSAGES = 1_000_000;
    private static final long DELAY_MS_MIN = 12 * 3_600_000L;
    private static final int DELAY_MS_MORE = 3_600_000;
    private static final String QUEUE = "perf.scale.delayed";
    private static final String SHORT_QUEUE = "perf.scale.delayed.short";
    private static final Bench.Shape SHAPE = (message, producer, number) -> {};

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, SHAPE);
        bench.probe(Figures.EMPTY, SHORT_QUEUE, SHAPE);
        Random random = new Random(7);
        double perSecond =
                bench.send(
                        new DestinationName(QUEUE, false),
                        count(bench.plan),
                        (message, producer, number) ->
                                producer.setDeliveryDelay(
                                        DELAY_MS_MIN + random.nextInt(DELAY_MS_MORE)));
        bench.figures.add("fill msgs/s", perSecond);
    }

    @Override
    public void measure(Bench bench) throws JMSException, RunFailedException {
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, SHAPE);
        bench.probe(Figures.LOADED, QUEUE, SHAPE);
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
