// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** A queue that is read again, as it is run from the command line. */
class ReplayIT {
    private static final String WELL = "the books are right, and no live consumer has noticed";

    @TempDir private Path folder;

    @Test
    void putsTheBooksRightBesideLiveConsumersAndDoesSoAgainOnWhatIsKept() {
        List<String> args = List.of("replay", "--moves", "500", "--data", folder.toString());

        CommandRun.of(args).assertWell(WELL);
        CommandRun second = CommandRun.of(args);

        second.assertWell(WELL);
        assertTrue(second.printed().contains("read 1004 messages again"), second.printed());
    }
}
