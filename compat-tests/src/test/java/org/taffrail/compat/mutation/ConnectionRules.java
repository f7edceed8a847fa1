// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TopicConnectionFactory;
import jakarta.jms.TopicSession;

import java.io.NotSerializableException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Providers that break one rule of factories, connections, contexts or the domains. */
final class ConnectionRules {
    static final List<Rule> ALL =
            List.of(
                    Rule.of(
                            "lets everybody in, whatever the password",
                            ConnectionRules::checksNoPassword,
                            "Authentication.refusesWrongPassword",
                            "Authentication.refusesUnknownUser",
                            "Authentication.refusesContextForWrongPassword",
                            "QueueDomain.refusesWrongPassword",
                            "TopicDomain.refusesWrongPassword"),
                    Rule.of(
                            "lets nobody in by name",
                            call -> connects(call, true) ? refused(call) : call.proceed(),
                            "Authentication.connectsWithCredentials",
                            "Authentication.makesContextWithCredentials",
                            "QueueDomain.connectsWithCredentials",
                            "TopicDomain.connectsWithCredentials"),
                    Rule.of(
                            "lets nobody in without a name",
                            call -> connects(call, false) ? refused(call) : call.proceed(),
                            "Authentication.connectsWithoutCredentials",
                            "Authentication.makesContextWithoutCredentials"),
                    Rule.of(
                            "does not say that it is for want of rights",
                            ConnectionRules::refusesByOtherExceptions,
                            "Authentication.refusesWrongPassword",
                            "Authentication.refusesContextWithModeForWrongPassword"),
                    Rule.of(
                            "lets the client id be changed in use",
                            ConnectionRules::changesClientIds,
                            "ClientId.refusedAfterSession",
                            "ClientId.refusedAfterStart",
                            "ClientId.refusedTheSecondTime",
                            "Context.refusesSecondClientId",
                            "Context.refusesClientIdAfterConsumer"),
                    Rule.of(
                            "lets several have one client id",
                            ConnectionRules::sharesClientIds,
                            "ClientId.refusesDuplicate",
                            "ClientId.refusesDuplicateInContext",
                            "QueueDomain.takesClientId",
                            "SharedConnection.lastClosesConnection"),
                    Rule.remembering(
                            "has room for one client id",
                            ConnectionRules::hasOneClientId,
                            "ClientId.differentIdsLiveTogether"),
                    Rule.of(
                            "makes a client id up",
                            ConnectionRules::makesClientIdsUp,
                            "ClientId.hasNoneAtFirst"),
                    Rule.of(
                            "has an exception listener of its own",
                            ConnectionRules::hasAnExceptionListener,
                            "ExceptionListener.isNullAtFirst"),
                    Rule.of(
                            "keeps the exception listener where null is set",
                            ConnectionRules::keepsExceptionListeners,
                            "ExceptionListener.isTakenAway"),
                    Rule.remembering(
                            "tells the exception listener what calls throw",
                            ConnectionRules::tellsWhatCallsThrow,
                            "ExceptionListener.doesNotHearWhatACallThrows"),
                    Rule.remembering(
                            "throws when it is closed twice",
                            ConnectionRules::throwsWhenClosedTwice,
                            "ClosedConnection.close",
                            "ClosedSession.close",
                            "ContextClose.closesTwiceQuietly",
                            "ConnectionClose.closesInSeveralThreads"),
                    Rule.remembering(
                            "throws when what was closed with its owner is closed",
                            ConnectionRules::throwsWhenPartsAreClosed,
                            "ClosedConnectionParts.partsCloseQuietly",
                            "ClosedSessionParts.partsCloseQuietly",
                            "ClosedContextParts.consumersCloseQuietly",
                            "SessionBrowser.closesQuietly"),
                    Rule.remembering(
                            "stops and closes only what was started",
                            ConnectionRules::endsOnlyWhatWasStarted,
                            "ConnectionClose.closesWithoutStart",
                            "ConnectionStop.stopsTwice"),
                    Rule.remembering(
                            "starts all connections with the first",
                            ConnectionRules::startsAllConnections,
                            "ConnectionStart.startsNoOther"),
                    Rule.of(
                            "tells the exception listener when it is closed",
                            ConnectionRules::tellsOfTheClose,
                            "ExceptionListener.doesNotHearOfClose"),
                    Rule.of(
                            "says that it is of version 2.0",
                            ConnectionRules::isOfAnOlderVersion,
                            "MetaData.namesTheVersion",
                            "MetaData.namesTheMajorVersion"),
                    Rule.of(
                            "does not start a context that has a consumer",
                            ConnectionRules::startsNoContexts,
                            "ContextStart.consumerStartsIt",
                            "ContextStart.durableConsumerStartsIt",
                            "ContextStart.sharedConsumerStartsIt"),
                    Rule.of(
                            "starts a context whatever autoStart says",
                            ConnectionRules::startsAllContexts,
                            "ContextStart.waitsForStart",
                            "SharedConnection.startsNothing"),
                    Rule.remembering(
                            "gives each context a connection of its own",
                            ConnectionRules::sharesNoConnections,
                            "SharedConnection.sharesClientId",
                            "SharedConnection.stopsTogether",
                            "SharedConnection.eitherStartsBoth"),
                    Rule.remembering(
                            "closes a connection with the first of its contexts",
                            ConnectionRules::closesSiblings,
                            "SharedConnection.secondOutlivesFirst",
                            "SharedConnection.firstOutlivesSecond",
                            "SharedConnection.temporaryQueueOutlivesContext"),
                    Rule.of(
                            "lets the sessions of one domain do the other's work",
                            ConnectionRules::knowsNoDomains,
                            "WrongDomain.queueSessionCreateTopic",
                            "WrongDomain.queueSessionUnsubscribe",
                            "WrongDomain.topicSessionCreateBrowser"),
                    Rule.of(
                            "has a factory for queues only",
                            Mutation.hiding(TopicConnectionFactory.class),
                            "TopicDomain.factoryIsForTopics"),
                    Rule.of(
                            "has a factory for topics only",
                            Mutation.hiding(QueueConnectionFactory.class),
                            "QueueDomain.factoryIsForQueues"),
                    Rule.of(
                            "shows all destinations alike",
                            call ->
                                    call.is(Destination.class, "toString")
                                            ? "a destination"
                                            : call.proceed(),
                            "DestinationObject.tellsWhichItIs"),
                    Rule.of(
                            "can't write its objects down",
                            ConnectionRules::isNotSerializable,
                            "Factory.factoryIsSerializable",
                            "DestinationObject.isSerializable"));

