// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;

import java.util.ArrayList;
import java.util.List;

/**
 * The consumers of a run and what they have received, over the whole run: consumers may come and
 * go, what was received stays noted.
 *
 * <p>Used by the thread of the run.
 */
final class Deliveries implements AutoCloseable {
    /** Nothing came for so long although something is missing: it is lost. */
    static final long IDLE_TIMEOUT_MS = 10_000;

    /** How long to wait, after the last message, for one that should not come. */
    static final long SETTLE_MS = 250;

    private static final long LOOK_MS = 2;

    private final Receiver.Setting setting;
    private final RunFailure failure;
    private final Clock clock;
    private final List<ReceivedLog> logs = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();

    Deliveries(Receiver.Setting setting, int producers) {
        this.setting = setting;
        this.failure = setting.run().failure();
        this.clock = setting.run().clock();
        for (int consumer = 0; consumer < setting.receiving().consumers(); consumer++) {
            logs.add(new ReceivedLog(producers, setting.route().orders()));
        }
    }

    /** Opens the consumers and starts the delivery. */
    void open() throws JMSException {
        connect();
        start();
    }

    /** Opens the connections; nothing is consumed before {@link #start}. */
    void connect() throws JMSException {
        for (ReceivedLog log : logs) {
            receivers.add(new Receiver(setting, receivers.size(), log));
        }
    }

    /** Opens the consumers on the connections and starts the delivery. */
    void start() throws JMSException {
        for (Receiver receiver : receivers) {
            receiver.start();
        }
    }

    long received() {
        return logs.stream().mapToLong(ReceivedLog::count).sum();
    }

    /** How many of the messages sent are still to come; of a topic, to the average subscriber. */
    long waiting(long sent) {
        return (expected(sent) - received()) / (setting.route().copies() ? logs.size() : 1);
    }

    private long expected(long sent) {
        return setting.route().copies() ? sent * logs.size() : sent;
    }

    /**
     * Waits until so many messages have been received, or nothing comes any more.
     *
     * @param sent how many messages were acknowledged to the producers
     * @throws RunFailedException if the run failed meanwhile
     */
    void await(long sent) throws RunFailedException {
        long expected = expected(sent);
        long before = received();
        long idleUntilNs = clock.nanoTime() + IDLE_TIMEOUT_MS * 1_000_000;
        while (before < expected && clock.nanoTime() < idleUntilNs) {
            failure.check();
            clock.awaitUntil(clock.nanoTime() + LOOK_MS * 1_000_000);
            long now = received();
            if (now > before) {
                before = now;
                idleUntilNs = clock.nanoTime() + IDLE_TIMEOUT_MS * 1_000_000;
            }
        }
        failure.check();
    }

    /** Waits a little for messages that should not come, such as duplicates. */
    void settle() {
        clock.awaitUntil(clock.nanoTime() + SETTLE_MS * 1_000_000);
    }

    Verdict verdict(long[] acknowledged) {
        return setting.route().copies()
                ? Verdict.onTopic(acknowledged, logs)
                : Verdict.onSharedQueue(acknowledged, logs);
    }

    /** Lets the consumers acknowledge the rest and closes them; {@link #open} may follow. */
    @Override
    public void close() throws JMSException {
        try {
            for (Receiver receiver : receivers) {
                receiver.finish();
            }
        } finally {
            for (Receiver receiver : receivers) {
                receiver.close();
            }
            receivers.clear();
        }
    }
}
