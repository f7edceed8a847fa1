// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Providers that break one rule of sessions: of their state, their threads, what they acknowledge.
 */
final class SessionRules {
    static final List<Rule> ALL =
            List.of(
                    Rule.remembering(
                            "does not flag what recover brings back",
                            SessionRules::recoversUnflagged,
                            "RedeliveryMark.countsRecoveries",
                            "Recover.listenersMessageIsMarked",
                            "ContextAcknowledge.recovers"),
                    Rule.remembering(
                            "acknowledges by the last message only",
                            SessionRules::acknowledgesByTheLast,
                            "ClientAcknowledge.firstCoversAll",
                            "ClientAcknowledge.middleCoversAll"),
                    Rule.remembering(
                            "acknowledges for all sessions at once",
                            SessionRules::acknowledgesForAll,
                            "ClientAcknowledge.leavesOtherSessions"),
                    Rule.remembering(
                            "commits when a message of a transaction is acknowledged",
                            SessionRules::commitsByAcknowledging,
                            "MessageAcknowledge.isIgnoredInATransaction"),
                    Rule.of(
                            "commits when it is closed",
                            SessionRules::commitsWhenClosed,
                            "SessionClose.discardsUncommittedSends",
                            "SessionClose.givesUncommittedReceivesBack",
                            "ContextClose.discardsUncommittedSends"),
                    Rule.remembering(
                            "acknowledges when it is closed",
                            SessionRules::acknowledgesWhenClosed,
                            "SessionClose.givesUnacknowledgedBack",
                            "ContextClose.givesUnacknowledgedBack"),
                    Rule.of(
                            "takes an acknowledgement though its session is closed",
                            call ->
                                    call.is(Message.class, "acknowledge")
                                            ? unlessIllegal(call)
                                            : call.proceed(),
                            "ClosedSessionParts.messageIsNotAcknowledged",
                            "ClosedConnectionParts.messageIsNotAcknowledged"),
                    Rule.of(
                            "takes a commit where there is no transaction",
                            call -> endsTransaction(call) ? unlessIllegal(call) : call.proceed(),
                            "Session.commitNeedsTransaction",
                            "Session.rollbackNeedsTransaction",
                            "Context.commitNeedsTransaction"),
                    Rule.remembering(
                            "lets completion listeners close and commit",
                            SessionRules::completionsMayEnd,
                            "AsyncSendWait.sessionIsNotClosedByItsListener",
                            "AsyncSendWait.connectionIsNotClosedByItsListener",
                            "AsyncJmsProducer.isNotClosedByItsListener",
                            "AsyncSendWait.sessionIsNotCommittedByItsListener",
                            "AsyncJmsProducer.isNotCommittedByItsListener"),
                    Rule.remembering(
                            "forgets it when a listener closes what it listens to",
                            SessionRules::forgetsWhatListenersClose,
                            "SessionClose.mayBeRefusedInListener",
                            "ConnectionClose.mayBeRefusedInListener",
                            "ContextClose.mayBeRefusedInListener",
                            "ConsumerClose.isNotCalledAgain"),
                    Rule.of(
                            "closes and stops while listeners run",
                            SessionRules::endsInTheBackground,
                            "SessionClose.waitsForListener",
                            "ConnectionClose.waitsForListener",
                            "ContextClose.waitsForListener",
                            "ConnectionStop.waitsForListener",
                            "ConnectionStop.waitsForAllListeners",
                            "ContextStart.stopWaitsForListener"),
                    Rule.of(
                            "answers a receive with nothing where it has to refuse it",
                            call -> receives(call) ? unlessIllegal(call) : call.proceed(),
                            "Session.listenerExcludesReceive",
                            "Session.listenerExcludesReceiveNoWait",
                            "ClosedSessionParts.consumerRefusesReceive",
                            "ClosedConnectionParts.consumerReceivesNotWithTimeout",
                            "ClosedContextParts.consumerRefusesReceiveNoWait",
                            "SharedConnection.closesItsOwnSession"),
                    Rule.of(
                            "lets other connections consume from temporary destinations",
                            SessionRules::sharesTemporaries,
                            "TemporaryQueue.givesNothingToOthers",
                            "TemporaryTopic.givesNothingToOthers"),
                    Rule.of(
                            "lets go of subscriptions in use",
                            SessionRules::unsubscribesInUse,
                            "Unsubscribe.refusesWhileThereIsAConsumer",
                            "Unsubscribe.refusesWhileAMessageIsNotAcknowledged"),
                    Rule.of(
                            "lets two consumers have one durable subscription",
                            SessionRules::sharesDurables,
                            "Durable.refusesASecondConsumer"),
                    Rule.remembering(
                            "has one temporary destination for all",
                            SessionRules::hasOneTemporary,
                            "TemporaryQueue.isUnique",
                            "TemporaryTopic.isUnique"),
                    Rule.remembering(
                            "ends no transaction in which nothing was done",
                            SessionRules::refusesEmptyTransactions,
                            "Transaction.emptyTransactionsEnd"));

    private SessionRules() {}

    private static boolean receives(Call call) {
        return call.method().getName().matches("receive(NoWait)?");
    }

    private static boolean endsTransaction(Call call) {
        return call.method().getName().matches("commit|rollback");
    }

    private static boolean closes(Call call) {
        return call.method().getName().equals("close");
    }

    /** Keeps it from the application that a call is not allowed in this state. */
    private static Object unlessIllegal(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (IllegalStateException | IllegalStateRuntimeException e) {
            return call.nothing();
        }
    }