    private ConnectionRules() {}

    /** Whether a connection or a context is made, with a name and a password or without. */
    private static boolean connects(Call call, boolean named) {
        boolean makes = call.method().getName().matches("create(Queue|Topic)?(Connection|Context)");
        boolean hasName = call.args().length > 0 && call.args()[0] instanceof String;
        return makes && call.target() instanceof ConnectionFactory && hasName == named;
    }

    private static Object refused(Call call) throws JMSSecurityException {
        if (call.method().getName().equals("createContext")) {
            throw new JMSSecurityRuntimeException("nobody is let in");
        }
        throw new JMSSecurityException("nobody is let in");
    }

    private static Object checksNoPassword(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (JMSSecurityException e) {
            return ((ConnectionFactory) call.target()).createConnection();
        } catch (JMSSecurityRuntimeException e) {
            return ((ConnectionFactory) call.target()).createContext();
        }
    }

    private static Object refusesByOtherExceptions(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (JMSSecurityException e) {
            throw new JMSException("the server has closed the connection");
        } catch (JMSSecurityRuntimeException e) {
            throw new JMSRuntimeException("the server has closed the connection");
        }
    }

    private static Object changesClientIds(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (IllegalStateException | IllegalStateRuntimeException e) {
            if (call.method().getName().equals("setClientID")) {
                return null;
            }
            throw e;
        }
    }

    private static Object sharesClientIds(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (InvalidClientIDException | InvalidClientIDRuntimeException e) {
            return null;
        }
    }

    private static Mutation hasOneClientId() {
        Set<Object> holders = ConcurrentHashMap.newKeySet();
        return call -> {
            boolean sets = call.is(Connection.class, "setClientID");
            if (sets && !holders.isEmpty() && !holders.contains(call.target())) {
                throw new InvalidClientIDException("another client is connected");
            }
            if (sets) {
                holders.add(call.target());
            }
            if (call.is(Connection.class, "close")) {
                holders.remove(call.target());
            }
            return call.proceed();
        };
    }

    private static Object makesClientIdsUp(Call call) throws Throwable {
        Object answer = call.proceed();
        return call.is(Connection.class, "getClientID") && answer == null ? "client-1" : answer;
    }

    private static Object hasAnExceptionListener(Call call) throws Throwable {
        Object answer = call.proceed();
        ExceptionListener own = failure -> {};
        return call.is(Connection.class, "getExceptionListener") && answer == null ? own : answer;
    }

    private static Object keepsExceptionListeners(Call call) throws Throwable {
        return call.is(Connection.class, "setExceptionListener") && call.args()[0] == null
                ? null
                : call.proceed();
    }

    private static Mutation tellsWhatCallsThrow() {
        AtomicReference<ExceptionListener> listener = new AtomicReference<>();
        return call -> {
            if (call.is(Connection.class, "setExceptionListener")) {
                listener.set((ExceptionListener) call.args()[0]);
            }
            try {
                return call.proceed();
            } catch (JMSException e) {
                if (listener.get() != null) {
                    listener.get().onException(e);
                }
                throw e;
            }
        };
    }

