// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.perf.peer.Broker;

import java.util.stream.Stream;

/** The starts of Taffrail, and with {@code -Pfull} of every broker. */
class StartIT extends CommandIT {
    static Stream<Broker.Kind> kinds() {
        return FULL ? Stream.of(Broker.Kind.values()) : Stream.of(Broker.Kind.TAFFRAIL);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tellsHowLongBothStartsTakeToTheFirstMessage(Broker.Kind kind) {
        int exitCode =
                perf(
                        "start",
                        "--start=" + kind,
                        "--durability=page-cache",
                        "--warmup=100ms",
                        "--repetitions=1",
                        SMALL_JVM,
                        "--out=" + folder);

        assertEquals(ExitCode.OK, exitCode, err::toString);
        String text = out.toString();
        assertTrue(text.matches("(?s).*\non an empty folder +[1-9][0-9,]*\n.*"), text);
        assertTrue(text.matches("(?s).*\nagain, after an orderly stop +[1-9][0-9,]*\n.*"), text);
    }
}
