// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import jakarta.jms.JMSException;

import org.taffrail.perf.load.Clock;
import org.taffrail.perf.load.Exchange;
import org.taffrail.perf.load.Provider;
import org.taffrail.perf.load.RunFailedException;
import org.taffrail.perf.load.StartWait;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;

/**
 * Waits for a broker that is being started, and exchanges one message with it, in the process made
 * for it. That has done the same with another broker before, so that its own classes are loaded.
 */
@Command(name = "start")
final class MeasureStartCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(2);

    /** However short the warm-up is. */
    private static final int WARM_UP_EXCHANGES_MIN = 2;

    @Mixin private MeasureOptions measure;
    @Mixin private StartOptions options;

    /** Is there as soon as the broker has told its address, which may be a new one. */
    @Option(names = "--started-jndi", required = true)
    private Path started;

    private final Exchange exchange = new Exchange(ProcessHandle.current().pid());

    @Override
    public Integer call() throws RunFailedException, IOException {
        Provider warm = measure.provider();
        warmUp(warm, Clock.system());
        long firstMs =
                new StartWait(measure.out(), PAUSE, Clock.system()).until(this::isCarriedOut);
        Properties outcome = new Properties();
        outcome.setProperty(StartWait.FIRST_MS, Long.toString(firstMs));
        outcome.setProperty("provider", warm.describe());
        measure.finish(outcome);
        return 0;
    }

    private void warmUp(Provider provider, Clock clock) throws RunFailedException {
        long endNs = clock.nanoTime() + options.warmup().toNanos();
        try {
            for (int i = 0; i < WARM_UP_EXCHANGES_MIN || clock.nanoTime() < endNs; i++) {
                exchange.carryOut(provider);
            }
        } catch (JMSException e) {
            throw new RunFailedException("The warm-up failed: " + e, e);
        }
    }

    private boolean isCarriedOut() throws RunFailedException {
        if (!Files.exists(started)) {
            if (!Files.exists(started.toAbsolutePath().getParent())) {
                throw new RunFailedException("The broker was given up");
            }
            return false;
        }
        try {
            exchange.carryOut(measure.provider(started));
            return true;
        } catch (JMSException e) {
            return false; // it does not serve yet
        }
    }
}
