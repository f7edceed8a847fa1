// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A broker from the built jars in a process of its own, on loopback, at a port that is free. */
final class BrokerInProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("serves (taffrail://[^ ,)]+:\\d+)");

    private final Process process;
    private final String url;

    private BrokerInProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static BrokerInProcess start(Path folder, int deliveries) throws IOException {
        Path target = Path.of(System.getProperty("taffrail.root"), "broker", "target");
        String jar = "taffrail-broker-" + System.getProperty("taffrail.version") + ".jar";
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        target.resolve(jar) + ":" + target.resolve("lib") + "/*",
                                        "org.taffrail.broker.cli.Main",
                                        "broker",
                                        "--data",
                                        folder.resolve("data").toString(),
                                        "--set",
                                        "redelivery.deliveriesMax=" + deliveries,
                                        "--set",
                                        "queue.orders.retention.timeMs=1h",
                                        "--port",
                                        "0"))
                        .redirectError(folder.resolve("broker.log").toFile())
                        .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new BrokerInProcess(process, address.group(1));
            }
        }
        process.destroyForcibly();
        throw new IOException("the broker does not serve");
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
