// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link BareEcho} in a process of its own, which competes with its clients for processors as a
 * broker does.
 */
final class BareProcess implements AutoCloseable {
    private static final long STOP_TIMEOUT_SECONDS = 10;

    /** It needs next to no memory, and makes no garbage. */
    private static final List<String> JAVA_OPTIONS = List.of("-Xmx32m", "-XX:+UseSerialGC");

    private final Path file;
    private final Process process;
    private final SocketAddress address;

    private BareProcess(Path file, Process process) throws IOException {
        this.file = file;
        this.process = process;
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = output.readLine();
        if (port == null) {
            throw new IOException("The server of the bare path has ended before it served");
        }
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    /**
     * Starts it and waits until it serves. Its file is in the folder for temporary files, where
     * brokers that are started here have their data.
     *
     * @param forced whether messages are forced before they are answered
     */
    static BareProcess start(boolean forced) throws IOException {
        Path file = Files.createTempFile("taffrail-perf-bare", ".bin");
        ProcessBuilder builder =
                new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString());
        builder.command().addAll(JAVA_OPTIONS);
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
        builder.command().addAll(List.of(BareEcho.class.getName(), file.toString()));
        builder.command().add(forced ? BareEcho.FORCE : BareEcho.WRITE);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            return new BareProcess(file, process);
        } catch (IOException e) {
            process.destroyForcibly();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    SocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close(); // it ends with its input
        try {
            if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(file); // it has done so, unless it was killed
    }
}
