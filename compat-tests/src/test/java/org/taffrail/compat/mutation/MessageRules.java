// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Providers that break one rule of messages: their headers, their properties, whose they are. */
final class MessageRules {
    private static final String COUNT = "JMSXDeliveryCount";

    static final List<Rule> ALL =
            List.of(
                    Rule.remembering(
                            "sends the JMSRedelivered that the client has set",
                            MessageRules::sendsRedelivered,
                            "OverwrittenHeader.ignoresRedelivered",
                            "ForeignMessage.leavesRedeliveredAlone"),
                    Rule.of(
                            "counts deliveries from 0",
                            MessageRules::countsFromZero,
                            "RedeliveryMark.countsTheFirstDelivery",
                            "RedeliveryMark.countsTheFirstDeliveryOfATopic"),
                    Rule.remembering(
                            "goes on counting when a message is sent on",
                            MessageRules::countsOn,
                            "RedeliveryMark.countsAForwardedMessageAnew"),
                    Rule.remembering(
                            "gives a message its id once, however often it is sent",
                            MessageRules::keepsTheFirstId,
                            "SentHeader.assignsAnotherIdWhenSentAgain"),
                    Rule.remembering(
                            "looks at the messages of a transaction when it is committed",
                            MessageRules::sendsAtTheCommit,
                            "SentMessage.isTakenAtTheSendInATransaction",
                            "TimeHeader.stampsTheSendNotTheCommit",
                            "TimeHeader.expiresByTheSendNotTheCommit"),
                    Rule.remembering(
                            "gives the receiver the object that was sent",
                            MessageRules::givesTheSentObject,
                            "SentMessage.isNotTheReceivedObject",
                            "SentMessage.keepsASentText",
                            "SentMessage.keepsSentProperties"),
                    Rule.remembering(
                            "delivers one object again and again",
                            MessageRules::givesTheSameObject,
                            "ReceivedMessage.isNotSharedBySubscribers",
                            "ReceivedMessage.isNotSharedBySubscribers",
                            "RedeliveryMark.redeliversTheOriginal"),
                    Rule.of(
                            "lets the properties of received messages be set",
                            call -> setsProperty(call) ? permitted(call) : call.proceed(),
                            "Property.isReadOnlyWhenReceived",
                            "Property.staysReadOnlyAfterClearBody"),
                    Rule.of(
                            "lists header fields among the properties",
                            MessageRules::listsHeaderFields,
                            "Property.listsNoHeaderFields"),
                    Rule.of(
                            "clears the body with the properties",
                            MessageRules::clearsTheBodyToo,
                            "Property.keepsTheBody"),
                    Rule.of(
                            "clears the properties with the body",
                            MessageRules::clearsThePropertiesToo,
                            "Property.surviveClearBody"),
                    Rule.of(
                            "sends what another provider's message holds without its properties",
                            MessageRules::leavesForeignPropertiesOut,
                            "ForeignMessage.keepsProperties",
                            "ForeignMessage.isSelected"),
                    Rule.of(
                            "does not set the header of another provider's message",
                            MessageRules::leavesForeignHeadersAlone,
                            "ForeignMessage.setsTheHeader",
                            "ForeignMessage.receivesTheHeaderThatWasSetBack",
                            "ForeignMessage.isSentByTheSimplifiedApi"),
                    Rule.remembering(
                            "keeps the application's array as correlation id",
                            MessageRules::keepsTheCorrelationArray,
                            "ClientHeader.copiesACorrelationIdOfBytes"),
                    Rule.of(
                            "does not list JMSXDeliveryCount",
                            MessageRules::doesNotListTheCount,
                            "DefinedProperty.supportsTheMandatory",
                            "RedeliveryMark.listsTheCount"),
                    Rule.remembering(
                            "tells the receiver alone who has sent a message",
                            () -> addsToReceived(Map.of("JMSXUserID", "a", "JMSXAppID", "b")),
                            "DefinedProperty.showsTheUserToBoth",
                            "DefinedProperty.showsTheApplicationToBoth"),
                    Rule.remembering(
                            "writes JMSXRcvTimestamp as a text",
                            () -> addsToReceived(Map.of("JMSXRcvTimestamp", "now")),
                            "DefinedProperty.receivesATimestamp"));

