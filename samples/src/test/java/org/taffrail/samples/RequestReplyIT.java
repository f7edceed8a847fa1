// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.samples.artemis.ArtemisProcess;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** The tide-table service as it is run from the command line, on two providers. */
class RequestReplyIT {
    private static final String WELL = "every request was answered once, or refused in words";

    @TempDir private Path folder;

    @Test
    void answersEveryRequestOnceOnTaffrail() {
        CommandRun run = CommandRun.of(List.of("request-reply", "--requests", "1000"));

        run.assertWell(WELL);
        assertTrue(run.printed().contains("after 10 deliveries"), run.printed());
        assertEquals(1000, measured(run.printed()), run.printed());
    }

    @Test
    void answersEveryRequestOnceOnArtemis() throws IOException, InterruptedException {
        try (ArtemisProcess server = ArtemisProcess.start(folder.resolve("data"))) {
            Path jndi = CommandRun.jndiForArtemis("requestreply", server.url(), folder);

            CommandRun.of(List.of("request-reply", "--jndi", jndi.toString(), "--requests", "300"))
                    .assertWell(WELL);
        }
    }

    @Test
    void noticesThatAPoisonRequestIsNotTriedAgain() throws IOException {
        Properties jndi =
                Jndi.ofSample("requestreply", "taffrail:embedded?redelivery.deliveriesMax=1");
        Path file = folder.resolve("jndi.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            jndi.store(out, null);
        }

        CommandRun run =
                CommandRun.of(
                        List.of("request-reply", "--jndi", file.toString(), "--requests", "100"));

        assertEquals(1, run.code(), run.printed());
        assertTrue(
                run.printed().contains("a poison request was not tried again: [1, 1]"),
                run.printed());
    }

    /** How many durations both rows of the table have. */
    private static int measured(String printed) {
        Pattern row = Pattern.compile("  (temporary|fixed) queue +([0-9]+)( +[0-9]+\\.[0-9]){5}");
        return printed.lines()
                .map(row::matcher)
                .filter(matcher -> matcher.matches())
                .mapToInt(matcher -> Integer.parseInt(matcher.group(2)))
                .sum();
    }
}
