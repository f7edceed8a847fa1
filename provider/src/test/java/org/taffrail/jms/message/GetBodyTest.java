// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table behind {@code getBody} and {@code isBodyAssignableTo}. */
class GetBodyTest {
    private static final List<Class<?>> TYPES =
            List.of(
                    Object.class,
                    String.class,
                    CharSequence.class,
                    Serializable.class,
                    byte[].class,
                    Map.class,
                    HashMap.class,
                    Collection.class,
                    ArrayList.class,
                    Integer.class,
                    int.class);

    private static TaffrailMessage bytes() throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        message.writeInt(0x01020304);
        return message;
    }

    private static TaffrailMessage map() throws JMSException {
        TaffrailMapMessage message = new TaffrailMapMessage();
        message.setInt("e", 1);
        return message;
    }

    private static TaffrailMessage stream() throws JMSException {
        TaffrailStreamMessage message = new TaffrailStreamMessage();
        message.writeInt(1);
        return message;
    }

    private record Row(String name, TaffrailMessage message, List<Class<?>> allowed) {}

    private static List<Row> rows() throws JMSException {
        ArrayList<String> list = new ArrayList<>(List.of("a"));
        return List.of(
                new Row(
                        "text",
                        new TaffrailTextMessage("a"),
                        List.of(
                                Object.class,
                                String.class,
                                CharSequence.class,
                                Serializable.class)),
                new Row("bytes", bytes(), List.of(Object.class, byte[].class)),
                new Row("map", map(), List.of(Object.class, Map.class)),
                new Row("stream", stream(), List.of()),
                new Row("empty stream", new TaffrailStreamMessage(), List.of()),
                new Row(
                        "object",
                        new TaffrailObjectMessage(list),
                        List.of(
                                Object.class,
                                Serializable.class,
                                Collection.class,
                                ArrayList.class)),
                new Row("no body", new TaffrailMessage(), TYPES),
                new Row("no text", new TaffrailTextMessage(), TYPES),
                new Row("no bytes", new TaffrailBytesMessage(), TYPES),
                new Row("no entries", new TaffrailMapMessage(), TYPES),
                new Row("no object", new TaffrailObjectMessage(), TYPES));
    }

    @TestFactory
    List<DynamicTest> everyTypeOfEveryBody() throws JMSException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Row row : rows()) {
            for (Class<?> type : TYPES) {
                boolean allowed = row.allowed().contains(type);
                String name = row.name() + " as " + type.getSimpleName();
                tests.add(dynamicTest(name, () -> check(row.message(), type, allowed)));
                tests.add(
                        dynamicTest(
                                "received " + name,
                                () ->
                                        check(
                                                Transfer.sendAndReceive(row.message()),
                                                type,
                                                allowed)));
            }
        }
        return tests;
    }

    private static void check(TaffrailMessage message, Class<?> type, boolean allowed)
            throws JMSException {
        assertEquals(allowed, message.isBodyAssignableTo(type));
        if (allowed) {
            Object body = message.getBody(type);
            assertTrue(body == null || type.isInstance(body));
        } else {
            assertThrows(MessageFormatException.class, () -> message.getBody(type));
        }
    }

    @Test
    void givesTheBody() throws JMSException {
        assertEquals("a", new TaffrailTextMessage("a").getBody(String.class));
        assertArrayEquals(
                new byte[] {1, 2, 3, 4}, Transfer.sendAndReceive(bytes()).getBody(byte[].class));
        assertEquals(Map.of("e", 1), Transfer.sendAndReceive(map()).getBody(Map.class));
        assertEquals(7, new TaffrailObjectMessage(7).getBody(Integer.class));
        assertNull(new TaffrailTextMessage().getBody(Integer.class));
    }

    @Test
    void resetsBytesBeforeAndAfter() throws JMSException {
        TaffrailBytesMessage received = (TaffrailBytesMessage) Transfer.sendAndReceive(bytes());
        received.readShort();

        assertArrayEquals(new byte[] {1, 2, 3, 4}, received.getBody(byte[].class));
        assertEquals(0x01020304, received.readInt());
    }

    @Test
    void refusalLeavesTheMessageAsItWas() throws JMSException {
        TaffrailBytesMessage received = (TaffrailBytesMessage) Transfer.sendAndReceive(bytes());
        received.readShort();
        TaffrailBytesMessage written = (TaffrailBytesMessage) bytes();

        assertThrows(MessageFormatException.class, () -> received.getBody(String.class));
        assertThrows(MessageFormatException.class, () -> written.getBody(String.class));
        assertFalse(received.isBodyAssignableTo(String.class));

        assertEquals(0x0304, received.readShort());
        written.writeInt(2);
    }

    @Test
    void bodyIsACopy() throws JMSException {
        TaffrailMapMessage map = new TaffrailMapMessage();
        map.setBytes("e", new byte[] {1});
        @SuppressWarnings("unchecked") // a map message's body has no other form
        Map<String, Object> body = map.getBody(Map.class);
        ((byte[]) body.get("e"))[0] = 9;
        body.clear();
        TaffrailBytesMessage bytes = (TaffrailBytesMessage) bytes();
        bytes.getBody(byte[].class)[0] = 9;

        assertArrayEquals(new byte[] {1}, map.getBytes("e"));
        assertEquals(0x01020304, bytes.readInt());
    }

    @Test
    void objectThatCannotBeReadIsAssignableToNothing() throws JMSException {
        TaffrailMessage received =
                Transfer.sendAndReceive(new TaffrailObjectMessage(new NotOnAnyList()));

        assertFalse(received.isBodyAssignableTo(Object.class));
        assertThrows(MessageFormatException.class, () -> received.getBody(Object.class));
    }

    private static final class NotOnAnyList implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
