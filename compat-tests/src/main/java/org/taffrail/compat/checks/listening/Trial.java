// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.listening;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A listener that tries something when it is first called, and keeps what came of it. */
public final class Trial implements MessageListener, CompletionListener {
    private final CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
    private final Scene scene;
    private final String what;
    private final Expect.Action action;

    /**
     * Makes one.
     *
     * @param scene where
     * @param what what is tried, for the message
     * @param action does it
     */
    public Trial(Scene scene, String what, Expect.Action action) {
        this.scene = scene;
        this.what = what;
        this.action = action;
    }

    @Override
    public void onMessage(Message message) {
        if (outcome.isDone()) {
            return;
        }
        try {
            action.run();
            outcome.complete(Optional.empty());
        } catch (JMSException | RuntimeException | AssertionError e) {
            outcome.complete(Optional.of(e));
        }
    }

    @Override
    public void onCompletion(Message message) {
        onMessage(message);
    }

    @Override
    public void onException(Message message, Exception exception) {
        outcome.complete(Optional.of(exception));
    }

    /**
     * Expects an exception, once the listener has been called.
     *
     * @param type its type
     * @throws JMSException if the trial can't be waited for
     */
    public void isRefused(Class<? extends Throwable> type) throws JMSException {
        Optional<Throwable> thrown = scene.result(what, outcome);
        Expect.refused(type, what, () -> rethrow(thrown));
    }

    /**
     * Expects that it passes, once the listener has been called.
     *
     * @throws JMSException what it threw
     */
    public void passes() throws JMSException {
        rethrow(scene.result(what, outcome));
    }

    /**
     * Expects an exception, or that it passes, as both are allowed.
     *
     * @param type the exception's type
     * @return true if it passed
     * @throws JMSException if the trial can't be waited for
     */
    public boolean passesOrIsRefused(Class<? extends Throwable> type) throws JMSException {
        if (scene.result(what, outcome).isEmpty()) {
            return true;
        }
        isRefused(type);
        return false;
    }

    private static void rethrow(Optional<Throwable> thrown) throws JMSException {
        if (thrown.isEmpty()) {
            return;
        }
        if (thrown.get() instanceof JMSException failure) {
            throw failure;
        }
        if (thrown.get() instanceof RuntimeException failure) {
            throw failure;
        }
        throw new AssertionError(thrown.get().getMessage(), thrown.get());
    }
}
