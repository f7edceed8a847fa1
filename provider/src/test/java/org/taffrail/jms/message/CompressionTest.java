// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.taffrail.link.Link;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bodies that travel compressed are those that were sent. */
class CompressionTest {
    private static final int MOST = 1 << 20;

    private static Outgoing compressing(int fromBytes) {
        return Transfer.outgoing().compressed(fromBytes, MOST);
    }

    private static RecordView view(byte[] record) {
        return new RecordView().wrap(record, 0);
    }

    private static List<TaffrailMessage> allTypes(byte[] noise, int repetitions)
            throws JMSException {
        String text = Arrays.toString(noise).repeat(repetitions);
        TaffrailBytesMessage bytes = new TaffrailBytesMessage();
        TaffrailMapMessage map = new TaffrailMapMessage();
        TaffrailStreamMessage stream = new TaffrailStreamMessage();
        for (int i = 0; i < repetitions; i++) {
            bytes.writeBytes(noise);
            map.setBytes("bytes " + i, noise);
            map.setString("text " + i, text);
            stream.writeBytes(noise);
            stream.writeInt(i);
        }
        return List.of(
                new TaffrailMessage(),
                new TaffrailTextMessage(text),
                new TaffrailTextMessage(null),
                bytes,
                map,
                stream,
                new TaffrailObjectMessage(new ArrayList<>(List.of(text, noise.length))));
    }

    /** The body's plain bytes, as the record has them when it is not compressed. */
    private static byte[] plain(TaffrailMessage message) throws JMSException {
        byte[] record = Transfer.record(message, Transfer.outgoing());
        assertFalse(view(record).compressed());
        return Arrays.copyOfRange(record, view(record).bodyAt(), record.length);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void eachTypeOfBodyComesBackAndNeverGrows(
            @ForAll @Size(max = 60) byte[] noise,
            @ForAll @IntRange(min = 0, max = 60) int repetitions,
            @ForAll @IntRange(min = 0, max = 2000) int fromBytes)
            throws JMSException {
        for (TaffrailMessage message : allTypes(noise, repetitions)) {
            message.setStringProperty("colour", "red");
            message.setJMSType("t");
            byte[] plain = plain(message);

            byte[] record = Transfer.record(message, compressing(fromBytes));
            TaffrailMessage received = Transfer.receive(record, ObjectAllowList.STANDARD);

            int length = view(record).bodyLength();
            boolean compressed = view(record).compressed();
            assertEquals(compressed, length < plain.length);
            assertFalse(compressed && plain.length < fromBytes);
            assertEquals(message.getClass(), received.getClass());
            assertEquals("red", received.getStringProperty("colour"));
            assertEquals("t", received.getJMSType());
            received.readBody();
            assertArrayEquals(plain, plain(received), message.getClass().getSimpleName());
        }
    }

    @Test
    void withoutBeingAskedForNothingIsCompressed() throws JMSException {
        byte[] record =
                Transfer.record(new TaffrailTextMessage("a".repeat(100_000)), Transfer.outgoing());

        assertFalse(view(record).compressed());
    }

    @Test
    void theThresholdIsTheLeastThatIsCompressed() throws JMSException {
        TaffrailTextMessage message = new TaffrailTextMessage("a".repeat(1024));

        assertTrue(view(Transfer.record(message, compressing(1024))).compressed());
        assertFalse(view(Transfer.record(message, compressing(1025))).compressed());
    }

    @Test
    void whatNoReceiverMayExpandIsNotCompressed() throws JMSException {
        TaffrailTextMessage message = new TaffrailTextMessage("a".repeat(MOST + 1));

        assertFalse(view(Transfer.record(message, compressing(0))).compressed());
    }

    @Test
    void anUntouchedCompressedBodyIsForwardedAsItCame() throws JMSException {
        TaffrailTextMessage sent = new TaffrailTextMessage("a".repeat(5_000));
        byte[] first = Transfer.record(sent, compressing(0));

        byte[] second =
                Transfer.record(
                        Transfer.receive(first, ObjectAllowList.STANDARD), Transfer.outgoing());

        assertTrue(view(second).compressed());
        TaffrailTextMessage received =
                assertInstanceOf(
                        TaffrailTextMessage.class,
                        Transfer.receive(second, ObjectAllowList.STANDARD));
        assertEquals(sent.getText(), received.getText());
    }

    @Test
    void aBodyThatExpandsBeyondTheLimitIsRefusedUnread() throws JMSException {
        byte[] bomb = Transfer.record(new TaffrailTextMessage("a".repeat(MOST)), compressing(0));
        Link.Delivery delivery = new Link.Delivery(1, 7, 99, 1, false, 0, bomb);
        MessageCodec codec = new MessageCodec(ObjectAllowList.STANDARD, MOST - 1);

        WireException refusal =
                assertThrows(
                        WireException.class,
                        () -> codec.decode(delivery, Transfer.ORDERS, message -> {}));

        assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refusal.code());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void hostileBytesAreRefusedAndNothingElse(@ForAll @Size(max = 200) byte[] noise)
            throws JMSException {
        byte[] good =
                Transfer.record(new TaffrailTextMessage("a b c ".repeat(500)), compressing(0));
        byte[] body = Arrays.copyOfRange(good, view(good).bodyAt(), good.length);
        for (int i = 0; i < noise.length; i++) {
            body[Math.floorMod(31 * i + noise[i], body.length)] ^= noise[i];
        }
        byte[] record = compressedRecord(body);
        TaffrailMessage received;
        try {
            received = Transfer.receive(record, ObjectAllowList.STANDARD);
        } catch (WireException e) {
            assertTrue(e.code() != ErrorCode.INTERNAL, e.getMessage());
            return;
        }
        try {
            assertTrue(received.getBody(String.class).length() <= MOST);
        } catch (MessageFormatException e) {
            assertEquals(ErrorCode.MALFORMED.name(), e.getErrorCode());
        }
    }

    private static byte[] compressedRecord(byte[] body) {
        ByteSink sink = new ByteSink(64);
        RecordEncoder encoder = new RecordEncoder(sink).begin(1, 2, 3, true, 4);
        encoder.bodyType(BodyType.TEXT, false).compressed();
        sink.putBytes(body, 0, body.length);
        encoder.end();
        return sink.toByteArray();
    }

    @Test
    void aDamagedCompressedBodyHarmsOnlyWhoReadsIt() throws JMSException {
        byte[] good =
                Transfer.record(new TaffrailTextMessage("a b c ".repeat(500)), compressing(0));
        byte[] cut = Arrays.copyOfRange(good, view(good).bodyAt(), good.length - 3);
        TaffrailTextMessage received =
                (TaffrailTextMessage)
                        Transfer.receive(compressedRecord(cut), ObjectAllowList.STANDARD);

        for (int time = 0; time < 2; time++) {
            MessageFormatException refusal =
                    assertThrows(MessageFormatException.class, received::getText);
            assertEquals(ErrorCode.MALFORMED.name(), refusal.getErrorCode());
        }
        received.clearBody();
        received.setText("new");
        assertEquals("new", received.getText());
    }
}
