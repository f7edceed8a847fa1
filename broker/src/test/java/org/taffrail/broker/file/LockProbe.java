// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that wants a folder's lock, and says on standard output what became of it. */
final class LockProbe {
    private LockProbe() {}

    public static void main(String[] arguments) throws IOException {
        try {
            new DiskFolder(Path.of(arguments[0])).lock("lock", "the probe").close();
            System.out.println("free");
        } catch (HeldException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Asks from a process of its own; returns what it says. */
    static String ask(Path folder) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockProbe.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