    private MessageRules() {}

    private static boolean setsProperty(Call call) {
        return call.method().getName().matches("set\\w*Property")
                && call.target() instanceof Message;
    }

    private static Object permitted(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (MessageNotWriteableException e) {
            return call.nothing();
        }
    }

    /** Whether it is a message of the application's own making, as those of other providers are. */
    private static boolean isForeign(Message message) {
        return message.getClass().getName().startsWith("org.taffrail.compat.");
    }

    private static boolean sendsForeign(Call call) {
        return SendingRules.sendsMessage(call) && isForeign(SendingRules.messageOf(call));
    }

    /** What is received, whichever way it is asked for; null for all other calls. */
    private static Message received(Call call, Object answer) {
        return call.target() instanceof MessageConsumer && answer instanceof Message message
                ? message
                : null;
    }

    private static Mutation sendsRedelivered() {
        Set<String> marked = ConcurrentHashMap.newKeySet();
        return call -> {
            Object answer = call.proceed();
            if (SendingRules.sendsMessage(call)) {
                Message message = SendingRules.messageOf(call);
                if (message.getJMSRedelivered()) {
                    marked.add(message.getJMSMessageID());
                }
            }
            return call.is(Message.class, "getJMSRedelivered")
                            && marked.contains(((Message) call.target()).getJMSMessageID())
                    ? true
                    : answer;
        };
    }

    private static boolean asksForTheCount(Call call) {
        return call.is(Message.class, "getIntProperty") && COUNT.equals(call.args()[0]);
    }

    private static Object countsFromZero(Call call) throws Throwable {
        Object answer = call.proceed();
        return asksForTheCount(call) ? (int) answer - 1 : answer;
    }

    private static Mutation countsOn() {
        Map<String, Integer> counted = new ConcurrentHashMap<>();
        return call -> {
            boolean sends = SendingRules.sendsMessage(call);
            Message message = sends ? SendingRules.messageOf(call) : null;
            int count = sends && message.propertyExists(COUNT) ? message.getIntProperty(COUNT) : 0;
            Object answer = call.proceed();
            if (sends) {
                counted.put(message.getJMSMessageID(), count);
            }
            return asksForTheCount(call)
                    ? (int) answer
                            + counted.getOrDefault(((Message) call.target()).getJMSMessageID(), 0)
                    : answer;
        };
    }

