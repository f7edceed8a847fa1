// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.queue;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of queues and of what belongs to them. */
public final class QueueChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Queues, browsers and temporary destinations",
                    List.of(
                            QueueChecks.class,
                            MessageGroupChecks.class,
                            BrowserChecks.class,
                            BrowserStateChecks.class,
                            TemporaryQueueChecks.class,
                            TemporaryTopicChecks.class,
                            RequestReplyChecks.class),
                    List.of(
                            new Unchecked(
                                    "4.1.6",
                                    Strength.MUST,
                                    "Whether a browser shows messages that come or go while it looks is left"
                                            + " to the provider.",
                                    "Both are allowed, so neither can be checked."),
                            new Unchecked(
                                    "4.1.2",
                                    Strength.MUST,
                                    "How messages are shared out among the consumers of a queue is left to"
                                            + " the provider.",
                                    "Any way is allowed; that each message goes to one of them is"
                                            + " checked."),
                            new Unchecked(
                                    "4.1.4",
                                    Strength.MUST,
                                    "How long a queue holds messages, and what comes of it when there is no more room, is left to the provider.",
                                    "Nothing is promised, so nothing can be checked."),
                            new Unchecked(
                                    "api:QueueRequestor",
                                    Strength.MUST,
                                    "A requestor of no queue, or of no topic, is refused with InvalidDestinationException.",
                                    "The class is one of the interfaces' jar, and refuses it before it asks a provider."),
                            new Unchecked(
                                    "6.2.2",
                                    Strength.MUST,
                                    "A temporary destination can't be copied.",
                                    "It is not said what copying one would be; that each is unique is checked.")));

    private QueueChapter() {}
}
