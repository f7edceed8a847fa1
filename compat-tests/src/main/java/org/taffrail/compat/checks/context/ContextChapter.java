// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of contexts, the simplified interfaces. */
public final class ContextChapter {
    private static final String INJECTED = "only a Jakarta EE container injects contexts";

    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Contexts",
                    List.of(
                            ContextChecks.class,
                            ContextStartChecks.class,
                            SharedConnectionChecks.class,
                            ContextAcknowledgeChecks.class,
                            ContextCloseChecks.class,
                            ClosedContextChecks.class,
                            ClosedContextDestinationChecks.class,
                            ClosedContextPartsChecks.class),
                    List.of(
                            new Unchecked(
                                    "api:JMSContext",
                                    Strength.MUST,
                                    "An injected context refuses setClientID,"
                                            + " setExceptionListener, start, stop, setAutoStart,"
                                            + " close, commit, rollback, recover and acknowledge"
                                            + " with IllegalStateRuntimeException.",
                                    INJECTED),
                            new Unchecked(
                                    "api:JMSContext.createContext",
                                    Strength.MUST,
                                    "createContext of a context throws JMSRuntimeException in a"
                                            + " web or EJB container.",
                                    INJECTED),
                            new Unchecked(
                                    "api:JMSContext.setAutoStart",
                                    Strength.MUST,
                                    "Contexts that share a connection have each an autoStart of"
                                            + " their own, or one in common.",
                                    "the specification does not say which"),
                            new Unchecked(
                                    "api:JMSContext.commit",
                                    Strength.MUST,
                                    "A commit that results in a rollback throws"
                                            + " TransactionRolledBackRuntimeException.",
                                    "an application can't make a provider roll back within a"
                                            + " commit"),
                            new Unchecked(
                                    "6.2.6",
                                    Strength.MUST,
                                    "A context must not be used by several threads at a time.",
                                    "what a provider does then is left open")));

    private ContextChapter() {}
}
