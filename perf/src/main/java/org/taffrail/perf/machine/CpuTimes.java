// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much processor time this machine and this suite had used up to a moment, from Linux' {@code
 * /proc}. The difference of two moments tells whether something else was working on the machine.
 *
 * @param totalTicks the time of all processors, idle time included
 * @param busyTicks the part of it in which they were not idle
 * @param ownTicks the part of that which this process and its children, ended ones too, had
 */
public record CpuTimes(long totalTicks, long busyTicks, long ownTicks) {
    /** If others had more than this share of the machine, figures are not to be trusted. */
    public static final double OTHERS_SHARE_MAX = 0.05;

    private static final Path PROC = Path.of("/proc");
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    /** Columns behind this one are of virtual machines, and are contained in others. */
    private static final int COLUMNS = 8;

    /** Of {@code /proc/PID/stat}, counted behind the command: own and ended children's times. */
    private static final int TIMES_FROM = 11;

    private static final int TIMES_UNTIL = 15;

    /**
     * The times up to now.
     *
     * @return the times, or nothing where there is no {@code /proc}
     */
    public static Optional<CpuTimes> now() {
        try {
            List<String> cpu;
            try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
                cpu = lines.findFirst().map(line -> List.of(line.split(" +"))).orElse(List.of());
            }
            long own = processTicks(ProcessHandle.current());
            for (ProcessHandle child : ProcessHandle.current().children().toList()) {
                own += processTicks(child);
            }
            return Optional.of(of(cpu.subList(1, 1 + COLUMNS), own));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // another system, or another layout: then nothing is said
        }
    }

    static CpuTimes of(List<String> columns, long ownTicks) {
        long total = 0;
        long idle = 0;
        for (int column = 0; column < columns.size(); column++) {
            long ticks = Long.parseLong(columns.get(column));
            total += ticks;
            if (column == IDLE || column == IO_WAIT) {
                idle += ticks;
            }
        }
        return new CpuTimes(total, total - idle, ownTicks);
    }

    private static long processTicks(ProcessHandle process) throws IOException {
        Path file = PROC.resolve(Long.toString(process.pid())).resolve("stat");
        return Files.exists(file) ? processTicks(Files.readString(file)) : 0;
    }

    static long processTicks(String stat) {
        // the command may hold blanks and brackets; behind its last bracket there are none
        String[] columns = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" +");
        long ticks = 0;
        for (int column = TIMES_FROM; column < TIMES_UNTIL; column++) {
            ticks += Long.parseLong(columns[column]);
        }
        return ticks;
    }

    /**
     * The share of the machine that others had since an earlier moment.
     *
     * @param earlier the earlier moment
     * @return 0 to 1
     */
    public double othersShareSince(CpuTimes earlier) {
        long total = totalTicks - earlier.totalTicks;
        long others = busyTicks - earlier.busyTicks - (ownTicks - earlier.ownTicks);
        return total <= 0 ? 0 : Math.min(1, Math.max(0, (double) others / total));
    }
}
