// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class CompletionCommandTest {
    @TempDir private Path folder;

    /** What bash offers for the last of some words. */
    private List<String> offered(String... words) throws IOException, InterruptedException {
        Path bash = Path.of("/bin/bash");
        Assumptions.assumeTrue(Files.isExecutable(bash), "no bash here");
        Path script =
                Files.writeString(folder.resolve("completion"), CompletionCommand.script(Map.of()));
        String asked =
                "source '"
                        + script
                        + "'\nCOMP_WORDS=(taffrail "
                        + String.join(" ", words)
                        + ")\nCOMP_CWORD="
                        + words.length
                        + "\n_complete_taffrail\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Process process =
                new ProcessBuilder(bash.toString(), "--norc", "-c", asked)
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said.lines().toList();
    }

    @Test
    void bashOffersCommandsTheirActionsAndOptions() throws IOException, InterruptedException {
        assertTrue(offered("conf").contains("config"), "commands");
        assertEquals(List.of("migrate", "migrate-javax"), offered("mig"));
        assertTrue(offered("queue", "").containsAll(List.of("list", "purge")), "actions");
        assertTrue(offered("queue", "purge", "--sel").contains("--selector"), "options");
        assertFalse(offered("completion", "--").contains("--also"), "hidden options");
    }

    @Test
    void everyCommandOfTheLauncherIsKnown() throws IOException {
        String launcher =
                Files.readString(
                        Path.of(System.getProperty("taffrail.root", "..")).resolve("bin/taffrail"));
        Matcher cases = Pattern.compile("(?m)^    ([a-z-][a-z |-]*)\\)$").matcher(launcher);
        TreeSet<String> named = new TreeSet<>();
        while (cases.find()) {
            named.addAll(List.of(cases.group(1).split(" \\| ")));
        }
        TreeSet<String> known = new TreeSet<>(CompletionCommand.OF_THE_LAUNCHER);
        known.add("completion");

        named.removeIf(name -> name.startsWith("-"));
        assertEquals(known, named);
    }
}
