// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A completion listener that remembers what it was told, and can be held up. */
final class Sent implements CompletionListener {
    /** Something that a callback does. */
    @FunctionalInterface
    interface Act {
        void run() throws JMSException;
    }

    private final List<Message> completed = new CopyOnWriteArrayList<>();
    private final List<Exception> failed = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger entered = new AtomicInteger();
    private final CountDownLatch gate;
    private final Act act;

    private Sent(CountDownLatch gate, Act act) {
        this.gate = gate;
        this.act = act;
    }

    /** One that only remembers. */
    static Sent remembering() {
        return new Sent(new CountDownLatch(0), () -> {});
    }

    /** One whose callbacks do not return before {@link #release}. */
    static Sent heldUp() {
        return new Sent(new CountDownLatch(1), () -> {});
    }

    /** One whose callbacks do something; what it throws is kept. */
    static Sent doing(Act act) {
        return new Sent(new CountDownLatch(0), act);
    }

    @Override
    public void onCompletion(Message message) {
        called();
        completed.add(message);
    }

    @Override
    public void onException(Message message, Exception exception) {
        called();
        failed.add(exception);
    }

    private void called() {
        threads.add(Thread.currentThread());
        entered.incrementAndGet();
        try {
            gate.await();
            act.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JMSException | RuntimeException e) {
            thrown.add(e);
        }
    }

    /** Lets the callbacks return. */
    void release() {
        gate.countDown();
    }

    /** Waits until a callback has begun. */
    void awaitEntered(Scene scene) throws JMSException {
        scene.await("a completion listener is called", () -> entered.get() > 0);
    }

    /** Waits until so many messages are complete, and none has failed. */
    void awaitCompleted(Scene scene, int count) throws JMSException {
        scene.await(
                "a completion listener is called " + count + " times",
                () -> completed.size() + failed.size() >= count);
        Expect.that(failed.isEmpty(), "a send failed: " + failed);
    }

    /** Waits until what {@link #doing} does was refused in a callback, and returns the refusal. */
    Throwable awaitThrown(Scene scene, String what) throws JMSException {
        scene.await("a completion listener has returned", () -> !completed.isEmpty());
        Expect.that(!thrown.isEmpty(), what + ": expected an exception, but it passed");
        return thrown.get(0);
    }

    /** Tells whether any callback has begun. */
    boolean wasCalled() {
        return entered.get() > 0;
    }

    /** How many callbacks have ended. */
    int calls() {
        return completed.size() + failed.size();
    }

    /** The texts of the messages that are complete, in the order of the calls. */
    List<String> texts() throws JMSException {
        List<String> texts = new ArrayList<>();
        for (Message message : completed) {
            texts.add(Scene.text(message));
        }
        return texts;
    }

    /** The messages that are complete. */
    List<Message> completed() {
        return List.copyOf(completed);
    }

    /** The threads that called. */
    List<Thread> threads() {
        return List.copyOf(threads);
    }
}
