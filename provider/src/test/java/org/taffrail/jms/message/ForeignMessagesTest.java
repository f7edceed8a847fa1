// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Messages of other providers: objects that implement the interfaces and are no class of ours. */
class ForeignMessagesTest {
    /** What was called on foreign messages, by name. */
    private final List<String> calls = new ArrayList<>();

    private <T extends Message> T foreign(Class<T> type, Message inside) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            calls.add(method.getName());
                            try {
                                return method.invoke(inside, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private static TaffrailMessage send(Message message) throws JMSException {
        return Transfer.receive(
                Transfer.record(message, Transfer.outgoing()), ObjectAllowList.STANDARD);
    }

    @Test
    void copiesText() throws JMSException {
        Message foreign = foreign(TextMessage.class, new TaffrailTextMessage("größe"));

        assertEquals("größe", assertInstanceOf(TextMessage.class, send(foreign)).getText());
        assertNull(
                ((TextMessage) send(foreign(TextMessage.class, new TaffrailTextMessage())))
                        .getText());
    }

    @Test
    void copiesBytesOfAnyLengthFromTheirBeginning() throws JMSException {
        for (int length : new int[] {0, 1, 8191, 8192, 8193, 100_000}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            TaffrailBytesMessage inside = new TaffrailBytesMessage();
            inside.writeBytes(bytes);
            BytesMessage foreign = foreign(BytesMessage.class, inside);

            for (int time = 0; time < 2; time++) {
                BytesMessage received = assertInstanceOf(BytesMessage.class, send(foreign));
                byte[] body = received.getBody(byte[].class);
                assertArrayEquals(bytes, body == null ? new byte[0] : body);
            }
        }
    }

    @Test
    void copiesMap() throws JMSException {
        TaffrailMapMessage inside = new TaffrailMapMessage();
        inside.setChar("c", 'x');
        inside.setBytes("b", new byte[] {1});
        inside.setString("n", null);

        MapMessage received =
                assertInstanceOf(MapMessage.class, send(foreign(MapMessage.class, inside)));

        assertEquals('x', received.getObject("c"));
        assertArrayEquals(new byte[] {1}, received.getBytes("b"));
        assertTrue(received.itemExists("n"));
    }

    @Test
    void copiesStream() throws JMSException {
        TaffrailStreamMessage inside = new TaffrailStreamMessage();
        inside.writeShort((short) 3);
        inside.writeObject(null);
        inside.writeBytes(new byte[] {1, 2});
        StreamMessage foreign = foreign(StreamMessage.class, inside);

        for (int time = 0; time < 2; time++) {
            StreamMessage received = assertInstanceOf(StreamMessage.class, send(foreign));
            assertEquals((short) 3, received.readObject());
            assertNull(received.readObject());
            assertArrayEquals(new byte[] {1, 2}, (byte[]) received.readObject());
        }
    }

    @Test
    void copiesObjectAndPlainMessage() throws JMSException {
        Message object =
                foreign(
                        ObjectMessage.class,
                        new TaffrailObjectMessage(new ArrayList<>(List.of(1))));

        assertEquals(List.of(1), assertInstanceOf(ObjectMessage.class, send(object)).getObject());
        assertSame(
                TaffrailMessage.class,
                send(foreign(Message.class, new TaffrailMessage())).getClass());
    }

    @Test
    void copiesTheApplicationsHeaderAndPropertiesAlone() throws JMSException {
        TaffrailMessage inside = new TaffrailMessage();
        inside.setJMSType("t");
        inside.setJMSCorrelationID("c");
        inside.setJMSReplyTo(new TaffrailTopic("replies"));
        inside.setJMSPriority(1);
        inside.setByteProperty("p", (byte) 7);
        inside.setStringProperty("JMSXGroupID", "g");
        inside.setIntProperty("JMSXGroupSeq", 2);
        for (String name : List.of("JMSXState", "JMSXRcvTimestamp", "JMSXDeliveryCount")) {
            inside.setIntProperty(name, 5);
        }
        inside.setStringProperty("JMSXUserID", "u");

        TaffrailMessage received = send(foreign(Message.class, inside));

        assertEquals("t", received.getJMSType());
        assertEquals("c", received.getJMSCorrelationID());
        assertEquals(new TaffrailTopic("replies"), received.getJMSReplyTo());
        assertEquals(4, received.getJMSPriority());
        assertEquals((byte) 7, received.getObjectProperty("p"));
        assertEquals(2, received.getIntProperty("JMSXGroupSeq"));
        assertEquals("g", received.getStringProperty("JMSXGroupID"));
        assertEquals(
                new TreeSet<>(Set.of("p", "JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount")),
                new TreeSet<>(Collections.list(received.getPropertyNames())));
        assertEquals(1, received.getIntProperty("JMSXDeliveryCount"));
    }

    @Test
    void leavesTheForeignHeaderToApplyTo() throws JMSException {
        Message foreign = foreign(Message.class, new TaffrailMessage());
        Outgoing outgoing = Transfer.outgoing().priority(8).expiration(77);

        Transfer.record(foreign, outgoing);
        assertFalse(calls.stream().anyMatch(call -> call.startsWith("set")), calls::toString);

        outgoing.applyTo(foreign, Transfer.ORDERS);
        assertEquals("ID:1122334455667788-000000000000002a", foreign.getJMSMessageID());
        assertEquals(8, foreign.getJMSPriority());
        assertEquals(77, foreign.getJMSExpiration());
        assertEquals(Transfer.ORDERS, foreign.getJMSDestination());
    }

    @Test
    void showsWhatIsSetOnSendWhereTheForeignMessageTakesIt() throws JMSException {
        Message writeable = foreign(Message.class, new TaffrailMessage());
        Message readOnly = foreign(Message.class, Transfer.sendAndReceive(new TaffrailMessage()));
        Outgoing outgoing = Transfer.outgoing().userId("ann");

        outgoing.applyTo(writeable, Transfer.ORDERS);
        outgoing.applyTo(readOnly, Transfer.ORDERS);

        assertEquals("ann", writeable.getStringProperty("JMSXUserID"));
        assertFalse(readOnly.propertyExists("JMSXUserID"));
    }

    @Test
    void knowsForeignReplyToByItsName() throws JMSException {
        TaffrailMessage inside = new TaffrailMessage();
        inside.setJMSReplyTo((Queue) () -> "q");
        assertEquals(new TaffrailQueue("q"), send(foreign(Message.class, inside)).getJMSReplyTo());

        inside.setJMSReplyTo((Topic) () -> "t");
        Destination topic = send(foreign(Message.class, inside)).getJMSReplyTo();
        assertEquals(new TaffrailTopic("t"), topic);
    }

    @Test
    void refusesNullAndWhatOursCannotHold() throws JMSException {
        assertThrows(MessageFormatException.class, () -> send(null));

        Message badName =
                (Message)
                        Proxy.newProxyInstance(
                                Message.class.getClassLoader(),
                                new Class<?>[] {Message.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "getPropertyNames" ->
                                                    Collections.enumeration(Arrays.asList("a-b"));
                                            default -> null;
                                        });
        MessageFormatException refusal =
                assertThrows(MessageFormatException.class, () -> send(badName));
        assertTrue(refusal.getMessage().contains("a-b"));
    }
}
