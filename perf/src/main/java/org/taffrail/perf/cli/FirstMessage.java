// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.load.StartWait;
import org.taffrail.perf.peer.Broker;
import org.taffrail.perf.peer.PeerException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time from the start of a broker's process to the first message in the hands of a client that
 * was waiting for it, in a process of its own.
 */
final class FirstMessage {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A measuring process that waits for the broker by {@link StartWait}. */
    @FunctionalInterface
    interface Waiting {
        Properties run() throws PeerException, IOException;
    }

    private FirstMessage() {}

    /**
     * Starts a broker that does not run once the client waits for it.
     *
     * @param broker the broker
     * @param folder the folder of the measuring process
     * @param client runs it to its end
     * @return milliseconds
     */
    static double after(Broker broker, Path folder, Waiting client)
            throws PeerException, IOException {
        Path waiting = folder.resolve(StartWait.WAITING_FILE);
        Files.deleteIfExists(waiting);
        CompletableFuture<Properties> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(client, outcome), "perf-first");
        thread.setDaemon(true);
        thread.start();
        while (!Files.exists(waiting) && !outcome.isDone()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        if (!outcome.isDone()) {
            broker.startAgain();
        }
        try {
            String firstMs = outcome.join().getProperty(StartWait.FIRST_MS);
            return Long.parseLong(firstMs) - broker.startedMs();
        } catch (CompletionException e) {
            throw new PeerException("No message after the start: " + e.getCause(), e.getCause());
        }
    }

    private static void run(Waiting client, CompletableFuture<Properties> outcome) {
        try {
            outcome.complete(client.run());
        } catch (PeerException | IOException | RuntimeException e) {
            outcome.completeExceptionally(e);
        }
    }
}
