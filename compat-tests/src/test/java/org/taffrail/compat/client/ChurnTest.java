// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Consumers that come, go, stop, start, recover and roll back at random: in the end every message
 * was acknowledged once. The seed is in the message of a failure.
 */
class ChurnTest extends ClientTest {
    private static final int MESSAGES = 600;
    private static final int WORKERS = 4;
    private static final int PREFETCH_MAX = 40;
    private static final int BATCH_MAX = 5;

    private final long seed = new Random().nextLong();
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger left = new AtomicInteger(MESSAGES);

    @Override
    Map<String, String> brokerOptions() {
        return Map.of("redelivery.deliveriesMax", "0");
    }

    /** Takes messages for a while, with one session and one consumer after the other. */
    private void work(Random random) throws JMSException {
        try (Connection connection = factory().createConnection()) {
            connection.start();
            while (left.get() > 0) {
                boolean transacted = random.nextBoolean();
                Session session =
                        connection.createSession(
                                transacted
                                        ? Session.SESSION_TRANSACTED
                                        : Session.CLIENT_ACKNOWLEDGE);
                int prefetch = random.nextInt(PREFETCH_MAX);
                Queue queue = session.createQueue("a.queue?consumer.prefetch=" + prefetch);
                for (int i = random.nextInt(20); i >= 0; i--) {
                    MessageConsumer consumer = session.createConsumer(queue);
                    for (int j = random.nextInt(10); j >= 0; j--) {
                        batch(session, consumer, random);
                        if (random.nextInt(4) == 0) {
                            connection.stop();
                            connection.start();
                        }
                    }
                    consumer.close();
                }
                session.close();
            }
        }
    }

    private void batch(Session session, MessageConsumer consumer, Random random)
            throws JMSException {
        List<String> texts = new ArrayList<>();
        Message last = null;
        for (int i = random.nextInt(BATCH_MAX); i >= 0; i--) {
            Message message = random.nextBoolean() ? consumer.receiveNoWait() : consumer.receive(2);
            if (message != null) {
                last = message;
                texts.add(text(message));
            }
        }
        boolean keep = random.nextInt(3) > 0;
        if (session.getTransacted() && keep) {
            session.commit();
        } else if (session.getTransacted()) {
            session.rollback();
        } else if (keep && last != null) {
            last.acknowledge();
        } else {
            session.recover();
        }
        if (keep) {
            acknowledged.addAll(texts);
            left.addAndGet(-texts.size());
        }
    }

    @Test
    void acknowledgesEveryMessageOnce() throws Exception {
        Session session = started().createSession();
        Queue queue = queue(session);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            sent.add("m" + (10_000 + i));
        }
        send(queue, sent.toArray(String[]::new));
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        CountDownLatch begin = new CountDownLatch(1);
        try {
            List<Future<Void>> results = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Random random = new Random(seed + i);
                Callable<Void> worker =
                        () -> {
                            begin.await();
                            work(random);
                            return null;
                        };
                results.add(workers.submit(worker));
            }
            begin.countDown();
            for (Future<Void> result : results) {
                result.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (Exception | Error e) {
            throw new AssertionError("seed " + seed + ", left " + left.get(), e);
        } finally {
            workers.shutdownNow();
            assertTrue(workers.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS));
        }

        List<String> sorted = new ArrayList<>(acknowledged);
        Collections.sort(sorted);
        assertEquals(sent, sorted, "seed " + seed);
        assertNull(session.createConsumer(queue).receiveNoWait(), "seed " + seed);
    }
}
