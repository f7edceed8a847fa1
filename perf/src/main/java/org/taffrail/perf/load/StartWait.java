// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A client's wait for a broker that is being started: it tells that it is waiting, and tries until
 * it succeeds.
 *
 * <p>The process that starts the broker waits for {@link #WAITING_FILE} first, so that nothing of
 * the client's own start is counted.
 */
public final class StartWait {
    /** The file that tells that the client is waiting. */
    public static final String WAITING_FILE = "waiting";

    /** When the client succeeded, in ms since 1970, in the outcome of its process. */
    public static final String FIRST_MS = "first.ms";

    private static final long TIMEOUT_NS = 300_000_000_000L;

    private final Path folder;
    private final Duration pause;
    private final Clock clock;

    /** Something that a client tries. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Tries it.
         *
         * @return false if the broker is not there yet
         * @throws RunFailedException if it will never be
         */
        boolean succeeds() throws RunFailedException;
    }

    /**
     * A wait that has not begun.
     *
     * @param folder where to tell that the client is waiting
     * @param pause how long to wait between two attempts
     * @param clock the clock
     */
    public StartWait(Path folder, Duration pause, Clock clock) {
        this.folder = folder;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Tries until it succeeds.
     *
     * @param attempt what to try
     * @return when it succeeded, in ms since 1970
     * @throws RunFailedException if it does not succeed in minutes
     * @throws IOException if the file can't be written
     */
    public long until(Attempt attempt) throws RunFailedException, IOException {
        long deadlineNs = clock.nanoTime() + TIMEOUT_NS;
        Files.writeString(folder.resolve(WAITING_FILE), "");
        while (clock.nanoTime() < deadlineNs) {
            if (attempt.succeeds()) {
                return System.currentTimeMillis();
            }
            clock.awaitUntil(clock.nanoTime() + pause.toNanos());
        }
        throw new RunFailedException("No message came after the start");
    }
}
