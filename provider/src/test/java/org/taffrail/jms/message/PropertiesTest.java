// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunCheck;
import org.taffrail.wire.record.RunLayout;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

class PropertiesTest {
    private final TaffrailMessage message = new TaffrailMessage();

    private interface Call {
        void run() throws JMSException;
    }

    private static List<Call> setters(TaffrailMessage message, String name) {
        return List.of(
                () -> message.setBooleanProperty(name, true),
                () -> message.setByteProperty(name, (byte) 1),
                () -> message.setShortProperty(name, (short) 1),
                () -> message.setIntProperty(name, 1),
                () -> message.setLongProperty(name, 1),
                () -> message.setFloatProperty(name, 1),
                () -> message.setDoubleProperty(name, 1),
                () -> message.setStringProperty(name, "1"),
                () -> message.setObjectProperty(name, "1"));
    }

    private static Set<String> names(TaffrailMessage message) throws JMSException {
        return new HashSet<>(Collections.list(message.getPropertyNames()));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "1st", "a-b", "a b", " a", "a.b", "a=b", "'a'", "#", "NULL", "TRUE", "FALSE", "NOT",
                "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE", "\uD800"
            })
    void refusesNamesThatNoSelectorCanHave(String name) {
        for (Call setter : setters(message, name)) {
            assertThrows(IllegalArgumentException.class, setter::run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "BETWEEN", "IS", "ESCAPE"})
    void refusesWordsOfTheSelectorInAnyCase(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        assertThrows(IllegalArgumentException.class, () -> message.setIntProperty(lower, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "$1", "größe", "注文", "JMS_x", "JMSXFoo", "NULLS", "islike"})
    void takesIdentifiersOfAnyScript(String name) throws JMSException {
        for (Call setter : setters(message, name)) {
            setter.run();
        }
        assertTrue(Transfer.sendAndReceive(message).propertyExists(name));
    }

    @Test
    void refusesValuesOfOtherTypes() {
        for (Object value : List.of(new byte[1], 'c', BigDecimal.ONE, List.of(), new Object())) {
            assertThrows(MessageFormatException.class, () -> message.setObjectProperty("p", value));
        }
    }

    @Test
    void readOnlyAfterReceiveUntilCleared() throws JMSException {
        message.setIntProperty("p", 1);
        TaffrailMessage received = Transfer.sendAndReceive(message);

        for (Call setter : setters(received, "p")) {
            assertThrows(MessageNotWriteableException.class, setter::run);
        }
        assertEquals(1, received.getIntProperty("p"));

        received.clearProperties();
        assertEquals(Set.of(), names(received));
        received.setStringProperty("q", "x");
        assertEquals("x", received.getStringProperty("q"));
    }

    @Test
    void clearingPropertiesLeavesHeaderAndBody() throws JMSException {
        TaffrailTextMessage text = new TaffrailTextMessage("body");
        text.setJMSType("type");
        text.setIntProperty("p", 1);

        text.clearProperties();

        assertFalse(text.propertyExists("p"));
        assertEquals("type", text.getJMSType());
        assertEquals("body", text.getText());
    }

    @Test
    void keepsNullTexts() throws JMSException {
        message.setStringProperty("p", null);
        TaffrailMessage received = Transfer.sendAndReceive(message);

        assertTrue(received.propertyExists("p"));
        assertNull(received.getStringProperty("p"));
    }

    @Test
    void groupTravelsAsKeyAndSequenceAsProperty() throws JMSException {
        message.setStringProperty("JMSXGroupID", "customer 4");
        message.setIntProperty("JMSXGroupSeq", 3);

        TaffrailMessage received = Transfer.sendAndReceive(message);

        assertEquals("customer 4", received.getStringProperty("JMSXGroupID"));
        assertEquals(3, received.getIntProperty("JMSXGroupSeq"));
        assertEquals(Set.of("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount"), names(received));
        assertEquals(
                "customer 4",
                new org.taffrail.wire.record.RecordView()
                        .wrap(Transfer.record(message, Transfer.outgoing()), 0)
                        .key());
    }

    @Test
    void groupHasItsTypes() {
        assertThrows(MessageFormatException.class, () -> message.setIntProperty("JMSXGroupID", 1));
        assertThrows(
                MessageFormatException.class, () -> message.setStringProperty("JMSXGroupSeq", "1"));
        assertThrows(
                MessageFormatException.class,
                () -> message.setObjectProperty("JMSXGroupSeq", null));
    }

    @Test
    void deliveryCountIsTheBrokersNotTheApplications() throws JMSException {
        message.setIntProperty("JMSXDeliveryCount", 77);

        assertEquals(1, Transfer.sendAndReceive(message).getIntProperty("JMSXDeliveryCount"));
    }

    @Test
    void userAndApplicationComeFromTheConnection() throws JMSException {
        message.setStringProperty("JMSXUserID", "forged");
        message.setStringProperty("JMSXAppID", "mine");

        TaffrailMessage plain = Transfer.sendAndReceive(message);
        TaffrailMessage named =
                Transfer.sendAndReceive(
                        message, Transfer.outgoing().userId("ann").applicationId("desk"));

        assertFalse(plain.propertyExists("JMSXUserID"));
        assertEquals("mine", plain.getStringProperty("JMSXAppID"));
        assertEquals("ann", named.getStringProperty("JMSXUserID"));
        assertEquals("desk", named.getStringProperty("JMSXAppID"));
    }

    @Test
    void senderSeesTheUserAndTheApplicationThatWereSent() throws JMSException {
        TaffrailMessage forwarded = Transfer.sendAndReceive(message);
        Outgoing outgoing = Transfer.outgoing().userId("ann").applicationId("desk");

        for (TaffrailMessage each : List.of(message, forwarded)) {
            outgoing.applyTo(each, Transfer.ORDERS);

            assertEquals("ann", each.getStringProperty("JMSXUserID"));
            assertEquals("desk", each.getStringProperty("JMSXAppID"));
        }
        assertThrows(
                MessageNotWriteableException.class, () -> forwarded.setStringProperty("p", "x"));
    }

    @Test
    void senderSeesItsOwnWhereNothingIsSetOnSend() throws JMSException {
        message.setStringProperty("JMSXAppID", "mine");

        Transfer.outgoing().applyTo(message, Transfer.ORDERS);

        assertEquals("mine", message.getStringProperty("JMSXAppID"));
        assertFalse(message.propertyExists("JMSXUserID"));
    }

    @Test
    void timeOfReceiptIsTheReceiversAlone() throws JMSException {
        message.setLongProperty("JMSXRcvTimestamp", 77);
        TaffrailMessage plain = Transfer.sendAndReceive(message);
        TaffrailMessage stamped = Transfer.sendAndReceive(message);

        stamped.receivedAt(1_700_000_000_000L);

        assertFalse(plain.propertyExists("JMSXRcvTimestamp"));
        assertEquals(1_700_000_000_000L, stamped.getObjectProperty("JMSXRcvTimestamp"));
        assertEquals(Set.of("JMSXDeliveryCount", "JMSXRcvTimestamp"), names(stamped));
        assertFalse(
                Transfer.sendAndReceive(stamped).propertyExists("JMSXRcvTimestamp"), "forwarded");
    }

    @Test
    void whatABrokerSaysOfAMessageDoesNotTravelOnWithIt() throws JMSException {
        byte[] deadLetter =
                recordWith(Map.of("colour", "red", "JMS_TAFFRAIL_ORIGIN", "q", "JMS_TAFFRAIL", 1));
        TaffrailMessage received = Transfer.receive(deadLetter, ObjectAllowList.STANDARD);
        assertEquals("q", received.getStringProperty("JMS_TAFFRAIL_ORIGIN"));

        TaffrailMessage forwarded = Transfer.sendAndReceive(received);

        assertEquals(Set.of("colour", "JMS_TAFFRAIL", "JMSXDeliveryCount"), names(forwarded));
        assertEquals("q", received.getStringProperty("JMS_TAFFRAIL_ORIGIN"), "where it was");
    }

    @Test
    void timeOfReceiptInARecordIsNotBelieved() throws JMSException {
        byte[] record = recordWith(Map.of("JMSXRcvTimestamp", 77L));

        TaffrailMessage received = Transfer.receive(record, ObjectAllowList.STANDARD);

        assertFalse(received.propertyExists("JMSXRcvTimestamp"));
    }

    private static byte[] recordWith(Map<String, Object> properties) {
        ByteSink sink = new ByteSink(16);
        int at = RunLayout.begin(sink, 7, 0, 0);
        new RecordEncoder(sink)
                .begin(1, 2, 3, true, 4)
                .bodyType(BodyType.NONE, false)
                .properties(properties)
                .end();
        RunLayout.end(sink, at, 1);
        return Arrays.copyOfRange(sink.array(), RunLayout.HEADER_BYTES, sink.length());
    }

    @Test
    void takesAsManyAsARecordMayHaveAndNoMore() throws JMSException {
        for (int i = 0; i < RunCheck.PROPERTIES_MAX; i++) {
            message.setBooleanProperty("p" + i, true);
        }
        assertEquals(RunCheck.PROPERTIES_MAX + 1, names(Transfer.sendAndReceive(message)).size());

        message.setBooleanProperty("oneMore", true);
        JMSException refusal =
                assertThrows(
                        JMSException.class, () -> Transfer.record(message, Transfer.outgoing()));
        assertEquals("MESSAGE_TOO_LARGE", refusal.getErrorCode());
    }

    @Test
    void propertyNamesAreASnapshot() throws JMSException {
        message.setIntProperty("a", 1);
        java.util.Enumeration<String> names = message.getPropertyNames();

        message.setIntProperty("b", 1);

        assertEquals(List.of("a"), Collections.list(names));
    }

    @Test
    void sentMessageMayBeChangedAndSentAgain() throws JMSException {
        message.setIntProperty("p", 1);
        byte[] first = Transfer.record(message, Transfer.outgoing());
        message.setIntProperty("p", 2);
        byte[] second = Transfer.record(message, Transfer.outgoing());

        Map<Integer, byte[]> records = Map.of(1, first, 2, second);
        for (int value : records.keySet()) {
            TaffrailMessage received =
                    Transfer.receive(records.get(value), ObjectAllowList.STANDARD);
            assertEquals(value, received.getIntProperty("p"));
        }
    }
}
