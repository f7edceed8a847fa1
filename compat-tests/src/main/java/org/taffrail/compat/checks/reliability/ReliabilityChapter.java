// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.reliability;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of surviving restarts, and of sizes. */
public final class ReliabilityChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Reliability and limits",
                    List.of(SizeChecks.class, DeadLetterChecks.class, RestartChecks.class),
                    List.of(
                            new Unchecked(
                                    "9.1",
                                    Strength.MUST,
                                    "A persistent message survives the failure of the provider.",
                                    "That it survives the end of the process is checked. The loss of power"
                                            + " can't be caused from outside.")));

    private ReliabilityChapter() {}
}
