// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Providers that break one rule of sending. */
final class SendingRules {
    static final List<Rule> ALL =
            List.of(
                    Rule.of(
                            "forgets times to live",
                            SendingRules::forgetsTimesToLive,
                            "TimeHeader.expiresAfterTheSendsTimeToLive",
                            "TimeToLive.deliversNothingThatHasExpired",
                            "TimeToLive.expiresInSubscriptions"),
                    Rule.of(
                            "forgets delivery delays",
                            call ->
                                    call.method().getName().equals("setDeliveryDelay")
                                            ? call.nothing()
                                            : call.proceed(),
                            "DeliveryDelay.isNotSeenByAnImpatientReceive",
                            "DeliveryDelay.isNotBrowsedEarly",
                            "DeliveryDelay.letsOthersPass"),
                    Rule.of(
                            "gives all messages the same priority",
                            SendingRules::levelsPriorities,
                            "Priority.deliversUrgentOnesFirst",
                            "Producer.prefersTheOptionsOfASend"),
                    Rule.of(
                            "sends everything persistently",
                            SendingRules::sendsPersistently,
                            "Producer.prefersTheOptionsOfASend"),
                    Rule.of(
                            "sends what the message itself says about priority",
                            SendingRules::obeysTheMessage,
                            "OverwrittenHeader.overwritesPriority"),
                    Rule.of(
                            "calls completion listeners from the sending thread",
                            SendingRules::completesInTheSendingThread,
                            "AsyncSend.callsFromAnotherThread"),
                    Rule.of(
                            "calls completion listeners twice",
                            SendingRules::completesTwice,
                            "AsyncSend.tellsOfCompletionOnce"),
                    Rule.of(
                            "calls no completion listener",
                            call ->
                                    call.name().startsWith("CompletionListener.")
                                            ? null
                                            : call.proceed(),
                            "AsyncSend.tellsOfCompletionOnce",
                            "AsyncSend.completesNonPersistentSends"),
                    Rule.remembering(
                            "calls completion listeners out of order",
                            SendingRules::completesOutOfOrder,
                            "AsyncSend.callsInTheOrderOfTheSends"),
                    Rule.of(
                            "calls completion listeners side by side",
                            SendingRules::completesSideBySide,
                            "AsyncSend.callsOneAtATime",
                            "AsyncSendWait.producerCloseWaits"),
                    Rule.of(
                            "says that a message is sent without sending it",
                            SendingRules::completesWithoutSending,
                            "AsyncSend.isSentWhenCompleted"),
                    Rule.of(
                            "closes and commits without waiting for completion listeners",
                            SendingRules::endsInTheBackground,
                            "AsyncSendWait.producerCloseWaits",
                            "AsyncSendWait.sessionCloseWaits",
                            "AsyncSendWait.connectionCloseWaits",
                            "AsyncSendWait.commitWaits",
                            "AsyncSendWait.rollbackWaits",
                            "AsyncJmsProducer.closeWaits",
                            "AsyncJmsProducer.commitWaits",
                            "AsyncJmsProducer.rollbackWaits"),
                    Rule.remembering(
                            "loses one message in ten",
                            SendingRules::losesSome,
                            "MessageOrder.queueKeepsOrder",
                            "MessageOrder.topicKeepsOrder",
                            "Queue.givesEachMessageToOneConsumer"),
                    Rule.remembering(
                            "sends one message in ten twice",
                            SendingRules::sendsSomeTwice,
                            "MessageOrder.queueKeepsOrder",
                            "Queue.givesEachMessageToOneConsumer",
                            "MessageOrder.topicKeepsOrder"),
                    Rule.of(
                            "forgets the headers of a JMSProducer",
                            call ->
                                    call.target() instanceof JMSProducer
                                                    && call.method().getName().startsWith("setJMS")
                                            ? call.nothing()
                                            : call.proceed(),
                            "JmsProducer.sendsItsHeaders",
                            "JmsProducer.overridesTheMessagesHeaders"),
                    Rule.of(
                            "forgets reply-to destinations",
                            call -> call.is(Message.class, "setJMSReplyTo") ? null : call.proceed(),
                            "RequestReply.repliesByHand",
                            "TemporaryQueue.keepsItsKindAsReplyTo"),
                    Rule.remembering(
                            "sends at once what a transaction sends",
                            SendingRules::sendsBeforeTheCommit,
                            "Transaction.sendsWaitForCommit",
                            "SessionClose.discardsUncommittedSends",
                            "ConnectionClose.discardsUncommittedSends",
                            "SessionRestart.uncommittedIsGone"),
                    Rule.remembering(
                            "makes a producer of each setting",
                            SendingRules::chainsOtherProducers,
                            "JmsProducer.chains"),
                    Rule.of(
                            "takes a group for a property like others",
                            SendingRules::heedsNoGroups,
                            "MessageGroup.keepsGroupsTogether",
                            "MessageGroup.handsGroupsOver"));

    private SendingRules() {}

    /** Whether something is sent. */
    static boolean isSend(Call call) {
        return call.is(MessageProducer.class, "send") || call.is(JMSProducer.class, "send");
    }

    /** Whether what is sent is a message, and not one that a JMSProducer makes of a body. */
    static boolean sendsMessage(Call call) {
        return isSend(call) && Arrays.stream(call.args()).anyMatch(Message.class::isInstance);
    }

    /** Where a send's options begin among its arguments, or -1. */
    private static int optionsOf(Call call) {
        Class<?>[] types = call.method().getParameterTypes();
        for (int i = 0; isSend(call) && i + 2 < types.length; i++) {
            if (types[i] == int.class && types[i + 2] == long.class) {
                return i;
            }
        }
        return -1;
    }

