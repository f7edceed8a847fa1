// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.listening;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listener that stays in each call until it is let go. A scene that ends lets it go, so that a
 * check that has failed does not hold up the close of its connection.
 */
public final class HeldListener implements MessageListener, CompletionListener, AutoCloseable {
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private final Scene scene;
    private final Expect.Action last;
    private volatile Throwable failure;

    private HeldListener(Scene scene, Expect.Action last) {
        this.scene = scene;
        this.last = last;
    }

    /**
     * Makes one. The connection that it serves must have been opened before.
     *
     * @param scene where
     * @return a listener that holds
     */
    public static HeldListener in(Scene scene) {
        return in(scene, () -> {});
    }

    /**
     * Makes one that does something when it is let go, before it returns.
     *
     * @param scene where
     * @param last what it does
     * @return a listener that holds
     */
    public static HeldListener in(Scene scene, Expect.Action last) {
        return scene.closing(new HeldListener(scene, last));
    }

    @Override
    public void onMessage(Message message) {
        entered.incrementAndGet();
        try {
            if (!letGo.await(2 * scene.patienceMs(), TimeUnit.MILLISECONDS)) {
                failure = new AssertionError("a listener was never let go");
            }
            last.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JMSException | RuntimeException | AssertionError e) {
            failure = e;
        } finally {
            returned.incrementAndGet();
        }
    }

    @Override
    public void onCompletion(Message message) {
        onMessage(message);
    }

    @Override
    public void onException(Message message, Exception exception) {
        failure = exception;
        onMessage(message);
    }

    /**
     * Waits until it has been called.
     *
     * @throws JMSException never
     */
    public void awaitCall() throws JMSException {
        scene.await("the call of a listener", () -> entered.get() > 0);
    }

    /** Lets it return, now and ever after. */
    public void letGo() {
        letGo.countDown();
    }

    @Override
    public void close() {
        letGo();
    }

    /**
     * Tells whether it has returned from a call.
     *
     * @return true if it has
     */
    public boolean hasReturned() {
        return returned.get() > 0;
    }

    /**
     * Returns how often it was called.
     *
     * @return the number of calls that have begun
     */
    public int calls() {
        return entered.get();
    }

    /**
     * Waits until it has returned, and expects that what it did last passed.
     *
     * @param what what it did, for the message
     * @throws JMSException never
     */
    public void awaitReturn(String what) throws JMSException {
        scene.await("the return of a listener", this::hasReturned);
        if (failure != null) {
            throw new AssertionError(what + ": threw " + failure, failure);
        }
    }
}
