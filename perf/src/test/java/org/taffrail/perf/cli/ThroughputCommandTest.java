// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.taffrail.perf.load.ThroughputCase;

class ThroughputCommandTest {
    @Test
    void helpNamesEveryKindOfCase() {
        String help =
                CommandLineSetup.commandLine()
                        .getSubcommands()
                        .get(ThroughputCommand.NAME)
                        .getUsageMessage()
                        .replaceAll("\\s+", "");
        for (ThroughputCase.Kind kind : ThroughputCase.Kind.values()) {
            assertTrue(help.contains(kind.usage()), () -> kind.usage() + " is not in " + help);
        }
    }
}
