// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.domain;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of the interfaces of one messaging domain. */
public final class DomainChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Interfaces of one domain",
                    List.of(
                            QueueDomainChecks.class,
                            TopicDomainChecks.class,
                            WrongDomainChecks.class,
                            DomainRefusalChecks.class),
                    List.of(
                            new Unchecked(
                                    "api:QueueConnection.createConnectionConsumer",
                                    Strength.MUST,
                                    "Queue and topic connections make connection consumers.",
                                    "optional, for application servers (chapter 11)"),
                            new Unchecked(
                                    "11.4",
                                    Strength.MUST,
                                    "XAQueueConnectionFactory, XATopicConnectionFactory and what"
                                            + " they make give access to distributed"
                                            + " transactions.",
                                    "optional (chapter 11)")));

    private DomainChapter() {}
}
