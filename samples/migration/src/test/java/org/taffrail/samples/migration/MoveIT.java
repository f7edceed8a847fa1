// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class MoveIT {
    @Test
    void movesTheOrderDeskFromALiveArtemisAndBack() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        int exitCode = Main.start(out, out);

        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, exitCode, text);
        assertTrue(text.contains("200 orders on the old provider, 120 confirmed, 80 wait"), text);
        assertTrue(text.contains("messages      180  (text 180)"), text);
        assertTrue(text.contains("all 280 are confirmed on the new provider"), text);
        assertTrue(text.contains("460 orders, 460 confirmations, 0 problems"), text);
    }
}
