// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;

import java.util.Arrays;

/** A record's parts are read when they are asked for, so a bad part harms only who asks for it. */
class LazyDecodingTest {
    private static byte[] record(BodyType type, byte[] body) {
        ByteSink sink = new ByteSink(64);
        RecordEncoder encoder = new RecordEncoder(sink).begin(1, 2, 3, true, 4);
        encoder.type("t").properties(java.util.Map.of("p", 5));
        encoder.bodyType(type, false);
        sink.putBytes(body, 0, body.length);
        encoder.end();
        return sink.toByteArray();
    }

    private static TaffrailMessage receive(byte[] record) {
        return Transfer.receive(record, ObjectAllowList.STANDARD);
    }

    private static byte[] bodyOf(byte[] record) {
        int at = new RecordView().wrap(record, 0).bodyAt();
        return Arrays.copyOfRange(record, at, record.length);
    }

    @ParameterizedTest
    @EnumSource(
            value = BodyType.class,
            names = {"TEXT", "MAP", "STREAM", "OBJECT"})
    void badBodyIsRefusedWhenReadAndNotBefore(BodyType type) throws JMSException {
        byte[] bad = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        TaffrailMessage received = receive(record(type, bad));

        assertEquals("t", received.getJMSType());
        assertEquals(5, received.getIntProperty("p"));
        for (int time = 0; time < 2; time++) {
            MessageFormatException refusal =
                    assertThrows(MessageFormatException.class, () -> touch(received));
            assertEquals(ErrorCode.MALFORMED.name(), refusal.getErrorCode());
        }
    }

    private static Object touch(TaffrailMessage message) throws JMSException {
        return message instanceof TaffrailStreamMessage stream
                ? stream.readObject()
                : message.getBody(Object.class);
    }

    @ParameterizedTest
    @EnumSource(BodyType.class)
    void untouchedBodyIsForwardedAsItCame(BodyType type) throws JMSException {
        byte[] bad = {(byte) 0xFF, 1, 2, 3};
        TaffrailMessage received = receive(record(type, bad));

        byte[] forwarded = Transfer.record(received, Transfer.outgoing());

        assertArrayEquals(bad, bodyOf(forwarded));
        assertEquals(type, new RecordView().wrap(forwarded, 0).bodyType());
        assertEquals(5, receive(forwarded).getIntProperty("p"));
    }

    @Test
    void touchedBodyIsForwardedAsWell() throws JMSException {
        TaffrailMapMessage sent = new TaffrailMapMessage();
        sent.setInt("e", 1);
        TaffrailMapMessage received = Transfer.sendAndReceive(sent);
        received.getInt("e");

        assertEquals(1, Transfer.sendAndReceive(received).getInt("e"));
    }

    @Test
    void bytesAreReadInPlaceAndTheRecordStaysAsItIs() throws JMSException {
        byte[] record = record(BodyType.BYTES, new byte[] {1, 2, 3});
        byte[] before = record.clone();
        TaffrailBytesMessage received = (TaffrailBytesMessage) receive(record);

        received.getBody(byte[].class)[0] = 9;
        assertEquals(1, received.readByte());
        received.clearBody();
        received.writeInt(-1);

        assertArrayEquals(before, record);
    }

    @Test
    void mapThatLiesAboutItsCountIsRefused() {
        byte[] huge = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0, 0, 0, 0, 0};

        assertThrows(
                MessageFormatException.class,
                () -> receive(record(BodyType.MAP, huge)).getBody(java.util.Map.class));
    }

    @Test
    void surplusBytesBehindABodyAreRefused() {
        byte[] emptyMapAndMore = {0, 0, 0, 0, 9};

        assertThrows(
                MessageFormatException.class,
                () -> receive(record(BodyType.MAP, emptyMapAndMore)).isBodyAssignableTo(null));
    }

    @Property
    void anyBytesAsABodyGiveAValueOrTheException(@ForAll BodyType type, @ForAll byte[] body)
            throws JMSException {
        TaffrailMessage received = receive(record(type, body));
        try {
            touch(received);
        } catch (MessageFormatException | jakarta.jms.MessageEOFException e) {
            assertEquals("t", received.getJMSType());
        }
    }
}