    private static Mutation throwsWhenClosedTwice() {
        Set<Object> closed = ConcurrentHashMap.newKeySet();
        return call -> {
            if (!call.method().getName().equals("close") || closed.add(call.target())) {
                return call.proceed();
            }
            if (call.target() instanceof JMSContext) {
                throw new IllegalStateRuntimeException("it is closed");
            }
            throw new IllegalStateException("it is closed");
        };
    }

    private static Mutation throwsWhenPartsAreClosed() {
        AtomicBoolean gone = new AtomicBoolean();
        return call -> {
            if (!call.method().getName().equals("close")) {
                return call.proceed();
            }
            if (!gone.get()) {
                gone.set(owns(call.target()));
                return call.proceed();
            }
            if (call.target() instanceof JMSConsumer) {
                throw new IllegalStateRuntimeException("its context is closed");
            }
            if (!owns(call.target())) {
                throw new IllegalStateException("its owner is closed");
            }
            return call.proceed();
        };
    }

    private static boolean owns(Object target) {
        return target instanceof Connection
                || target instanceof Session
                || target instanceof JMSContext;
    }

    private static Mutation endsOnlyWhatWasStarted() {
        Set<Object> started = ConcurrentHashMap.newKeySet();
        return call -> {
            if (call.is(Connection.class, "start")) {
                started.add(call.target());
            }
            boolean ends = call.is(Connection.class, "stop") || call.is(Connection.class, "close");
            if (ends && !started.remove(call.target())) {
                throw new IllegalStateException("it was not started");
            }
            return call.proceed();
        };
    }

    private static Mutation startsAllConnections() {
        Collection<Connection> all = new CopyOnWriteArrayList<>();
        return call -> {
            Object answer = call.proceed();
            if (answer instanceof Connection connection) {
                all.add(connection);
            }
            if (call.is(Connection.class, "start")) {
                for (Connection each : all) {
                    each.start();
                }
            }
            return answer;
        };
    }

    private static Object tellsOfTheClose(Call call) throws Throwable {
        ExceptionListener listener =
                call.is(Connection.class, "close")
                        ? ((Connection) call.target()).getExceptionListener()
                        : null;
        Object answer = call.proceed();
        if (listener != null) {
            listener.onException(new JMSException("the connection is closed"));
        }
        return answer;
    }

    private static Object isOfAnOlderVersion(Call call) throws Throwable {
        if (call.target() instanceof ConnectionMetaData) {
            switch (call.method().getName()) {
                case "getJMSVersion":
                    return "2.0";
                case "getJMSMajorVersion":
                    return 2;
                case "getJMSMinorVersion":
                    return 0;
                default:
                    break;
            }
        }
        return call.proceed();
    }

    // ---- contexts

    private static boolean makesConsumer(Call call) {
        return call.target() instanceof JMSContext
                && call.method().getName().matches("create\\w*Consumer");
    }

    private static Object startsNoContexts(Call call) throws Throwable {
        if (makesConsumer(call)) {
            ((JMSContext) call.target()).setAutoStart(false);
        }
        return call.proceed();
    }

    private static Object startsAllContexts(Call call) throws Throwable {
        Object answer = call.proceed();
        if (makesConsumer(call)) {
            ((JMSContext) call.target()).start();
        }
        return answer;
    }

    private static boolean makesSibling(Call call) {
        return call.is(JMSContext.class, "createContext");
    }

    private static Mutation sharesNoConnections() {
        AtomicReference<ConnectionFactory> factory = new AtomicReference<>();
        return call -> {
            if (call.target() instanceof ConnectionFactory known) {
                factory.set(known);
            }
            return makesSibling(call)
                    ? factory.get().createContext((int) call.args()[0])
                    : call.proceed();
        };
    }

    private static Mutation closesSiblings() {
        Collection<JMSContext> siblings = new CopyOnWriteArrayList<>();
        return call -> {
            Object answer = call.proceed();
            if (makesSibling(call)) {
                siblings.add((JMSContext) call.target());
                siblings.add((JMSContext) answer);
            }
            if (call.is(JMSContext.class, "close") && siblings.contains(call.target())) {
                siblings.forEach(JMSContext::close);
            }
            return answer;
        };
    }

    // ---- domains and administered objects

    private static Object knowsNoDomains(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (IllegalStateException e) {
            if (call.target() instanceof QueueSession || call.target() instanceof TopicSession) {
                return call.nothing();
            }
            throw e;
        }
    }

    private static Object isNotSerializable(Call call) throws Throwable {
        if (call.is(Written.class, "writeReplace")) {
            throw new NotSerializableException("not for writing");
        }
        return call.proceed();
    }
}
