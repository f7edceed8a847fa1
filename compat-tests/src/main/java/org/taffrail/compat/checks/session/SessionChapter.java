// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.session;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of sessions. */
public final class SessionChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Sessions",
                    List.of(
                            SessionChecks.class,
                            AutoAcknowledgeChecks.class,
                            ClientAcknowledgeChecks.class,
                            RecoverChecks.class,
                            TransactionChecks.class,
                            TransactionListenerChecks.class,
                            SessionListenerChecks.class,
                            MessageOrderChecks.class,
                            SessionBrowserChecks.class,
                            SessionCloseChecks.class,
                            ClosedSessionChecks.class,
                            ClosedSessionPartsChecks.class,
                            ExceptionChecks.class,
                            SessionRestartChecks.class),
                    List.of(
                            new Unchecked(
                                    "6.2",
                                    Strength.MUST,
                                    "What a non-durable subscriber has not acknowledged when its session ends need not be kept.",
                                    "a provider may do either"),
                            new Unchecked(
                                    "6.2.2",
                                    Strength.MUST,
                                    "A temporary destination is deleted when it is garbage"
                                            + " collected.",
                                    "a program can't say when that happens"),
                            new Unchecked(
                                    "6.2.5",
                                    Strength.MUST,
                                    "It is erroneous to use a session in several threads at a"
                                            + " time.",
                                    "what a provider does then is left open"),
                            new Unchecked(
                                    "6.2.7",
                                    Strength.MUST,
                                    "commit and rollback of a session in a distributed transaction"
                                            + " throw TransactionInProgressException.",
                                    "distributed transactions are optional (chapter 11)"),
                            new Unchecked(
                                    "6.2.8",
                                    Strength.SHOULD,
                                    "A provider that supports distributed transactions does so"
                                            + " through XAResource.",
                                    "optional (chapter 11)"),
                            new Unchecked(
                                    "6.2.10",
                                    Strength.SHOULD,
                                    "Administrators can limit how many messages a client leaves"
                                            + " unacknowledged.",
                                    "how they do that is each provider's own"),
                            new Unchecked(
                                    "6.2.11",
                                    Strength.MUST,
                                    "In AUTO_ACKNOWLEDGE mode only the last message may come twice"
                                            + " after a failure, and is marked then.",
                                    "a program can't say at which point of an acknowledgement the"
                                            + " failure comes"),
                            new Unchecked(
                                    "6.2.12",
                                    Strength.MUST,
                                    "After a failure within a commit, or within the send of a persistent message, the client can't tell whether it took effect.",
                                    "both are allowed; that nothing is half done is checked with restarts"),
                            new Unchecked(
                                    "10.3",
                                    Strength.MUST,
                                    "A type of message that a provider can't accept is refused with MessageFormatException.",
                                    "there is none: messages of all types, also of other providers, must be accepted"),
                            new Unchecked(
                                    "10.3",
                                    Strength.MUST,
                                    "A commit that results in a rollback throws"
                                            + " TransactionRolledBackException.",
                                    "an application can't make a provider roll back within a"
                                            + " commit"),
                            new Unchecked(
                                    "10.3",
                                    Strength.MUST,
                                    "The exception classes carry a reason, an error code and a"
                                            + " linked exception.",
                                    "they are part of the interfaces and not of a provider"),
                            new Unchecked(
                                    "api:Session.setMessageListener",
                                    Strength.MUST,
                                    "A session's own message listener and run serve connection"
                                            + " consumers.",
                                    "optional, for application servers (chapter 11)")));

    private SessionChapter() {}
}
