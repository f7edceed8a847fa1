// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

/**
 * The thread that runs the message listeners of one session, one message at a time. It is made with
 * the first listener and ends with the session. A daemon: an application whose main method returns
 * must keep its JVM up by itself.
 *
 * <p>Listeners run without any lock. While one runs, {@link SessionState#listening} names its
 * consumer, so that whoever closes or stops can wait for it.
 */
final class ListenerDispatcher implements Runnable {
    private final SessionCore session;
    private final SessionState state;
    private volatile Thread thread;

    ListenerDispatcher(SessionCore session) {
        this.session = session;
        this.state = session.state();
    }

    /** Starts the thread if it isn't there. Called under the session's lock. */
    void ensureStarted() {
        if (thread == null) {
            thread = new Thread(this, session.name() + "-listener");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Tells whether the caller runs within a listener of this session. */
    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    @Override
    public void run() {
        state.lock();
        try {
            while (state.isOpen() && state.lost() == null) {
                ConsumerCore next = session.nextListening();
                if (next == null) {
                    session.acknowledgement().idle();
                    state.awaitAsListener();
                } else {
                    runListener(next);
                }
            }
        } finally {
            state.unlock();
        }
    }

    private void runListener(ConsumerCore consumer) {
        Held held = consumer.takeForListener();
        if (held == null) {
            return;
        }
        state.setListening(consumer);
        state.unlock();
        try {
            consumer.deliver(held);
        } finally {
            state.lock();
            state.setListening(null);
        }
    }
}
