// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Providers that break one rule of receiving, of sessions or of subscriptions. */
final class ReceivingRules {
    private static final int A_WHILE_MS = 5_000;

    static final List<Rule> ALL =
            List.of(
                    Rule.of(
                            "never flags a redelivery",
                            call ->
                                    call.is(Message.class, "getJMSRedelivered")
                                            ? false
                                            : call.proceed(),
                            "ListenerFailure.redeliversInAutoMode",
                            "ReceiveBody.countsAsReceivedInClientMode",
                            "ConsumerClose.isRecoveredAfterwards"),
                    Rule.of(
                            "flags every delivery as a redelivery",
                            call ->
                                    call.is(Message.class, "getJMSRedelivered")
                                            ? true
                                            : call.proceed(),
                            "ReceiveBody.keepsWhatItCouldNotGiveInAutoMode",
                            "ConsumerClose.unseenIsNotMarked",
                            "Browser.takesNothing"),
                    Rule.of(
                            "does not count deliveries",
                            ReceivingRules::countsNothing,
                            "ListenerFailure.redeliversInAutoMode",
                            "ReceiveBody.countsAsReceivedInATransaction"),
                    Rule.of(
                            "forgets selectors",
                            ReceivingRules::forgetsSelectors,
                            "Receive.selectsFromAQueue",
                            "SelectedDelivery.isNotReceivedByAnyMethod",
                            "Topic.selects",
                            "Shared.selects",
                            "Durable.selects",
                            "Browser.selects",
                            "RequestReply.picksRepliesByCorrelationId"),
                    Rule.of(
                            "forgets noLocal",
                            ReceivingRules::forgetsNoLocal,
                            "NoLocal.leavesOutWhatItsConnectionPublishes",
                            "NoLocal.leavesOutOfDurableSubscriptions",
                            "NoLocal.holdsInTheSimplifiedApi"),
                    Rule.of(
                            "makes no subscription durable",
                            ReceivingRules::makesNothingDurable,
                            "Durable.collectsMessages",
                            "Durable.outlivesItsConnection",
                            "SharedDurable.collectsMessages"),
                    Rule.of(
                            "gives each consumer of a shared subscription its own copy",
                            ReceivingRules::sharesNothing,
                            "Shared.shares",
                            "Shared.sharesWithinASession"),
                    Rule.of(
                            "does not unsubscribe",
                            call ->
                                    call.method().getName().equals("unsubscribe")
                                            ? null
                                            : call.proceed(),
                            "Unsubscribe.deletesTheSubscription",
                            "Unsubscribe.refusesUnknownNames"),
                    Rule.of(
                            "does not roll back",
                            call ->
                                    call.method().getName().equals("rollback")
                                            ? null
                                            : call.proceed(),
                            "ReceiveBody.countsAsReceivedInATransaction",
                            "AsyncSend.belongsToTheTransaction"),
                    Rule.of(
                            "does not commit",
                            call ->
                                    call.method().getName().equals("commit")
                                            ? null
                                            : call.proceed(),
                            "AsyncSend.belongsToTheTransaction",
                            "ConsumerClose.isCommittedAfterwards"),
                    Rule.of(
                            "does not recover",
                            call ->
                                    call.method().getName().equals("recover")
                                            ? null
                                            : call.proceed(),
                            "ReceiveBody.countsAsReceivedInClientMode",
                            "ConsumerClose.isRecoveredAfterwards"),
                    Rule.of(
                            "acknowledges by itself in CLIENT_ACKNOWLEDGE mode",
                            ReceivingRules::acknowledgesByItself,
                            "ConsumerClose.isRecoveredAfterwards",
                            "Durable.redeliversWhatWasNotAcknowledged"),
                    Rule.of(
                            "closes consumers without waiting for their listeners",
                            ReceivingRules::closesInTheBackground,
                            "ConsumerClose.waitsForListener"),
                    Rule.of(
                            "calls the listeners of a session side by side",
                            ReceivingRules::listensSideBySide,
                            "SessionListener.oneListenerAtATime"),
                    Rule.of(
                            "takes a message whose listener threw as consumed",
                            ReceivingRules::swallowsListenerFailures,
                            "ListenerFailure.redeliversInAutoMode",
                            "ListenerFailure.redeliversInDupsOkMode",
                            "ListenerFailure.redeliversInTheSimplifiedApi"),
                    Rule.of(
                            "delivers on stopped connections",
                            call -> call.method().getName().equals("stop") ? null : call.proceed(),
                            "ConnectionStop.receivesNothingWhileStopped",
                            "ConnectionStop.blockedReceiveStaysBlocked",
                            "ContextStart.stops"),
                    Rule.of(
                            "starts connections by itself",
                            ReceivingRules::startsByItself,
                            "ConnectionStart.deliversNothingBefore",
                            "ConnectionStart.receiveNoWaitReturnsNullBefore",
                            "ConnectionStart.holdsNothingBack"),
                    Rule.of(
                            "waits in receiveNoWait",
                            ReceivingRules::waitsInReceiveNoWait,
                            "DeliveryDelay.isNotSeenByAnImpatientReceive"),
                    Rule.of(
                            "does not wait in receive(0)",
                            ReceivingRules::doesNotWait,
                            "Receive.takesZeroForEver"),
                    Rule.of(
                            "loses the message whose body was asked for as the wrong type",
                            ReceivingRules::losesUnreadable,
                            "ReceiveBody.keepsWhatItCouldNotGiveInAutoMode",
                            "ReceiveBody.keepsWhatItCouldNotGiveInDupsOkMode"),
                    Rule.remembering(
                            "swaps neighbouring messages",
                            ReceivingRules::swapsMessages,
                            "MessageOrder.queueKeepsOrder",
                            "MessageOrder.eachPriorityKeepsItsOrder",
                            "MessageOrder.topicKeepsOrder"),
                    Rule.remembering(
                            "makes a message up where there is none",
                            ReceivingRules::makesMessagesUp,
                            "Receive.returnsNothingFromAnEmptyQueue"),
                    Rule.remembering(
                            "gives new subscribers what was published last",
                            ReceivingRules::retainsThePublished,
                            "Topic.forgetsWhatNobodyWants",
                            "Topic.givesNothingOfThePast"),
                    Rule.of(
                            "consumes what is browsed",
                            ReceivingRules::consumesWhatIsBrowsed,
                            "Browser.takesNothing"));