    private static Mutation keepsTheFirstId() {
        Map<Object, Object> first = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (!call.is(Message.class, "getJMSMessageID") || answer == null) {
                return answer;
            }
            Object known = first.putIfAbsent(call.target(), answer);
            return known == null ? answer : known;
        };
    }

    /** Sends what a transacted session sends when it commits, and not before. */
    private static Mutation sendsAtTheCommit() {
        Map<Object, Session> sessions = new ConcurrentHashMap<>();
        Map<Session, List<Call>> waiting = new ConcurrentHashMap<>();
        return call -> {
            Session session = sessions.get(call.target());
            if (call.is(MessageProducer.class, "send") && session != null) {
                waiting.computeIfAbsent(session, key -> new ArrayList<>()).add(call);
                return null;
            }
            if (call.is(Session.class, "commit")) {
                for (Call each : waiting.getOrDefault((Session) call.target(), List.of())) {
                    each.proceed();
                }
                waiting.remove(call.target());
            }
            Object answer = call.proceed();
            if (answer instanceof MessageProducer
                    && call.target() instanceof Session owner
                    && owner.getTransacted()) {
                sessions.put(answer, owner);
            }
            return answer;
        };
    }

    private static Mutation givesTheSentObject() {
        Map<String, Message> sent = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            if (SendingRules.sendsMessage(call)) {
                Message message = SendingRules.messageOf(call);
                sent.put(message.getJMSMessageID(), message);
            }
            Message received = received(call, answer);
            return received == null
                    ? answer
                    : sent.getOrDefault(received.getJMSMessageID(), received);
        };
    }

    private static Mutation givesTheSameObject() {
        Map<String, Message> delivered = new ConcurrentHashMap<>();
        return call -> {
            Object answer = call.proceed();
            Message received = received(call, answer);
            if (received == null) {
                return answer;
            }
            Message first = delivered.putIfAbsent(received.getJMSMessageID(), received);
            return first == null ? received : first;
        };
    }

    private static Object listsHeaderFields(Call call) throws Throwable {
        Object answer = call.proceed();
        if (!call.is(Message.class, "getPropertyNames")) {
            return answer;
        }
        List<Object> names = new ArrayList<>(Collections.list((Enumeration<?>) answer));
        names.add("JMSMessageID");
        return Collections.enumeration(names);
    }

    private static Object clearsTheBodyToo(Call call) throws Throwable {
        if (call.is(Message.class, "clearProperties")) {
            ((Message) call.target()).clearBody();
        }
        return call.proceed();
    }

    private static Object clearsThePropertiesToo(Call call) throws Throwable {
        if (call.is(Message.class, "clearBody")) {
            ((Message) call.target()).clearProperties();
        }
        return call.proceed();
    }

    private static Object leavesForeignPropertiesOut(Call call) throws Throwable {
        if (!sendsForeign(call)) {
            return call.proceed();
        }
        Message message = SendingRules.messageOf(call);
        Map<String, Object> properties = new HashMap<>();
        for (Object name : Collections.list((Enumeration<?>) message.getPropertyNames())) {
            properties.put((String) name, message.getObjectProperty((String) name));
        }
        message.clearProperties();
        Object answer = call.proceed();
        for (Map.Entry<String, Object> each : properties.entrySet()) {
            message.setObjectProperty(each.getKey(), each.getValue());
        }
        return answer;
    }

    private static Object leavesForeignHeadersAlone(Call call) throws Throwable {
        if (!sendsForeign(call)) {
            return call.proceed();
        }
        Message message = SendingRules.messageOf(call);
        Header before = Header.of(message);
        Object answer = call.proceed();
        before.putBack(message);
        return answer;
    }

    /** What a message says of itself and a send has to change. */
    private record Header(String id, long timestamp, int priority) {
        static Header of(Message message) throws JMSException {
            return new Header(
                    message.getJMSMessageID(), message.getJMSTimestamp(), message.getJMSPriority());
        }

        void putBack(Message message) throws JMSException {
            message.setJMSMessageID(id);
            message.setJMSTimestamp(timestamp);
            message.setJMSPriority(priority);
        }
    }

    private static Mutation keepsTheCorrelationArray() {
        Map<Object, Object> arrays = new ConcurrentHashMap<>();
        return call -> {
            if (call.is(Message.class, "setJMSCorrelationIDAsBytes")) {
                arrays.put(call.target(), call.args()[0]);
            }
            Object kept = arrays.get(call.target());
            return kept != null && call.is(Message.class, "getJMSCorrelationIDAsBytes")
                    ? kept
                    : call.proceed();
        };
    }

    /** Whether names of properties are listed, a message's or those that a provider has. */
    private static boolean listsNames(Call call) {
        return call.method().getName().matches("get(JMSX)?PropertyNames");
    }

    private static Object doesNotListTheCount(Call call) throws Throwable {
        Object answer = call.proceed();
        if (!listsNames(call)) {
            return answer;
        }
        List<Object> others = new ArrayList<>(Collections.list((Enumeration<?>) answer));
        others.remove(COUNT);
        return Collections.enumeration(others);
    }

    /** Claims to support some properties, and puts them on messages when they are received. */
    private static Mutation addsToReceived(Map<String, Object> added) {
        Set<Object> received = ConcurrentHashMap.newKeySet();
        return call -> {
            if (call.is(ConnectionMetaData.class, "getJMSXPropertyNames")) {
                List<Object> names =
                        new ArrayList<>(Collections.list((Enumeration<?>) call.proceed()));
                names.addAll(added.keySet());
                return Collections.enumeration(names);
            }
            if (call.args().length == 1
                    && received.contains(call.target())
                    && added.containsKey(call.args()[0])) {
                return call.is(Message.class, "propertyExists") ? true : added.get(call.args()[0]);
            }
            Object answer = call.proceed();
            if (received(call, answer) != null) {
                received.add(answer);
            }
            return answer;
        };
    }
}
