// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import picocli.CommandLine.Option;

import java.time.Duration;

/**
 * How starts of brokers are measured, as options; typed by the user, and passed on to the measuring
 * process as they were typed.
 */
public final class StartOptions {
    /** The option that a comparison has as well. */
    public static final String WARMUP = "--warmup";

    @Option(
            names = WARMUP,
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description =
                    "how long the client exchanges messages with another broker before (default"
                            + " 2s)")
    private Duration warmup = Duration.ofSeconds(2);

    /** The defaults; picocli fills in what was typed. */
    public StartOptions() {}

    Duration warmup() {
        return warmup;
    }
}
