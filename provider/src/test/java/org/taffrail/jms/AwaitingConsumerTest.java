// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static javax.transaction.xa.XAResource.TMNOFLAGS;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waiting for a message without taking it. */
@Timeout(30)
class AwaitingConsumerTest extends XaFixture {
    private static final long LONG_MS = 20_000;

    private AwaitingConsumer consumer;
    private Thread waiter;

    @BeforeEach
    void makeAConsumer() throws JMSException {
        consumer = (AwaitingConsumer) consumer(session);
    }

    private CompletableFuture<Boolean> waiting() {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        waiter =
                new Thread(
                        () -> {
                            try {
                                outcome.complete(consumer.awaitMessage(LONG_MS));
                            } catch (JMSException e) {
                                outcome.completeExceptionally(e);
                            }
                        });
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        return outcome;
    }

    @Test
    void waitsOutsideOfABranchAndTakesNothing() throws Exception {
        assertFalse(consumer.awaitMessage(0));
        CompletableFuture<Boolean> outcome = waiting();

        link.deliver(1, 1, "1");

        assertTrue(outcome.get(10, TimeUnit.SECONDS));
        assertTrue(consumer.awaitMessage(0));
        assertThrows(IllegalStateException.class, consumer::receiveNoWait);
        resource.start(A, TMNOFLAGS);
        assertEquals("1", text(consumer.receiveNoWait()));
        assertFalse(consumer.awaitMessage(0));
    }

    @Test
    void hearsOfNothingWhileTheConnectionIsStopped() throws Exception {
        connection.stop();
        assertFalse(consumer.awaitMessage(1));
    }

    @Test
    void endsWithItsConsumer() throws Exception {
        CompletableFuture<Boolean> outcome = waiting();

        consumer.close();

        assertFalse(outcome.get(10, TimeUnit.SECONDS));
        assertThrows(IllegalStateException.class, () -> consumer.awaitMessage(0));
    }

    @Test
    void failsWithItsConnection() {
        CompletableFuture<Boolean> outcome = waiting();

        link.lose(LOSS);

        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> outcome.get(10, TimeUnit.SECONDS));
        assertTrue(failure.getCause().getMessage().contains("on purpose"));
    }

    @Test
    void failsWhereItsThreadIsInterrupted() {
        CompletableFuture<Boolean> outcome = waiting();

        waiter.interrupt();

        assertThrows(ExecutionException.class, () -> outcome.get(10, TimeUnit.SECONDS));
    }

    @Test
    void isNotForTwoThreadsNorBesideAListener() throws Exception {
        CompletableFuture<Boolean> outcome = waiting();
        assertThrows(IllegalStateException.class, () -> consumer.awaitMessage(0));
        link.deliver(1, 1, "1");
        assertTrue(outcome.get(10, TimeUnit.SECONDS));

        Session ordinary = connection.createSession();
        AwaitingConsumer listening = (AwaitingConsumer) consumer(ordinary);
        listening.setMessageListener(message -> {});
        assertThrows(IllegalStateException.class, () -> listening.awaitMessage(0));
    }
}
