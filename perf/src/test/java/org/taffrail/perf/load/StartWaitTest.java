// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class StartWaitTest {
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final FakeClock clock = new FakeClock(0);
    @TempDir Path folder;

    @Test
    void saysThatItWaitsAndTriesAtAnEvenPaceUntilItSucceeds()
            throws IOException, RunFailedException {
        List<Long> attemptsNs = new ArrayList<>();
        long startNs = clock.nanoTime();

        new StartWait(folder, PAUSE, clock)
                .until(
                        () -> {
                            assertTrue(Files.exists(folder.resolve(StartWait.WAITING_FILE)));
                            attemptsNs.add(clock.nanoTime() - startNs);
                            return attemptsNs.size() == 3;
                        });

        assertEquals(List.of(0L, PAUSE.toNanos(), 2 * PAUSE.toNanos()), attemptsNs);
    }

    @Test
    void givesUpABrokerThatNeverServes() {
        StartWait wait = new StartWait(folder, Duration.ofSeconds(1), clock);

        assertThrows(RunFailedException.class, () -> wait.until(() -> false));
        assertTrue(clock.nanoTime() >= Duration.ofMinutes(1).toNanos());
    }
}
