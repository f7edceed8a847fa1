// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.samples.artemis.ArtemisProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Payments in global transactions, killed twice, on two providers. */
@Timeout(120)
class XaIT {
    private static final String WELL = "each payment is one row and one receipt, exactly once";

    @TempDir private Path folder;

    @Test
    void booksEachPaymentOnceWhereTheBrokerDiesWithTheApplication() {
        CommandRun run =
                CommandRun.of(List.of("xa", "--payments", "24", "--data", folder.toString()));

        run.assertWell(WELL);
        // 5 by the first process, 5 by the second and 1 that it had decided, the rest by the third
        assertTrue(run.printed().contains("found 2 branches, then booked 13"), run.printed());
    }

    @Test
    void booksEachPaymentOnceOnArtemis() throws IOException, InterruptedException {
        try (ArtemisProcess server = ArtemisProcess.start(folder.resolve("server"))) {
            Path jndi = CommandRun.jndiForArtemis("xa", server.url(), folder);
            Path data = folder.resolve("data");

            CommandRun.of(
                            List.of(
                                    "xa",
                                    "--payments",
                                    "24",
                                    "--data",
                                    data.toString(),
                                    "--jndi",
                                    jndi.toString()))
                    .assertWell(WELL);
        }
    }
}