    private static Mutation recoversUnflagged() {
        AtomicBoolean recovered = new AtomicBoolean();
        return call -> {
            if (call.method().getName().equals("recover")) {
                recovered.set(true);
            }
            boolean unflagged = call.is(Message.class, "getJMSRedelivered") && recovered.get();
            return unflagged ? false : call.proceed();
        };
    }

    private static Mutation acknowledgesByTheLast() {
        AtomicReference<Object> last = new AtomicReference<>();
        return call -> {
            if (call.is(Message.class, "acknowledge") && call.target() != last.get()) {
                return null;
            }
            Object answer = call.proceed();
            if (answer instanceof Message && receives(call)) {
                last.set(answer);
            }
            return answer;
        };
    }

    private static Mutation acknowledgesForAll() {
        Set<Message> received = ConcurrentHashMap.newKeySet();
        return call -> {
            if (call.is(Message.class, "acknowledge")) {
                for (Message each : received) {
                    each.acknowledge();
                }
            }
            Object answer = call.proceed();
            if (answer instanceof Message message && receives(call)) {
                received.add(message);
            }
            return answer;
        };
    }

    private static Mutation commitsByAcknowledging() {
        Map<Object, Session> sessions = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (answer instanceof MessageConsumer && call.target() instanceof Session session) {
                sessions.put(answer, session);
            }
            Session session = sessions.get(call.target());
            if (session == null) {
                return answer;
            }
            if (answer instanceof Message) {
                sessions.put(answer, session);
            }
            if (call.is(Message.class, "acknowledge") && session.getTransacted()) {
                session.commit();
            }
            return answer;
        };
    }

    private static Object commitsWhenClosed(Call call) throws Throwable {
        try {
            if (closes(call) && call.target() instanceof Session session) {
                session.commit();
            }
            if (closes(call) && call.target() instanceof JMSContext context) {
                context.commit();
            }
        } catch (IllegalStateException | IllegalStateRuntimeException e) {
            // not transacted, or closed before
            return call.proceed();
        }
        return call.proceed();
    }

    private static Mutation acknowledgesWhenClosed() {
        Set<Message> received = ConcurrentHashMap.newKeySet();
        return call -> {
            if (closes(call) && isSession(call)) {
                for (Message each : received) {
                    each.acknowledge();
                }
                received.clear();
            }
            Object answer = call.proceed();
            if (answer instanceof Message message && receives(call)) {
                received.add(message);
            }
            return answer;
        };
    }

    private static boolean isSession(Call call) {
        return call.target() instanceof Session || call.target() instanceof JMSContext;
    }

    /** Lets a thread end what it serves while it is in a completion listener. */
    private static Mutation completionsMayEnd() {
        ThreadLocal<Boolean> completing = ThreadLocal.withInitial(() -> false);
        return call -> {
            if (call.target() instanceof CompletionListener) {
                return within(completing, call);
            }
            boolean ends = closes(call) || endsTransaction(call);
            return ends && completing.get() ? unlessIllegal(call) : call.proceed();
        };
    }

    private static Object within(ThreadLocal<Boolean> inside, Call call) throws Throwable {
        inside.set(true);
        try {
            return call.proceed();
        } finally {
            inside.set(false);
        }
    }

    private static Mutation forgetsWhatListenersClose() {
        ThreadLocal<Boolean> listening = ThreadLocal.withInitial(() -> false);
        return call -> {
            if (call.target() instanceof MessageListener) {
                return within(listening, call);
            }
            return closes(call) && listening.get() ? null : call.proceed();
        };
    }

    private static Object endsInTheBackground(Call call) throws Throwable {
        boolean owner = isSession(call) || call.target() instanceof Connection;
        boolean ends = owner && (closes(call) || call.method().getName().equals("stop"));
        return ends ? call.inBackground() : call.proceed();
    }

    private static Object sharesTemporaries(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (JMSException e) {
            boolean consumes = call.is(Session.class, "createConsumer");
            if (consumes && call.args()[0] instanceof TemporaryQueue) {
                return other((Session) call.target(), true);
            }
            if (consumes && call.args()[0] instanceof TemporaryTopic) {
                return other((Session) call.target(), false);
            }
            throw e;
        }
    }

    private static MessageConsumer other(Session session, boolean queue) throws JMSException {
        return session.createConsumer(
                queue ? session.createTemporaryQueue() : session.createTemporaryTopic());
    }

    private static Object unsubscribesInUse(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (InvalidDestinationException e) {
            throw e;
        } catch (JMSException e) {
            if (call.method().getName().equals("unsubscribe")) {
                return null;
            }
            throw e;
        }
    }

    private static Object sharesDurables(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (IllegalStateException e) {
            boolean durable = call.is(Session.class, "createDurableConsumer");
            if (durable) {
                return ((Session) call.target()).createConsumer((Topic) call.args()[0]);
            }
            throw e;
        }
    }

    private static Mutation hasOneTemporary() {
        Map<String, Object> first = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (!call.method().getName().startsWith("createTemporary")) {
                return answer;
            }
            Object known = first.putIfAbsent(call.method().getName(), answer);
            return known == null ? answer : known;
        };
    }

    private static Mutation refusesEmptyTransactions() {
        AtomicBoolean used = new AtomicBoolean();
        return call -> {
            if (SendingRules.isSend(call) || receives(call)) {
                used.set(true);
            }
            if (endsTransaction(call) && !used.getAndSet(false)) {
                throw new IllegalStateException("there is nothing to end");
            }
            return call.proceed();
        };
    }
}
