// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory another Java process uses, as far as this machine can tell: the heap by {@code
 * jcmd}, which has it collected first, the whole by {@code /proc} of Linux.
 */
public final class ProcessMemory {
    private static final long TIMEOUT_SECONDS = 120;
    private static final Pattern HISTOGRAM_TOTAL =
            Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
    private static final long KIB = 1024;

    /** What {@code /proc/PID/clear_refs} takes to set the peak to what is in memory now. */
    private static final String FORGET_PEAK = "5";

    private ProcessMemory() {}

    /**
     * Counts what is alive in the heap.
     *
     * @param pid the process
     * @return bytes; empty where there is no {@code jcmd} or it can't tell
     * @throws IOException if it can't be run
     */
    public static OptionalLong heapBytes(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return OptionalLong.empty();
        }
        Process process =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return first(HISTOGRAM_TOTAL, text, 1);
    }

    /**
     * Returns what the process has in memory, heap and all else.
     *
     * @param pid the process
     * @return bytes; empty where the system does not tell
     * @throws IOException if it can't be read
     */
    public static OptionalLong residentBytes(long pid) throws IOException {
        return fromStatus(pid, RESIDENT);
    }

    /**
     * Returns the most that the process had in memory, heap and all else, since it was started or
     * since {@link #forgetPeak}.
     *
     * @param pid the process
     * @return bytes; empty where the system does not tell
     * @throws IOException if it can't be read
     */
    public static OptionalLong peakResidentBytes(long pid) throws IOException {
        return fromStatus(pid, PEAK);
    }

    /**
     * Lets the peak begin anew with what is in memory now; nothing on systems that have none.
     *
     * @param pid the process
     * @throws IOException if this is not allowed
     */
    public static void forgetPeak(long pid) throws IOException {
        Path file = proc(pid, "clear_refs");
        if (Files.exists(file)) {
            Files.writeString(file, FORGET_PEAK, StandardOpenOption.WRITE);
        }
    }

    private static OptionalLong fromStatus(long pid, Pattern pattern) throws IOException {
        Path status = proc(pid, "status");
        return Files.isReadable(status)
                ? first(pattern, Files.readString(status), KIB)
                : OptionalLong.empty();
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    private static OptionalLong first(Pattern pattern, String text, long unit) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)) * unit)
                : OptionalLong.empty();
    }
}
