// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.measure.SpanConverter;

import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * What the cases and the latencies of a comparison have in common, as options that both of them
 * know; passed on as they were typed.
 */
final class CompareOptions {
    @Option(
            names = "--duration",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description =
                    "how long to measure each case and each rate: 500ms, 30s, 5m (default: 10s a"
                            + " case, 30s a rate)")
    private Duration duration;

    @Option(
            names = "--warmup",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description =
                    "how long to work before measuring (default: 2s a start, 5s a case, 10s a"
                            + " rate)")
    private Duration warmup;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "size of a body, where a case says none (default 1024)")
    private Integer sizeBytes;

    @Option(names = "--non-persistent", description = "send non-persistent messages")
    private boolean nonPersistent;

    /** Nothing typed; picocli fills in what was. */
    CompareOptions() {}
}
