// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.receiving;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of receiving. */
public final class ReceivingChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Receiving messages",
                    List.of(
                            ReceiveChecks.class,
                            ReceiveBodyChecks.class,
                            JmsConsumerChecks.class,
                            ListenerChecks.class,
                            ListenerFailureChecks.class,
                            ConsumerCloseChecks.class),
                    List.of(
                            new Unchecked(
                                    "8.7",
                                    Strength.SHOULD,
                                    "A provider flags clients whose listeners throw as possibly"
                                            + " malfunctioning.",
                                    "How it does so is its own affair: logs, metrics or a console.")));

    private ReceivingChapter() {}
}
