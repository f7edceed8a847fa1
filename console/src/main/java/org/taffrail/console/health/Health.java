// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.health;

import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.BrokerFigures;
import org.taffrail.broker.server.BrokerView;
import org.taffrail.broker.server.Stage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Whether a broker lives and whether it is ready. It lives unless it has ended, or its thread does
 * not answer for long: restarting it helps then, and does not where the disk is full or slow, or
 * while it recovers. It is ready when clients are served and sends are not kept waiting for room.
 */
public final class Health {
    private static final long READY_MS = 1000;
    private static final long GLANCE_MS = 200;

    private final Broker broker;
    private final long livenessMs;
    private final LongSupplier clockNs;
    private CompletableFuture<BrokerFigures> asked;
    private long askedNs;

    /**
     * Makes a judge.
     *
     * @param broker of whom
     * @param livenessMs how long the broker's thread may take to answer
     * @param clockNs a clock that nobody sets, ns
     */
    public Health(Broker broker, long livenessMs, LongSupplier clockNs) {
        this.broker = broker;
        this.livenessMs = livenessMs;
        this.clockNs = clockNs;
    }

    /**
     * What was found.
     *
     * @param well whether all is as it should be
     * @param state one word for it
     */
    public record State(boolean well, String state) {}

    /**
     * Looks whether the broker lives.
     *
     * @return not well if it should be started again
     * @throws InterruptedException if the caller is interrupted
     */
    public State live() throws InterruptedException {
        Stage stage = broker.stage();
        if (stage.isFinal()) {
            return new State(false, "ended");
        }
        if (stage == Stage.NEW || stage == Stage.STARTING) {
            return new State(true, "starting"); // its thread recovers, however long that takes
        }
        boolean answered = hasAnswered();
        return new State(answered, answered ? "live" : "hangs");
    }

    /** Asks the broker's thread, and false where it has not answered a question for too long. */
    private boolean hasAnswered() throws InterruptedException {
        CompletableFuture<BrokerFigures> question = question();
        try {
            question.get(GLANCE_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // it answers, if only that it does not serve now
        } catch (TimeoutException e) {
            return !isOverdue();
        }
    }

    private synchronized CompletableFuture<BrokerFigures> question() {
        if (asked == null || asked.isDone()) {
            askedNs = clockNs.getAsLong();
            asked = broker.ask(BrokerView::figures);
        }
        return asked;
    }

    private synchronized boolean isOverdue() {
        long passedMs = (clockNs.getAsLong() - askedNs) / 1_000_000;
        return !asked.isDone() && passedMs > livenessMs;
    }

    /**
     * Looks whether the broker is ready.
     *
     * @return not well if clients should go elsewhere, or wait
     * @throws InterruptedException if the caller is interrupted
     */
    public State ready() throws InterruptedException {
        Stage stage = broker.stage();
        if (stage != Stage.RUNNING) {
            boolean starts = stage == Stage.NEW || stage == Stage.STARTING;
            return new State(false, starts ? "starting" : stage.isFinal() ? "ended" : "stopping");
        }
        try {
            BrokerFigures figures =
                    broker.ask(BrokerView::figures).get(READY_MS, TimeUnit.MILLISECONDS);
            boolean isShort = figures.loop().shortOfRoom();
            return new State(!isShort, isShort ? "short of room" : "ready");
        } catch (ExecutionException e) {
            return new State(false, "recovering");
        } catch (TimeoutException e) {
            return new State(false, "busy");
        }
    }
}
