// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.JMSException;

import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.RunFailedException;

/**
 * A hundred thousand messages that nobody has taken, among ten times as many that are settled, one
 * by one and evenly spread.
 */
final class Holes implements Scenario {
    private static final long MESSAGES = 100_000;
    private static final int SETTLED_EACH = 10;
    private static final String QUEUE = "perf.scale.holes";
    private static final String SHORT_QUEUE = "perf.scale.holes.short";

    private static final Bench.Shape SHAPE =
            (message, producer, number) ->
                    message.setBooleanProperty("hole", number % SETTLED_EACH == 0);

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        bench.probe(Figures.WARM_UP, SHORT_QUEUE, SHAPE);
        bench.probe(Figures.EMPTY, SHORT_QUEUE, SHAPE);
        long all = count(bench.plan) * SETTLED_EACH;
        bench.figures.add("fill msgs/s", bench.send(new DestinationName(QUEUE, false), all, SHAPE));
        bench.figures.add(
                "settle between the holes msgs/s",
                bench.receive(QUEUE, "hole = FALSE", all - count(bench.plan)));
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
        return QUEUE;
    }
}