    private ReceivingRules() {}

    private static Object countsNothing(Call call) throws Throwable {
        boolean count =
                call.is(Message.class, "getIntProperty")
                        && "JMSXDeliveryCount".equals(call.args()[0]);
        return count ? 1 : call.proceed();
    }

    private static boolean makesConsumers(Call call) {
        String name = call.method().getName();
        return name.startsWith("create")
                && (name.endsWith("Consumer")
                        || name.endsWith("Subscriber")
                        || name.endsWith("Receiver")
                        || name.endsWith("Browser"));
    }

    private static Object forgetsSelectors(Call call) throws Throwable {
        Class<?>[] types = call.method().getParameterTypes();
        boolean named = call.method().getName().matches("create(Shared|Durable).*");
        int at = named ? 2 : 1;
        if (makesConsumers(call) && types.length > at && types[at] == String.class) {
            call.args()[at] = null;
        }
        return call.proceed();
    }

    private static Object forgetsNoLocal(Call call) throws Throwable {
        int last = call.args().length - 1;
        if (makesConsumers(call) && call.args()[last] instanceof Boolean) {
            call.args()[last] = false;
        }
        return call.proceed();
    }

    private static Object makesNothingDurable(Call call) throws Throwable {
        String name = call.method().getName();
        if (!name.equals("createDurableConsumer") && !name.equals("createSharedDurableConsumer")) {
            return call.proceed();
        }
        return plainConsumer(call);
    }

    private static Object sharesNothing(Call call) throws Throwable {
        return call.method().getName().equals("createSharedConsumer")
                ? plainConsumer(call)
                : call.proceed();
    }

    private static Object plainConsumer(Call call) throws Throwable {
        Topic topic = (Topic) call.args()[0];
        return call.target() instanceof Session session
                ? session.createConsumer(topic)
                : ((JMSContext) call.target()).createConsumer(topic);
    }

