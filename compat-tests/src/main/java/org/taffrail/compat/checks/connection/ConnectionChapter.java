// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of administered objects and connections. */
public final class ConnectionChapter {
    private static final String CONTAINER = "only a Jakarta EE container can ask for it";

    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Administered objects and connections",
                    List.of(
                            FactoryChecks.class,
                            AuthenticationChecks.class,
                            ClientIdChecks.class,
                            ConnectionSessionChecks.class,
                            ConnectionStartChecks.class,
                            ConnectionStopChecks.class,
                            MetaDataChecks.class,
                            ExceptionListenerChecks.class,
                            ConnectionCloseChecks.class,
                            ClosedConnectionChecks.class,
                            ClosedConnectionPartsChecks.class),
                    List.of(
                            new Unchecked(
                                    "1.1.5",
                                    Strength.MUST,
                                    "A provider can be used from Java SE.",
                                    "every check of the kit does this"),
                            new Unchecked(
                                    "5.1",
                                    Strength.SHOULD,
                                    "An administered object holds no remote resources, and its"
                                            + " lookup uses none but those of JNDI.",
                                    "an application can't see what an object holds"),
                            new Unchecked(
                                    "5.1",
                                    Strength.SHOULD,
                                    "Administered objects follow the design patterns of"
                                            + " JavaBeans.",
                                    "their properties are each provider's own"),
                            new Unchecked(
                                    "5.1",
                                    Strength.SHOULD,
                                    "What was serialized gives an equal object when it is read.",
                                    "the kit reads no serialized objects; that they can be written"
                                            + " and have references is checked"),
                            new Unchecked(
                                    "6.1.1",
                                    Strength.MUST,
                                    "Without credentials a connection has those of the current"
                                            + " thread.",
                                    "Java does not define a thread's credentials"),
                            new Unchecked(
                                    "6.1.2",
                                    Strength.MUST,
                                    "A client id that an administrator has configured can't be"
                                            + " changed by setting it: IllegalStateException.",
                                    "how a factory is given a client id is each provider's own"),
                            new Unchecked(
                                    "6.1.7",
                                    Strength.SHOULD,
                                    "A provider tries to resolve a connection's problem before it"
                                            + " tells the client.",
                                    "an application can't see what was tried"),
                            new Unchecked(
                                    "6.1.7",
                                    Strength.MUST,
                                    "Whether connections that share an exception listener call it at the same time is undefined.",
                                    "either is allowed"),
                            new Unchecked(
                                    "6.1.8",
                                    Strength.MUST,
                                    "A connection, a session or a context that is opened in a try-with-resources statement is closed at its end.",
                                    "Java does that, since they are AutoCloseable; that close works is checked"),
                            new Unchecked(
                                    "6.1.8",
                                    Strength.SHOULD,
                                    "A connection that is closed frees its resources outside the"
                                            + " JVM.",
                                    "an application can't see them; that its client id,"
                                            + " temporary destinations and messages are free is"
                                            + " checked"),
                            new Unchecked(
                                    "api:Connection.createSession",
                                    Strength.MUST,
                                    "In a container's transaction the arguments are ignored.",
                                    CONTAINER),
                            new Unchecked(
                                    "api:Connection.close",
                                    Strength.MUST,
                                    "close and stop need not wait for an exception listener that is running.",
                                    "a provider may do either"),
                            new Unchecked(
                                    "api:Connection.setClientID",
                                    Strength.MUST,
                                    "setClientID, setExceptionListener and stop may throw in a web"
                                            + " or EJB container.",
                                    CONTAINER),
                            new Unchecked(
                                    "api:Connection.createConnectionConsumer",
                                    Strength.MUST,
                                    "A connection makes connection consumers.",
                                    "optional, for application servers (chapter 11)"),
                            new Unchecked(
                                    "10.3",
                                    Strength.SHOULD,
                                    "ResourceAllocationException is thrown where resources are"
                                            + " lacking.",
                                    "which resource can be lacking is each provider's own")));

    private ConnectionChapter() {}
}
