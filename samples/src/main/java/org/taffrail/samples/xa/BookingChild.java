// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link BookingProcess}, as its parent sees it. For one thread. */
final class BookingChild implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    /**
     * What became of it.
     *
     * @param recovered how many branches of an earlier process it found, or -1 if it did not get so
     *     far
     * @param booked how many payments it booked until it ended by itself, or -1 if it did not
     * @param killed whether it was killed where it was to be
     */
    record End(int recovered, int booked, boolean killed) {}

    private BookingChild(Process process) {
        this.process = process;
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it with this process's class path.
     *
     * @param folder for database, transaction log, and what it logs
     */
    static BookingChild start(Path jndi, Path folder, StopAt stopAt, int stopIn)
            throws IOException {
        return new BookingChild(
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        BookingProcess.class.getName(),
                                        jndi.toString(),
                                        folder.toString(),
                                        stopAt.name(),
                                        Integer.toString(stopIn)))
                        .redirectError(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
                        .start());
    }

    /** What all processes of a folder have logged. */
    static Path log(Path folder) {
        return folder.resolve("booking.log");
    }

    /** Reads what it says, and kills it when it stops; returns when it has ended. */
    End run() throws IOException, InterruptedException {
        int recovered = -1;
        int booked = -1;
        boolean killed = false;
        while (!killed) {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            if (line.startsWith(BookingProcess.RECOVERED)) {
                recovered = Integer.parseInt(line.substring(BookingProcess.RECOVERED.length()));
            } else if (line.startsWith(BookingProcess.BOOKED)) {
                booked = Integer.parseInt(line.substring(BookingProcess.BOOKED.length()));
            } else if (line.equals(BookingProcess.STOPS)) {
                process.destroyForcibly(); // SIGKILL
                killed = true;
            }
        }
        process.waitFor();
        return new End(recovered, booked, killed);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.close();
    }
}
