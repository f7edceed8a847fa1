// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with OpenTelemetry's agent, which writes its spans on standard output as OTLP's JSON.
 */
final class TracedProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_S = 120;

    private final String service;
    private final Process process;
    private final Path out;
    private final Path err;

    private TracedProcess(String service, Process process, Path out, Path err) {
        this.service = service;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts one.
     *
     * @param full whether the agent watches all that it knows, or nothing but JMS
     */
    static TracedProcess start(
            Path folder, String url, boolean full, String service, Class<?> main, String... words)
            throws IOException {
        Path agent =
                Path.of(System.getProperty("taffrail.root"), "samples", "tracing", "target")
                        .resolve("agent/opentelemetry-javaagent.jar");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + agent);
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx256m");
        command.add("-Dotel.service.name=" + service);
        command.add("-Dotel.traces.exporter=experimental-otlp/stdout");
        command.add("-Dotel.metrics.exporter=none");
        command.add("-Dotel.logs.exporter=none");
        if (!full) {
            command.add("-Dotel.instrumentation.common.default-enabled=false");
            command.add("-Dotel.instrumentation.jms.enabled=true");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(words));
        Path out = folder.resolve(service + ".out");
        Path err = folder.resolve(service + ".err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TAFFRAIL_URL", url);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new TracedProcess(service, builder.start(), out, err);
    }

    /** Waits for its end; returns the status. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException(service + " is still running");
        }
        return process.exitValue();
    }

    /** Stops it in order, so that the agent hands out what it has. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitExit();
    }

    String log() throws IOException {
        return service + ": " + Files.readString(err);
    }

    /** Returns the spans that it has handed out. */
    List<Span> spans() throws IOException {
        List<Span> spans = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            for (JsonNode span : JSON.readTree(line).findValues("spans")) {
                for (JsonNode each : span) {
                    spans.add(
                            new Span(
                                    service,
                                    each.path("name").asText(),
                                    each.path("traceId").asText(),
                                    each.path("spanId").asText(),
                                    each.path("parentSpanId").asText()));
                }
            }
        }
        return spans;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A span: what a service did, in which trace, and what had caused it; empty for nothing. */
    record Span(String service, String name, String traceId, String id, String parentId) {
        String what() {
            return service + ": " + name;
        }
    }
}
