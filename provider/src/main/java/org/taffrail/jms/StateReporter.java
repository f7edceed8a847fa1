// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Calls a connection's state listeners, one at a time, on a thread of its own. Thread-safe. */
final class StateReporter {
    private static final Logger LOG = LoggerFactory.getLogger(StateReporter.class);

    private final SerialExecutor executor;
    private final List<ConnectionStateListener> listeners = new CopyOnWriteArrayList<>();

    StateReporter(String threadName) {
        executor = new SerialExecutor(threadName);
    }

    void add(ConnectionStateListener listener) {
        listeners.add(Objects.requireNonNull(listener));
    }

    void remove(ConnectionStateListener listener) {
        listeners.remove(listener);
    }

    void interrupted(Throwable cause) {
        tell(listener -> listener.interrupted(JmsErrors.of(cause)));
    }

    void restored() {
        tell(ConnectionStateListener::restored);
    }

    void lost(Throwable cause) {
        tell(listener -> listener.lost(JmsErrors.of(cause)));
    }

    private void tell(Consumer<ConnectionStateListener> news) {
        for (ConnectionStateListener listener : listeners) {
            executor.execute(() -> call(listener, news));
        }
    }

    private static void call(
            ConnectionStateListener listener, Consumer<ConnectionStateListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a connection state listener threw", e);
        }
    }
}
