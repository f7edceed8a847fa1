// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine and its Java are, in words; what a system does not tell is left out. */
final class HostFacts {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");
    private static final double KIB_A_GIB = 1024.0 * 1024.0;

    private HostFacts() {}

    /**
     * Asks this machine.
     *
     * @return a sentence each on processors and memory, system, and Java
     * @throws IOException if Linux' own files about it can't be read
     */
    static List<String> now() throws IOException {
        return List.of(
                processors(Runtime.getRuntime().availableProcessors(), text(CPU), text(MEMORY)),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + ", "
                        + System.getProperty("os.arch"),
                "Java "
                        + System.getProperty("java.runtime.version")
                        + ", "
                        + System.getProperty("java.vm.name"));
    }

    private static String text(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file) : "";
    }

    static String processors(int count, String cpuInfo, String memInfo) {
        StringBuilder words = new StringBuilder();
        words.append(count).append(count == 1 ? " processor" : " processors");
        Matcher model = MODEL.matcher(cpuInfo);
        if (model.find()) {
            words.append(" (").append(model.group(1).strip().replaceAll(" +", " ")).append(")");
        }
        Matcher total = TOTAL.matcher(memInfo);
        if (total.find()) {
            double gib = Long.parseLong(total.group(1)) / KIB_A_GIB;
            words.append(String.format(Locale.ROOT, ", %.1f GiB of memory", gib));
        }
        return words.toString();
    }
}
