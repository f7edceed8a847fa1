// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.scale;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.taffrail.perf.load.Clock;
import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.load.StartWait;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Carries out one step of a scenario. */
public final class ScaleRun {
    /** The steps, in their order. */
    public enum Step {
        /** Measures without a backlog, and fills. */
        FILL,
        /** Awaits the first delivery of a broker that is being started. */
        FIRST,
        /** Measures with the backlog. */
        MEASURE
    }

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Bench bench;
    private final ScenarioName name;

    /**
     * A run that has not begun.
     *
     * @param provider the provider to measure
     * @param name the scenario
     * @param plan its sizes
     * @param figures where to put what is found
     */
    public ScaleRun(Provider provider, ScenarioName name, ScalePlan plan, Figures figures) {
        bench = new Bench(provider, plan, figures, Clock.system());
        this.name = name;
    }

    /**
     * Carries out a step that measures.
     *
     * @param step which
     * @throws RunFailedException if it can't be carried through
     */
    public void carryOut(Step step) throws RunFailedException {
        try {
            if (step == Step.FILL) {
                name.scenario().fill(bench);
            } else {
                name.scenario().measure(bench);
            }
        } catch (JMSException e) {
            throw new RunFailedException("The run failed: " + e, e);
        }
    }

    /**
     * Tries to connect until the broker is there, and takes a message, which it gives back.
     *
     * @param folder where to tell that it is waiting
     * @return when the message came, in ms since 1970
     * @throws RunFailedException if none comes in minutes
     * @throws IOException if the file can't be written
     */
    public long awaitFirst(Path folder) throws RunFailedException, IOException {
        tryFirst(); // loads what that needs
        return new StartWait(folder, PAUSE, Clock.system()).until(this::tryFirst);
    }

    private boolean tryFirst() {
        try (Connection connection = bench.connect()) {
            Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
            MessageConsumer consumer =
                    session.createConsumer(bench.queue(session, name.scenario().firstFrom()));
            connection.start();
            return consumer.receive(Bench.RECEIVE_TIMEOUT_MS) != null;
        } catch (JMSException e) {
            return false; // not there yet
        }
    }
}
