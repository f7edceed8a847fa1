// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.sending;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of sending. */
public final class SendingChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Sending messages",
                    List.of(
                            ProducerChecks.class,
                            JmsProducerChecks.class,
                            JmsProducerPropertyChecks.class,
                            JmsProducerHeaderChecks.class,
                            AsyncSendChecks.class,
                            AsyncSendWaitChecks.class,
                            AsyncSendLossChecks.class,
                            AsyncJmsProducerChecks.class,
                            TimeToLiveChecks.class,
                            DeliveryDelayChecks.class,
                            DelayRestartChecks.class,
                            PriorityChecks.class),
                    List.of(
                            new Unchecked(
                                    "7.3.2",
                                    Strength.MUST,
                                    "Whether a message was sent whose asynchronous send has failed is undefined.",
                                    "Both are allowed."),
                            new Unchecked(
                                    "7.3.6",
                                    Strength.MUST,
                                    "What the provider sets in the header is undefined where an asynchronous send has failed.",
                                    "Anything is allowed."),
                            new Unchecked(
                                    "7.3.9",
                                    Strength.MUST,
                                    "An application leaves a message alone until its asynchronous send is"
                                            + " complete.",
                                    "It binds the application; what a provider does otherwise is"
                                            + " undefined."),
                            new Unchecked(
                                    "7.7",
                                    Strength.MUST,
                                    "A non-persistent message is delivered at most once, whatever fails.",
                                    "It may be lost as well, so that its absence tells nothing; that it is"
                                            + " not delivered twice is checked with restarts.")));

    private SendingChapter() {}
}
