// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

/** The stage that a broker is in, and the guard of its moves. May be used from any thread. */
final class LifeCycle {
    private Stage stage = Stage.NEW;

    synchronized Stage stage() {
        return stage;
    }

    /**
     * Moves on.
     *
     * @throws IllegalStateException if this is no legal move
     */
    synchronized void move(Stage to) {
        if (!stage.next().contains(to)) {
            throw new IllegalStateException("a broker that is " + stage + " can't become " + to);
        }
        stage = to;
        if (to.isFinal()) {
            notifyAll();
        }
    }

    /** Moves on if the stage is as expected; false where it isn't. */
    synchronized boolean moveFrom(Stage from, Stage to) {
        if (stage != from) {
            return false;
        }
        move(to);
        return true;
    }

    synchronized Stage awaitFinal() throws InterruptedException {
        while (!stage.isFinal()) {
            wait();
        }
        return stage;
    }
}
