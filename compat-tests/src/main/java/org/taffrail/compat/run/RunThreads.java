// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The threads of this JVM, as a run sees them. */
final class RunThreads {
    /** What the name of a thread that makes a check begins with. */
    static final String CHECK = "kit-check-";

    /** What the name of a thread that closes in another's place begins with. */
    static final String CLOSE = "kit-close-";

    private static final int DUMP_LINES_MAX = 300;
    private static final String OURS = "org.taffrail.compat.";
    private static final int POLL_MS = 20;

    private RunThreads() {}

    /**
     * Says where a thread stands.
     *
     * @param stack its stack, not empty
     * @return the innermost call, and the check's own line
     */
    static String place(StackTraceElement[] stack) {
        StackTraceElement check = null;
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(OURS + "checks.")) {
                check = frame;
                break;
            }
        }
        return call(stack[0]) + (check == null ? "" : " called by " + call(check));
    }

    private static String call(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1)
                + "."
                + frame.getMethodName()
                + ":"
                + frame.getLineNumber();
    }

    /**
     * Shows what all threads do.
     *
     * @param first whose stack comes first
     * @return a dump of bounded length
     */
    static String dump(Thread first) {
        StringBuilder text = new StringBuilder();
        append(text, first, first.getStackTrace());
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        Map<String, Thread> byName = new TreeMap<>();
        all.keySet().forEach(thread -> byName.put(thread.getName() + thread.getId(), thread));
        for (Thread thread : byName.values()) {
            if (thread != first && all.get(thread).length > 0) {
                append(text, thread, all.get(thread));
            }
        }
        List<String> lines = text.toString().lines().toList();
        return lines.size() <= DUMP_LINES_MAX
                ? text.toString()
                : String.join("\n", lines.subList(0, DUMP_LINES_MAX)) + "\n...\n";
    }

    private static void append(StringBuilder text, Thread thread, StackTraceElement[] stack) {
        text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
        text.append('\n');
        for (StackTraceElement frame : stack) {
            text.append("    at ").append(frame).append('\n');
        }
    }

    /**
     * Returns what runs now.
     *
     * @return the living threads
     */
    static Set<Thread> living() {
        return Thread.getAllStackTraces().keySet();
    }

    /**
     * Waits until all threads have ended that were not there before.
     *
     * @param before who was there
     * @param limitMs how long is waited
     * @return the names of those that are left, sorted, numbers replaced by {@code #}, each with
     *     how often it is there
     * @throws InterruptedException if the run is given up
     */
    static List<String> leftSince(Set<Thread> before, long limitMs) throws InterruptedException {
        long startNs = System.nanoTime();
        List<Thread> left = newcomers(before);
        while (!left.isEmpty()
                && System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(limitMs)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            left = newcomers(before);
        }
        Map<String, Integer> counts = new TreeMap<>();
        for (Thread thread : left) {
            counts.merge(thread.getName().replaceAll("\\d+", "#"), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " x " + each.getKey())
                .toList();
    }

    private static List<Thread> newcomers(Set<Thread> before) {
        Thread[] all = living().toArray(Thread[]::new);
        return Arrays.stream(all)
                .filter(thread -> thread.isAlive() && !before.contains(thread))
                .toList();
    }
}
