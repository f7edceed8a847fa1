// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class BodyRoundTripTest {
    /** Texts in any script, without halves of surrogate pairs. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(40)
                .map(text -> text.codePoints().filter(c -> !isSurrogate(c)))
                .map(
                        codePoints ->
                                codePoints
                                        .collect(
                                                StringBuilder::new,
                                                StringBuilder::appendCodePoint,
                                                StringBuilder::append)
                                        .toString());
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.oneOf(
                List.of(
                        Arbitraries.of(true, false).asGeneric(),
                        Arbitraries.bytes().asGeneric(),
                        Arbitraries.shorts().asGeneric(),
                        Arbitraries.chars().asGeneric(),
                        Arbitraries.integers().asGeneric(),
                        Arbitraries.longs().asGeneric(),
                        Arbitraries.floats().asGeneric(),
                        Arbitraries.doubles().asGeneric(),
                        texts().asGeneric(),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(20).asGeneric(),
                        Arbitraries.just(null)));
    }

    @Provide
    Arbitrary<List<Object>> valueLists() {
        return values().list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<Map<String, Object>> valueMaps() {
        return Arbitraries.maps(texts().filter(name -> !name.isEmpty()), values()).ofMaxSize(12);
    }

    @Property
    void textComesBack(@ForAll("texts") String text) throws JMSException {
        assertEquals(text, Transfer.sendAndReceive(new TaffrailTextMessage(text)).getText());
    }

    @Test
    void nullAndEmptyTextsStayApart() throws JMSException {
        assertNull(Transfer.sendAndReceive(new TaffrailTextMessage(null)).getText());
        assertEquals("", Transfer.sendAndReceive(new TaffrailTextMessage("")).getText());
    }

    @Property
    void bytesComeBack(@ForAll byte[] bytes) throws JMSException {
        TaffrailBytesMessage sent = new TaffrailBytesMessage();
        sent.writeBytes(bytes);

        TaffrailBytesMessage received = Transfer.sendAndReceive(sent);

        byte[] read = new byte[bytes.length];
        assertEquals(bytes.length, received.getBodyLength());
        assertEquals(bytes.length == 0 ? -1 : bytes.length, received.readBytes(read));
        assertArrayEquals(bytes, read);
        assertEquals(-1, received.readBytes(new byte[1]));
    }

    @Property
    void mapComesBackInOrderAndType(@ForAll("valueMaps") Map<String, Object> values)
            throws JMSException {
        TaffrailMapMessage sent = new TaffrailMapMessage();
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            sent.setObject(entry.getKey(), entry.getValue());
        }

        TaffrailMapMessage received = Transfer.sendAndReceive(sent);

        assertEquals(new ArrayList<>(values.keySet()), Collections.list(received.getMapNames()));
        for (String name : values.keySet()) {
            assertSameValue(values.get(name), received.getObject(name));
        }
    }

    @Property
    void streamComesBackInOrderAndType(@ForAll("valueLists") List<Object> values)
            throws JMSException {
        TaffrailStreamMessage sent = new TaffrailStreamMessage();
        for (Object value : values) {
            sent.writeObject(value);
        }

        TaffrailStreamMessage received = Transfer.sendAndReceive(sent);

        for (Object value : values) {
            assertSameValue(value, received.readObject());
        }
        assertThrows(MessageEOFException.class, received::readObject);
    }

    @Property
    void objectComesBack(@ForAll("valueLists") List<Object> values) throws JMSException {
        List<?> received =
                (List<?>)
                        Transfer.sendAndReceive(
                                        new TaffrailObjectMessage(
                                                (Serializable) new ArrayList<>(values)))
                                .getObject();
        assertEquals(values.size(), received.size());
        for (int i = 0; i < values.size(); i++) {
            assertSameValue(values.get(i), received.get(i));
        }
    }

    @Test
    void noObjectComesBackAsNone() throws JMSException {
        assertNull(Transfer.sendAndReceive(new TaffrailObjectMessage()).getObject());
    }

    @Test
    void messageWithoutBodyStaysOne() throws JMSException {
        assertSame(
                TaffrailMessage.class, Transfer.sendAndReceive(new TaffrailMessage()).getClass());
    }

    private static void assertSameValue(Object expected, Object actual) {
        assertTrue(
                Objects.deepEquals(expected, actual),
                () -> "expected " + expected + ", got " + actual);
        if (expected != null) {
            assertSame(expected.getClass(), actual.getClass());
        }
    }
}