    private static Object forgetsTimesToLive(Call call) throws Throwable {
        int options = optionsOf(call);
        if (options >= 0) {
            call.args()[options + 2] = 0L;
        }
        return call.method().getName().equals("setTimeToLive") ? call.nothing() : call.proceed();
    }

    private static Object levelsPriorities(Call call) throws Throwable {
        int options = optionsOf(call);
        if (options >= 0) {
            call.args()[options + 1] = Message.DEFAULT_PRIORITY;
        }
        return call.proceed();
    }

    private static Object sendsPersistently(Call call) throws Throwable {
        int options = optionsOf(call);
        if (options >= 0) {
            call.args()[options] = Message.DEFAULT_DELIVERY_MODE;
        }
        return call.proceed();
    }

    private static Object obeysTheMessage(Call call) throws Throwable {
        boolean plain = isSend(call) && call.args().length == 1;
        if (plain && call.target() instanceof MessageProducer producer) {
            Message message = (Message) call.args()[0];
            producer.send(message, producer.getDeliveryMode(), message.getJMSPriority(), 0);
            return null;
        }
        return call.proceed();
    }

    /** Where the completion listener stands among the arguments, or -1. */
    private static int listenerOf(Call call) {
        int last = call.args().length - 1;
        boolean asynchronous =
                call.is(MessageProducer.class, "send")
                        && last > 0
                        && call.args()[last] instanceof CompletionListener;
        return asynchronous ? last : -1;
    }

    /** The message that is sent. */
    static Message messageOf(Call call) {
        for (Object each : call.args()) {
            if (each instanceof Message message) {
                return message;
            }
        }
        throw new AssertionError("no message in " + call);
    }

    private static Object completesInTheSendingThread(Call call) throws Throwable {
        int at = listenerOf(call);
        if (at < 0) {
            return call.proceed();
        }
        ((MessageProducer) call.target()).send(messageOf(call));
        ((CompletionListener) call.args()[at]).onCompletion(messageOf(call));
        return null;
    }

    private static Object completesWithoutSending(Call call) throws Throwable {
        int at = listenerOf(call);
        if (at < 0) {
            return call.proceed();
        }
        CompletionListener listener = (CompletionListener) call.args()[at];
        Message message = messageOf(call);
        new Thread(() -> listener.onCompletion(message), "completes").start();
        return null;
    }

    private static Object completesTwice(Call call) throws Throwable {
        if (call.is(CompletionListener.class, "onCompletion")) {
            call.proceed();
        }
        return call.proceed();
    }

    private static Object completesSideBySide(Call call) throws Throwable {
        if (!call.is(CompletionListener.class, "onCompletion")) {
            return call.proceed();
        }
        return call.inBackground();
    }

    /** Calls every second completion listener before the one that came before it. */
    private static Mutation completesOutOfOrder() {
        Queue<Call> held = new ArrayDeque<>();
        return call -> {
            if (!call.is(CompletionListener.class, "onCompletion")) {
                return call.proceed();
            }
            if (held.isEmpty()) {
                held.add(call);
                return null;
            }
            call.proceed();
            return held.poll().proceed();
        };
    }

    private static Object endsInTheBackground(Call call) throws Throwable {
        boolean ends =
                call.is(MessageProducer.class, "close")
                        || call.is(Session.class, "close")
                        || call.is(Connection.class, "close")
                        || call.is(JMSContext.class, "close")
                        || call.method().getName().equals("commit")
                        || call.method().getName().equals("rollback");
        if (!ends) {
            return call.proceed();
        }
        return call.inBackground();
    }

    private static Mutation losesSome() {
        AtomicInteger sends = new AtomicInteger();
        return call ->
                isSend(call) && sends.incrementAndGet() % 10 == 0 ? call.nothing() : call.proceed();
    }

    private static Mutation sendsSomeTwice() {
        AtomicInteger sends = new AtomicInteger();
        return call -> {
            if (isSend(call) && sends.incrementAndGet() % 10 == 0) {
                call.proceed();
            }
            return call.proceed();
        };
    }

    /** Sends through another session of the connection, which is not transacted. */
    private static Mutation sendsBeforeTheCommit() {
        Map<Object, Object> owners = new ConcurrentHashMap<>();
        return call -> {
            if (call.is(MessageProducer.class, "send")
                    && owners.get(call.target()) instanceof Session session
                    && session.getTransacted()) {
                Session other = ((Connection) owners.get(session)).createSession();
                Destination where = ((MessageProducer) call.target()).getDestination();
                other.createProducer(where).send(messageOf(call));
                return null;
            }
            Object answer = call.proceed();
            if (answer instanceof Session || answer instanceof MessageProducer) {
                owners.put(answer, call.target());
            }
            return answer;
        };
    }

    private static Mutation chainsOtherProducers() {
        AtomicReference<JMSContext> context = new AtomicReference<>();
        return call -> {
            if (call.is(JMSContext.class, "createProducer")) {
                context.set((JMSContext) call.target());
            }
            Object answer = call.proceed();
            return call.target() instanceof JMSProducer && answer == call.target()
                    ? context.get().createProducer()
                    : answer;
        };
    }

    /** Carries the group under another name, by which nobody keeps messages together. */
    private static Object heedsNoGroups(Call call) throws Throwable {
        if (call.target() instanceof Message
                && call.args().length > 0
                && "JMSXGroupID".equals(call.args()[0])) {
            call.args()[0] = "aGroup";
        }
        return call.proceed();
    }
}
