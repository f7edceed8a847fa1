// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Looks into another JVM, as measuring processes look into a broker. */
class JvmLinkIT {
    private static final long FORCED_BYTES = (long) ForcingProcess.FORCES * ForcingProcess.BYTES;

    @TempDir Path folder;
    private Process process;
    private BufferedReader output;

    @BeforeEach
    void startProcess() throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ForcingProcess.class.getName(),
                                folder.resolve("data").toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", output.readLine());
    }

    @AfterEach
    void endProcess() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void work() throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write("\n");
        input.flush();
        assertEquals("done", output.readLine());
    }

    @Test
    void tellsWhatTheOtherJvmUsedWithinTheSpansOnly() throws IOException {
        long pid = process.pid();
        try (JvmLink link = JvmLink.open(JvmLink.startAgent(pid));
                FileRecording files = link.recordFiles()) {
            Meters meters = new Meters();
            meters.add(
                    Cost.BROKER_ALLOCATED,
                    new Meter<>(link::allocation, ThreadAllocation::between));
            meters.add(Cost.BROKER_CPU, Meter.counting(link::cpuNs));
            Spans spans = new Spans();
            work();
            for (int span = 0; span < 2; span++) {
                meters.begin();
                Instant from = Instant.now();
                work();
                spans.add(from, Instant.now());
                meters.end();
                work();
            }

            assertEquals(
                    new FileRecording.Totals(2L * ForcingProcess.FORCES, 2 * FORCED_BYTES),
                    files.finish(spans, folder.resolve("files.jfr")));
            Map<Cost, Long> totals = meters.totals();
            assertTrue(totals.get(Cost.BROKER_ALLOCATED) >= 2 * FORCED_BYTES, totals::toString);
            assertTrue(totals.get(Cost.BROKER_CPU) >= 0, totals::toString);
        }
    }

    @Test
    void oneThatHasEndedCannotBeAttachedTo() throws InterruptedException {
        process.destroyForcibly().waitFor();

        assertThrows(IOException.class, () -> JvmLink.startAgent(process.pid()));
    }
}
