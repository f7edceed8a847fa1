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
                            ContextSubscriptionChecks.class,
                            SubscriptionNameChecks.class),
                    List.of(
                            new Unchecked(
                                    "4.2.3",
                                    Strength.MUST,
                                    "What a new subscription gets of messages that are under way is not"
                                            + " defined.",
                                    "Nothing is promised, so nothing can be checked."),
                            new Unchecked(
                                    "4.2.2",
                                    Strength.MUST,
                                    "How messages are shared out among the consumers of one subscription is left to the provider.",
                                    "Any way is allowed; that each message goes to one of them is checked."),
                            new Unchecked(
                                    "4.2.6",
                                    Strength.MUST,
                                    "What a topic stands for, a leaf of a hierarchy or a part of one, is left to the provider.",
                                    "No form of hierarchy is demanded."),
                            new Unchecked(
                                    "4.2.9",
                                    Strength.MUST,
                                    "A durable subscription that an administrator has configured may override what the client specifies.",
                                    "How an administrator does that is each provider's own."),
                            new Unchecked(
                                    "api:TopicSession.createDurableSubscriber",
                                    Strength.MUST,
                                    "A durable subscriber is refused while messages of its subscription are in a transaction or not acknowledged.",
                                    "The same method of Session, and section 8.3.3, make the subscriber then: the texts contradict each other.")));

    private SubscriptionChapter() {}
}
