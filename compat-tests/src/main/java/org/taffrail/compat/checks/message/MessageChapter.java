// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import org.taffrail.compat.checks.message.foreign.ForeignMessageChecks;
import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of messages of any type, and of destinations. */
public final class MessageChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Messages",
                    List.of(
                            SentHeaderChecks.class,
                            TimeHeaderChecks.class,
                            ClientHeaderChecks.class,
                            OverwrittenHeaderChecks.class,
                            RedeliveryMarkChecks.class,
                            PropertyChecks.class,
                            PropertyNameChecks.class,
                            DefinedPropertyChecks.class,
                            MessageAcknowledgeChecks.class,
                            SentMessageChecks.class,
                            ReceivedMessageChecks.class,
                            ForeignMessageChecks.class,
                            DestinationObjectChecks.class),
                    unchecked());

    private MessageChapter() {}

    private static List<Unchecked> unchecked() {
        return List.of(
                new Unchecked(
                        "3.4.5",
                        Strength.MUST,
                        "An application's own JMSCorrelationID does not begin with \"ID:\".",
                        "it binds applications, not providers"),
                new Unchecked(
                        "3.4.12",
                        Strength.MUST,
                        "Where an administrator overrides delivery mode, priority, time to live or"
                                + " delivery delay, the header shows the administrator's values.",
                        "how it is overridden is the provider's affair, and it need not be"
                                + " offered"),
                new Unchecked(
                        "3.5.9",
                        Strength.MUST,
                        "JMSXProducerTXID, JMSXConsumerTXID and JMSXState, where they are set.",
                        "they are optional, and what their values mean is undefined"),
                new Unchecked(
                        "3.5.6",
                        Strength.MUST,
                        "The order of a message's properties is not defined.",
                        "any order is allowed"),
                new Unchecked(
                        "3.5.10",
                        Strength.MUST,
                        "JMS_<vendor_name> is for the properties of that provider.",
                        "which they are, and what they do, is the provider's affair"),
                new Unchecked(
                        "3.5.11",
                        Strength.SHOULD,
                        "JMSXDeliveryCount need not survive a failure.",
                        "a provider may do either"),
                new Unchecked(
                        "3.9",
                        Strength.MUST,
                        "A message is not changed while it is being sent.",
                        "it binds applications, and what comes of it is undefined"),
                new Unchecked(
                        "api:Message",
                        Strength.MUST,
                        "The JMSReplyTo of a foreign message may be lost if it is foreign itself.",
                        "a provider may do either"),
                new Unchecked(
                        "api:Destination",
                        Strength.SHOULD,
                        "Destinations hold no remote resources.",
                        "it does not show outside"));
    }
}
