// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.jms.TaffrailDestination;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.link.Link;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordView;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class HeaderTest {
    private final TaffrailMessage message = new TaffrailMessage();

    @Test
    void receiverSeesWhatTheProducerDecided() throws JMSException {
        Outgoing outgoing =
                new Outgoing()
                        .partition(3)
                        .id(0x0123456789abcdefL, 5)
                        .sent(1_000)
                        .deliveryMode(DeliveryMode.NON_PERSISTENT)
                        .priority(9)
                        .expiration(9_000)
                        .deliveryTime(2_000);

        TaffrailMessage received = Transfer.sendAndReceive(message, outgoing);
        outgoing.applyTo(message, Transfer.ORDERS);

        for (Message seen : List.of(received, message)) {
            assertEquals("ID:0123456789abcdef-0000000000000005", seen.getJMSMessageID());
            assertEquals(1_000, seen.getJMSTimestamp());
            assertEquals(DeliveryMode.NON_PERSISTENT, seen.getJMSDeliveryMode());
            assertEquals(9, seen.getJMSPriority());
            assertEquals(9_000, seen.getJMSExpiration());
            assertEquals(2_000, seen.getJMSDeliveryTime());
            assertEquals(Transfer.ORDERS, seen.getJMSDestination());
            assertFalse(seen.getJMSRedelivered());
        }
    }

    @Test
    void withoutDelayTheDeliveryTimeIsThatOfTheSend() throws JMSException {
        Outgoing outgoing = Transfer.outgoing().sent(5_000);
        TaffrailMessage received = Transfer.sendAndReceive(message, outgoing);
        outgoing.applyTo(message, Transfer.ORDERS);

        assertEquals(5_000, received.getJMSDeliveryTime());
        assertEquals(5_000, message.getJMSDeliveryTime());
        assertEquals(0, received.getJMSExpiration());
    }

    @Test
    void disabledIdAndTimestampAreNullAndZero() throws JMSException {
        Outgoing outgoing = new Outgoing().partition(1).sent(5_000).timestampDisabled(true);
        message.setJMSMessageID("ID:old");
        TaffrailMessage received = Transfer.sendAndReceive(message, outgoing);
        outgoing.applyTo(message, Transfer.ORDERS);

        assertNull(received.getJMSMessageID());
        assertEquals(0, received.getJMSTimestamp());
        assertNull(message.getJMSMessageID());
    }

    @Test
    void theDeliveryTimeNeedsNoTimestamp() throws JMSException {
        Outgoing outgoing = Transfer.outgoing().sent(5_000).timestampDisabled(true);
        TaffrailMessage received = Transfer.sendAndReceive(message, outgoing);
        outgoing.applyTo(message, Transfer.ORDERS);

        assertEquals(5_000, received.getJMSDeliveryTime());
        assertEquals(5_000, message.getJMSDeliveryTime());
    }

    @Test
    void whatTheApplicationSetsForTheProviderIsNotSent() throws JMSException {
        message.setJMSMessageID("ID:mine");
        message.setJMSTimestamp(1);
        message.setJMSPriority(1);
        message.setJMSDeliveryMode(DeliveryMode.NON_PERSISTENT);
        message.setJMSExpiration(1);
        message.setJMSDeliveryTime(1);
        message.setJMSRedelivered(true);
        message.setJMSDestination(new TaffrailQueue("elsewhere"));

        TaffrailMessage received = Transfer.sendAndReceive(message);

        assertEquals("ID:1122334455667788-000000000000002a", received.getJMSMessageID());
        assertEquals(1_000_000, received.getJMSTimestamp());
        assertEquals(Message.DEFAULT_PRIORITY, received.getJMSPriority());
        assertEquals(DeliveryMode.PERSISTENT, received.getJMSDeliveryMode());
        assertEquals(0, received.getJMSExpiration());
        assertFalse(received.getJMSRedelivered());
        assertEquals(Transfer.ORDERS, received.getJMSDestination());
    }

    @Test
    void redeliveryComesWithTheDelivery() throws JMSException {
        byte[] record = Transfer.record(message, Transfer.outgoing());
        Link.Delivery delivery = new Link.Delivery(4, 7, 8, 3, true, 0, record);

        TaffrailMessage received =
                new MessageCodec(ObjectAllowList.STANDARD, Transfer.BODY_BYTES_MAX)
                        .decode(delivery, Transfer.ORDERS, acknowledged -> {});

        assertTrue(received.getJMSRedelivered());
        assertEquals(3, received.getIntProperty("JMSXDeliveryCount"));
        assertSame(delivery, received.delivery());
        assertNull(message.delivery());
    }

    @Test
    void headerIsNeverReadOnly() throws JMSException {
        TaffrailMessage received = Transfer.sendAndReceive(message);

        received.setJMSType("t");
        received.setJMSCorrelationID("c");
        received.setJMSReplyTo(Transfer.ORDERS);
        received.setJMSMessageID("ID:x");

        assertEquals("t", received.getJMSType());
        assertEquals("c", received.getJMSCorrelationID());
        assertEquals(Transfer.ORDERS, received.getJMSReplyTo());
        assertEquals("ID:x", received.getJMSMessageID());
    }

    @Test
    void whatWasReceivedCanBeOverwrittenByNull() throws JMSException {
        message.setJMSType("t");
        message.setJMSCorrelationID("c");
        message.setJMSReplyTo(Transfer.ORDERS);
        TaffrailMessage received = Transfer.sendAndReceive(message);

        received.setJMSType(null);
        received.setJMSCorrelationID(null);
        received.setJMSReplyTo(null);
        TaffrailMessage forwarded = Transfer.sendAndReceive(received);

        assertNull(forwarded.getJMSType());
        assertNull(forwarded.getJMSCorrelationID());
        assertNull(forwarded.getJMSReplyTo());
    }

    @Test
    void correlationTextStaysText() throws JMSException {
        message.setJMSCorrelationID("größe");
        RecordView record = new RecordView().wrap(Transfer.record(message, Transfer.outgoing()), 0);
        TaffrailMessage received = Transfer.sendAndReceive(message);

        assertEquals("größe", record.correlationText());
        assertNull(record.correlationBytes());
        assertEquals("größe", received.getJMSCorrelationID());
        assertArrayEquals(
                "größe".getBytes(StandardCharsets.UTF_8), received.getJMSCorrelationIDAsBytes());
    }

    @Test
    void correlationBytesStayBytes() throws JMSException {
        byte[] id = {(byte) 0xFF, 0, 1};
        message.setJMSCorrelationIDAsBytes(id);
        id[0] = 9;

        TaffrailMessage received = Transfer.sendAndReceive(message);

        assertArrayEquals(new byte[] {(byte) 0xFF, 0, 1}, received.getJMSCorrelationIDAsBytes());
        assertNotSame(received.getJMSCorrelationIDAsBytes(), received.getJMSCorrelationIDAsBytes());
        assertEquals("ID:ff0001", received.getJMSCorrelationID());
    }

    @Test
    void correlationBytesThatAreTextReadAsText() throws JMSException {
        message.setJMSCorrelationIDAsBytes("order 7".getBytes(StandardCharsets.UTF_8));
        assertEquals("order 7", Transfer.sendAndReceive(message).getJMSCorrelationID());

        message.setJMSCorrelationIDAsBytes(null);
        assertNull(message.getJMSCorrelationID());
        assertNull(message.getJMSCorrelationIDAsBytes());
    }

    @ParameterizedTest
    @EnumSource
    void replyToKeepsItsKind(DestinationKind kind) throws JMSException {
        Destination replyTo = TaffrailDestination.physical(kind, "replies");
        message.setJMSReplyTo(replyTo);

        Destination received = Transfer.sendAndReceive(message).getJMSReplyTo();

        assertEquals(replyTo, received);
        assertSame(replyTo.getClass(), received.getClass());
    }

    @Test
    void replyToLeavesOptionsBehind() throws JMSException {
        message.setJMSReplyTo(new TaffrailQueue("replies?consumer.prefetch=1"));

        TaffrailDestination received =
                (TaffrailDestination) Transfer.sendAndReceive(message).getJMSReplyTo();

        assertEquals("replies", received.nameWithOptions());
    }

    @Test
    void refusesAReplyToThatIsNeitherQueueNorTopic() {
        message.setJMSReplyTo(new Destination() {});

        assertThrows(
                InvalidDestinationException.class,
                () -> Transfer.record(message, Transfer.outgoing()));
    }

    @Test
    void refusesHalfASurrogatePairWhereverItStands() throws JMSException {
        String half = "a\uD83Db";
        TaffrailMessage type = new TaffrailMessage();
        type.setJMSType(half);
        TaffrailMessage correlation = new TaffrailMessage();
        correlation.setJMSCorrelationID(half);
        TaffrailMessage replyTo = new TaffrailMessage();
        replyTo.setJMSReplyTo(new TaffrailQueue(half));
        TaffrailMessage group = new TaffrailMessage();
        group.setStringProperty("JMSXGroupID", half);
        TaffrailMessage property = new TaffrailMessage();
        property.setStringProperty("p", half);
        TaffrailMapMessage mapValue = new TaffrailMapMessage();
        mapValue.setString("e", half);
        TaffrailMapMessage mapName = new TaffrailMapMessage();
        mapName.setInt(half, 1);
        TaffrailStreamMessage stream = new TaffrailStreamMessage();
        stream.writeString(half);

        List<TaffrailMessage> messages =
                new ArrayList<>(List.of(type, correlation, replyTo, group, property));
        messages.addAll(List.of(mapValue, mapName, stream, new TaffrailTextMessage(half)));
        messages.add(new TaffrailTextMessage("\uDE00"));
        messages.add(new TaffrailTextMessage("end \uD83D"));
        for (TaffrailMessage refused : messages) {
            MessageFormatException refusal =
                    assertThrows(
                            MessageFormatException.class,
                            () -> Transfer.record(refused, Transfer.outgoing()));
            assertTrue(refusal.getMessage().contains("surrogate"), refusal.getMessage());
        }
        assertEquals(
                "\uD83D\uDE00",
                Transfer.sendAndReceive(new TaffrailTextMessage("\uD83D\uDE00")).getText());
    }

    @Test
    void refusesAFieldThatIsTooLong() throws JMSException {
        message.setJMSType("x".repeat(0xFFFF));
        assertEquals(0xFFFF, Transfer.sendAndReceive(message).getJMSType().length());

        message.setJMSType("x".repeat(0x10000));
        JMSException refusal =
                assertThrows(
                        JMSException.class, () -> Transfer.record(message, Transfer.outgoing()));
        assertEquals("MESSAGE_TOO_LARGE", refusal.getErrorCode());
    }

    @Test
    void acknowledgeReachesTheSessionOfAReceivedMessageOnly() throws JMSException {
        List<TaffrailMessage> acknowledged = new ArrayList<>();
        byte[] record = Transfer.record(message, Transfer.outgoing());
        TaffrailMessage received =
                new MessageCodec(ObjectAllowList.STANDARD, Transfer.BODY_BYTES_MAX)
                        .decode(
                                new Link.Delivery(1, 7, 8, 1, false, 0, record),
                                Transfer.ORDERS,
                                acknowledged::add);

        message.acknowledge();
        assertEquals(List.of(), acknowledged);

        received.acknowledge();
        assertEquals(List.of(received), acknowledged);
    }

    @Test
    void namesItselfWithoutItsContent() throws JMSException {
        TaffrailMessage received = Transfer.sendAndReceive(new TaffrailTextMessage("secret"));

        assertEquals(
                "TaffrailTextMessage[id=ID:1122334455667788-000000000000002a,"
                        + " destination=queue://orders]",
                received.toString());
    }
}
