// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class StartTest {
    private static final long NOW_MS = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();

    @Test
    void isAnEndOfTheLogOrAnOffset() {
        assertEquals(new Start(Start.Kind.EARLIEST, 0, 0), Start.of("earliest", NOW_MS));
        assertEquals(new Start(Start.Kind.LATEST, 0, 0), Start.of("latest", NOW_MS));
        assertEquals(new Start(Start.Kind.OFFSET, 4711, 0), Start.of("4711", NOW_MS));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T08:00:00Z,2026-11-25T08:00:00Z",
        "2026-11-25T08:00:00.250+01:00,2026-11-25T07:00:00.250Z",
        "-PT2H,2026-11-26T10:00:00Z",
        "-P1D,2026-11-25T12:00:00Z",
        "PT-90S,2026-11-26T11:58:30Z",
        "2030-01-01T00:00:00Z,2030-01-01T00:00:00Z",
    })
    void isATime(String text, Instant time) {
        assertEquals(new Start(Start.Kind.TIME, 0, time.toEpochMilli()), Start.of(text, NOW_MS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Earliest",
                "yesterday",
                "PT2H",
                "PT0S",
                "2026-11-25T08:00:00",
                "2026-11-25",
                "-1",
                "+1",
                "1e3",
                "99999999999999999999",
                "-P999999999999999D",
                "\u0661\u0662",
            })
    void isNothingElse(String text) {
        WireException refused = assertThrows(WireException.class, () -> Start.of(text, NOW_MS));

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        assertTrue(refused.getMessage().contains("start=" + text + ":"), refused.getMessage());
    }

    @Test
    void aLongTextIsNotShownWhole() {
        WireException refused =
                assertThrows(WireException.class, () -> Start.of("x".repeat(70_000), NOW_MS));

        assertTrue(refused.getMessage().length() < 400);
    }
}
