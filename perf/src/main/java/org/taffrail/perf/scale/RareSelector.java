// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.taffrail.perf.load.DestinationName;
import org.taffrail.perf.load.RunFailedException;

import java.util.concurrent.CompletableFuture;

/**
 * A consumer with a selector that one message in ten thousand matches, over a long backlog and
 * beside a consumer without one, so that neither starves.
 */
final class RareSelector implements Scenario {
    private static final long MESSAGES = 10_000_000;
    private static final int ONE_IN = 10_000;
    private static final String QUEUE = "perf.scale.selector";
    private static final String PLAIN_QUEUE = "perf.scale.selector.plain";

    private static final Bench.Shape SHAPE =
            (message, producer, number) -> message.setIntProperty("rest", (int) (number % ONE_IN));

    @Override
    public void fill(Bench bench) throws JMSException, RunFailedException {
        long plain = Math.min(count(bench.plan), (long) bench.plan.measured() * 10);
        bench.send(new DestinationName(PLAIN_QUEUE, false), plain, SHAPE);
        bench.receive(PLAIN_QUEUE, null, plain);
        bench.send(new DestinationName(PLAIN_QUEUE, false), plain, SHAPE);
        bench.figures.add(
                Figures.EMPTY + "receive beside the selector msgs/s",
                bench.receive(PLAIN_QUEUE, null, plain));
        bench.figures.add(
                "fill msgs/s",
                bench.send(new DestinationName(QUEUE, false), count(bench.plan), SHAPE));
    }

    @Override
    public void measure(Bench bench) throws JMSException, RunFailedException {
        long matching = (count(bench.plan) + ONE_IN - 1) / ONE_IN;
        try (Connection connection = bench.connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer selective =
                    session.createConsumer(bench.queue(session, QUEUE), "rest = 0");
            connection.start();
            long startNs = bench.clock.nanoTime();
            CompletableFuture<Void> besides =
                    bench.begin(() -> takeBeside(bench, count(bench.plan) - matching));
            long lastNs = startNs;
            long longestNs = 0;
            long found = 0;
            // the other one takes some that match: it ends when both together have them all
            while (!besides.isDone() || found == 0) {
                if (selective.receive(100) == null) {
                    continue;
                }
                found++;
                long nowNs = bench.clock.nanoTime();
                longestNs = Math.max(longestNs, nowNs - lastNs);
                lastNs = nowNs;
                session.commit();
                bench.failure.check();
            }
            Bench.await(besides);
            bench.figures.add("selected and delivered msgs", found);
            bench.figures.add("longest wait for a selected message ms", longestNs / 1e6);
        }
    }

    /** Takes what the selector leaves, and more if it is faster. */
    private void takeBeside(Bench bench, long count) throws JMSException, RunFailedException {
        bench.figures.add(
                Figures.LOADED + "receive beside the selector msgs/s",
                bench.receive(QUEUE, null, count));
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