    private static Object acknowledgesByItself(Call call) throws Throwable {
        if (call.is(Connection.class, "createSession") && call.args().length == 1) {
            boolean client = call.args()[0].equals(Session.CLIENT_ACKNOWLEDGE);
            call.args()[0] = client ? Session.AUTO_ACKNOWLEDGE : call.args()[0];
        }
        return call.proceed();
    }

    private static Object closesInTheBackground(Call call) throws Throwable {
        return call.is(MessageConsumer.class, "close") ? call.inBackground() : call.proceed();
    }

    private static Object listensSideBySide(Call call) throws Throwable {
        return call.is(MessageListener.class, "onMessage") ? call.inBackground() : call.proceed();
    }

    private static Object swallowsListenerFailures(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (RuntimeException e) {
            if (call.is(MessageListener.class, "onMessage")) {
                return null;
            }
            throw e;
        }
    }

    private static Object startsByItself(Call call) throws Throwable {
        if (call.is(Connection.class, "createSession")) {
            ((Connection) call.target()).start();
        }
        return call.proceed();
    }

    private static Object waitsInReceiveNoWait(Call call) throws Throwable {
        boolean noWait = call.is(MessageConsumer.class, "receiveNoWait");
        long startNs = System.nanoTime();
        Object received =
                noWait ? ((MessageConsumer) call.target()).receive(A_WHILE_MS) : call.proceed();
        if (noWait && received == null) {
            long ms = (System.nanoTime() - startNs) / 1_000_000;
            throw new IllegalStateException("it waited " + ms + " ms");
        }
        return received;
    }

    private static Object doesNotWait(Call call) throws Throwable {
        boolean forEver =
                call.is(MessageConsumer.class, "receive")
                        && call.args().length == 1
                        && call.args()[0].equals(0L);
        return forEver ? ((MessageConsumer) call.target()).receiveNoWait() : call.proceed();
    }

    private static Object losesUnreadable(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (MessageFormatRuntimeException e) {
            if (call.target() instanceof JMSConsumer consumer) {
                consumer.receive(A_WHILE_MS);
            }
            throw e;
        }
    }

    /** Receives two messages for the first receive of a consumer, and gives the second first. */
    private static Mutation swapsMessages() {
        ConcurrentHashMap<Object, Message> kept = new ConcurrentHashMap<>();
        return call -> {
            if (!call.is(MessageConsumer.class, "receive")) {
                return call.proceed();
            }
            Message first = kept.remove(call.target());
            if (first != null) {
                return first;
            }
            first = (Message) call.proceed();
            Message second =
                    first == null ? null : ((MessageConsumer) call.target()).receiveNoWait();
            if (second == null) {
                return first;
            }
            kept.put(call.target(), first);
            return second;
        };
    }

    private static Object consumesWhatIsBrowsed(Call call) throws Throwable {
        if (call.is(Session.class, "createBrowser")) {
            try (MessageConsumer consumer =
                    ((Session) call.target()).createConsumer((jakarta.jms.Queue) call.args()[0])) {
                consumer.receive(A_WHILE_MS);
            }
        }
        return call.proceed();
    }

    private static Mutation makesMessagesUp() {
        ConcurrentHashMap<Object, Session> sessions = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (answer instanceof MessageConsumer && call.target() instanceof Session session) {
                sessions.put(answer, session);
            }
            boolean none = answer == null && call.is(MessageConsumer.class, "receiveNoWait");
            return none ? sessions.get(call.target()).createMessage() : answer;
        };
    }

    private static Mutation retainsThePublished() {
        ConcurrentHashMap<Destination, Message> last = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (SendingRules.sendsMessage(call)
                    && call.target() instanceof MessageProducer producer
                    && producer.getDestination() instanceof Topic topic) {
                last.put(topic, SendingRules.messageOf(call));
            }
            boolean subscribes = call.is(Session.class, "createConsumer");
            if (subscribes && last.containsKey((Destination) call.args()[0])) {
                Topic topic = (Topic) call.args()[0];
                ((Session) call.target()).createProducer(topic).send(last.get(topic));
            }
            return answer;
        };
    }
}
