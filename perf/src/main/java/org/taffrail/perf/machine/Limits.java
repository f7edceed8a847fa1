// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What this machine can do at most, without any messaging, at the moment it was asked.
 *
 * @param force 4 KiB appended to a preallocated file and forced
 * @param roundTripByteUs 1 byte there and back over TCP on loopback, the median in microseconds
 * @param roundTripKibUs 1 KiB there and back
 * @param writeMbPerSecond a large file written from start to end with one force, in millions of
 *     bytes
 * @param copyGbPerSecond memory copied, in thousands of millions of bytes
 */
public record Limits(
        ForceTime force,
        double roundTripByteUs,
        double roundTripKibUs,
        double writeMbPerSecond,
        double copyGbPerSecond) {
    private static final int KIB = 1024;

    /**
     * Measures them, which takes a few seconds; files lie in the folder for temporary files, where
     * brokers that are started here have their data.
     *
     * @return the limits
     * @throws IOException if a file can't be written, or there is no loopback
     */
    public static Limits measure() throws IOException {
        double byteUs;
        double kibUs;
        try (Loopback loopback = Loopback.open(KIB)) {
            byteUs = loopback.medianUs(1);
            kibUs = loopback.medianUs(KIB);
        }
        return new Limits(
                ForceTime.measure(),
                byteUs,
                kibUs,
                Bandwidth.writeMbPerSecond(),
                Bandwidth.copyGbPerSecond());
    }

    /**
     * The limits as lines of text.
     *
     * @return one a limit
     */
    public List<String> lines() {
        return List.of(
                line(
                        "4 KiB appended and forced: %,.0f us in the median, %,.0f a second",
                        force.medianUs(), force.perSecond()),
                line(
                        "round trip over loopback: %,.1f us with 1 byte, %,.1f us with 1 KiB",
                        roundTripByteUs, roundTripKibUs),
                line("a file written and forced once: %,.0f MB/s", writeMbPerSecond),
                line("memory copied: %,.1f GB/s", copyGbPerSecond));
    }

    private static String line(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
