// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.artemis;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An {@link ArtemisServer} in a process of its own, on the loopback interface at a port that was
 * free. Whoever starts it closes it; should its parent die, it ends by itself.
 */
public final class ArtemisProcess implements AutoCloseable {
    private static final long START_MS_MAX = 60_000;
    private static final long STOP_MS_MAX = 10_000;

    private final Process process;
    private final String url;

    private ArtemisProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts a server on a folder and waits until it serves.
     *
     * @param dir the server's data folder; what it logs goes to {@code artemis.log} in it
     * @throws IOException if it does not serve within a minute; the message ends with its log
     * @throws InterruptedException if the caller is interrupted
     */
    public static ArtemisProcess start(Path dir) throws IOException, InterruptedException {
        Files.createDirectories(dir);
        Path log = dir.resolve("artemis.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                classPath(),
                                ArtemisServer.class.getName(),
                                dir.toString(),
                                "0")
                        .redirectError(log.toFile())
                        .start();
        CompletableFuture<String> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, ready), "artemis-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return new ArtemisProcess(process, ready.get(START_MS_MAX, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the Artemis server does not serve: " + Files.readString(log), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String classPath() {
        // under surefire the class path proper is in a property of its own
        String path = System.getProperty("surefire.test.class.path");
        return path != null ? path : System.getProperty("java.class.path");
    }

    /** Takes the server's URL from its output and reads on, lest the server be held up by it. */
    private static void read(Process process, CompletableFuture<String> ready) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ArtemisServer.READY)) {
                    ready.complete(line.substring(ArtemisServer.READY.length()));
                }
            }
            ready.completeExceptionally(new IOException("the server ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Where the server listens, as {@code tcp://127.0.0.1:PORT}. */
    public String url() {
        return url;
    }

    /** Asks the server to stop, and kills it if it has not stopped ten seconds later. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(STOP_MS_MAX, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (IOException e) {
            // its input is gone: so is the server, or it will be presently
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
