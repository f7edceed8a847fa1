// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.subscription;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of topics and subscriptions. */
public final class SubscriptionChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Topics and subscriptions",
                    List.of(
                            TopicChecks.class,
                            NoLocalChecks.class,
                            SharedChecks.class,
                            DurableChecks.class,
                            DurableReplacementChecks.class,
                            SharedDurableChecks.class,
                            UnsubscribeChecks.class,
                            SubscriptionNameChecks.class),
                    List.of(
                            new Unchecked(
                                    "4.2.3",
                                    Strength.MUST,
                                    "What a new subscription gets of messages that are under way is not"
                                            + " defined.",
                                    "Nothing is promised, so nothing can be checked.")));

    private SubscriptionChapter() {}
}
