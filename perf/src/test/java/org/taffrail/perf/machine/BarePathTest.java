// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

class BarePathTest {
    private static final BareLoad ONE = new BareLoad(1, 0);
    private static final BareLoad ROUND_TRIP = new BareLoad(4, 4);

    @TempDir private Path folder;

    /** The echo in a thread of its own. */
    private static CompletableFuture<Void> run(BareEcho echo) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                echo.run();
                                ended.complete(null);
                            } catch (IOException | RuntimeException e) {
                                ended.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return ended;
    }

    @Test
    void forcesAMessagePassesItOnAndAnswers() throws IOException {
        Path file = Files.createFile(folder.resolve("journal"));
        CompletableFuture<Void> ended;
        try (BareEcho echo = BareEcho.open(file, true)) {
            ended = run(echo);
            try (BareClient consumer = BareClient.connect(echo.address(), BareEcho.CONSUMER);
                    BareClient producer = BareClient.connect(echo.address(), BareEcho.PRODUCER)) {
                producer.send();
                assertEquals(1, producer.messages());
                assertEquals(1, producer.forces());
                producer.send();
                assertEquals(2, producer.messages());
                assertEquals(2, producer.forces());
                int received = 0;
                while (received < 2 * BareLoad.MESSAGE_BYTES) {
                    received += consumer.receive();
                }
                assertEquals(2 * BareLoad.MESSAGE_BYTES, received);
            }
            echo.end();
            ended.join();
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void serversInProcessesOfTheirOwnServeEachLoad() throws IOException {
        BarePath forced = BarePath.measure(true, List.of(ONE, ROUND_TRIP), Duration.ofMillis(20));
        assertEquals(1, forced.figures().get(ONE).forcesEach(), 1e-9, "it shares with nobody");
        double shared = forced.figures().get(ROUND_TRIP).forcesEach();
        assertTrue(shared > 0 && shared <= 1, () -> shared + " forces each");
        assertTrue(forced.perSecond(ROUND_TRIP).orElse(0) > 0);

        BarePath written = BarePath.measure(false, List.of(ONE), Duration.ofMillis(20));
        assertEquals(0, written.figures().get(ONE).forcesEach());
    }

    @Test
    void startsNothingForNoLoad() throws IOException {
        BarePath none = BarePath.measure(true, List.of(), Duration.ofDays(1));

        assertEquals(List.of(), none.lines());
        assertEquals(OptionalDouble.empty(), none.perSecond(ONE));
    }

    @Test
    void tellsItsFiguresInALine() {
        Map<BareLoad, BarePath.Figure> figures = new LinkedHashMap<>();
        figures.put(ONE, new BarePath.Figure(6_312.4, 1));
        figures.put(ROUND_TRIP, new BarePath.Figure(12_345.6, 0.318));

        assertEquals(
                List.of(
                        "bare path with a force, messages/s of 1 producer: 6,312 (1.00 forces"
                                + " each); 4 producers to 4 consumers: 12,346 (0.32 forces each)"),
                new BarePath(true, figures).lines());
        assertEquals(
                List.of(
                        "bare path to the page cache, messages/s of 1 producer: 6,312;"
                                + " 4 producers to 4 consumers: 12,346"),
                new BarePath(false, figures).lines());
    }

    @Test
    void hasRoomForSoManyClients() {
        assertThrows(IllegalArgumentException.class, () -> new BareLoad(0, 4));
        assertThrows(IllegalArgumentException.class, () -> new BareLoad(60, 5));
    }
}
