// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of message bodies. */
public final class BodyChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Message bodies",
                    List.of(
                            TextMessageChecks.class,
                            ObjectMessageChecks.class,
                            MapMessageChecks.class,
                            StreamMessageChecks.class,
                            StreamBytesChecks.class,
                            BytesWriteChecks.class,
                            BytesReadChecks.class,
                            GetBodyChecks.class),
                    List.of(
                            new Unchecked(
                                    "3.11",
                                    Strength.MUST,
                                    "The order of a map's entries is undefined.",
                                    "any order is allowed"),
                            new Unchecked(
                                    "3.11.4",
                                    Strength.SHOULD,
                                    "A message of a native client becomes the best type for it.",
                                    "it takes a client of the provider's native interface"),
                            new Unchecked(
                                    "api:BytesMessage.reset",
                                    Strength.MUST,
                                    "reset() throws MessageFormatException if the message has an"
                                            + " invalid format.",
                                    "no client can give a message an invalid format")));

    private BodyChapter() {}
}
