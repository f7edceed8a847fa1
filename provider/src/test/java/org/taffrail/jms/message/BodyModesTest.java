// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.List;

/** When a body may be read and written, and what a read does to the position. */
class BodyModesTest {
    private interface Call {
        void run() throws JMSException;
    }

    private static List<Call> reads(TaffrailBytesMessage message) {
        return List.of(
                message::readBoolean,
                message::readByte,
                message::readUnsignedByte,
                message::readShort,
                message::readUnsignedShort,
                message::readChar,
                message::readInt,
                message::readLong,
                message::readFloat,
                message::readDouble,
                message::readUTF);
    }

    private static List<Call> writes(TaffrailBytesMessage message) {
        return List.of(
                () -> message.writeBoolean(true),
                () -> message.writeByte((byte) 1),
                () -> message.writeShort((short) 1),
                () -> message.writeChar('1'),
                () -> message.writeInt(1),
                () -> message.writeLong(1),
                () -> message.writeFloat(1),
                () -> message.writeDouble(1),
                () -> message.writeUTF("1"),
                () -> message.writeBytes(new byte[1]),
                () -> message.writeBytes(new byte[1], 0, 1),
                () -> message.writeObject(1));
    }

    private static List<Call> reads(TaffrailStreamMessage message) {
        return List.of(
                message::readBoolean,
                message::readByte,
                message::readShort,
                message::readChar,
                message::readInt,
                message::readLong,
                message::readFloat,
                message::readDouble,
                message::readString,
                () -> message.readBytes(new byte[1]),
                message::readObject);
    }

    private static List<Call> writes(TaffrailStreamMessage message) {
        return List.of(
                () -> message.writeBoolean(true),
                () -> message.writeByte((byte) 1),
                () -> message.writeShort((short) 1),
                () -> message.writeChar('1'),
                () -> message.writeInt(1),
                () -> message.writeLong(1),
                () -> message.writeFloat(1),
                () -> message.writeDouble(1),
                () -> message.writeString("1"),
                () -> message.writeBytes(new byte[1]),
                () -> message.writeBytes(new byte[1], 0, 1),
                () -> message.writeObject(1));
    }

    private static List<Call> writes(TaffrailMapMessage message) {
        return List.of(
                () -> message.setBoolean("e", true),
                () -> message.setByte("e", (byte) 1),
                () -> message.setShort("e", (short) 1),
                () -> message.setChar("e", '1'),
                () -> message.setInt("e", 1),
                () -> message.setLong("e", 1),
                () -> message.setFloat("e", 1),
                () -> message.setDouble("e", 1),
                () -> message.setString("e", "1"),
                () -> message.setBytes("e", new byte[1]),
                () -> message.setBytes("e", new byte[1], 0, 1),
                () -> message.setObject("e", 1));
    }

    private static void assertAll(Class<? extends Exception> expected, List<Call> calls) {
        for (int i = 0; i < calls.size(); i++) {
            assertThrows(expected, calls.get(i)::run, "call " + i);
        }
    }

    @Test
    void bytesAreWrittenThenRead() throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        assertAll(MessageNotReadableException.class, reads(message));
        assertThrows(MessageNotReadableException.class, () -> message.readBytes(new byte[1]));
        assertThrows(MessageNotReadableException.class, message::getBodyLength);
        for (Call write : writes(message)) {
            write.run();
        }

        message.reset();
        assertAll(MessageNotWriteableException.class, writes(message));
        assertEquals(1 + 1 + 2 + 2 + 4 + 8 + 4 + 8 + 3 + 1 + 1 + 4, message.getBodyLength());
        assertTrue(message.readBoolean());
        assertEquals(1, message.readByte());

        message.clearBody();
        assertAll(MessageNotReadableException.class, reads(message));
        message.writeInt(5);
        message.reset();
        assertEquals(4, message.getBodyLength());
        assertEquals(5, message.readInt());
    }

    @Test
    void receivedBytesAreReadOnlyUntilCleared() throws JMSException {
        TaffrailBytesMessage sent = new TaffrailBytesMessage();
        sent.writeInt(1);
        TaffrailBytesMessage received = Transfer.sendAndReceive(sent);

        assertAll(MessageNotWriteableException.class, writes(received));
        assertEquals(1, received.readInt());

        received.clearBody();
        received.writeInt(2);
        assertEquals(2, Transfer.sendAndReceive(received).readInt());
    }

    @Test
    void bytesAreLaidOutAsDataOutputDoes() throws JMSException, IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(expected);
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        output.writeShort(-2);
        message.writeShort((short) -2);
        output.writeChar('\uD83D');
        message.writeChar('\uD83D');
        output.writeInt(0x01020304);
        message.writeInt(0x01020304);
        output.writeLong(Long.MIN_VALUE + 7);
        message.writeLong(Long.MIN_VALUE + 7);
        output.writeFloat(1.5f);
        message.writeFloat(1.5f);
        output.writeDouble(Double.NEGATIVE_INFINITY);
        message.writeDouble(Double.NEGATIVE_INFINITY);
        output.writeUTF("gr\u00F6\u00DFe \0 \uD83D");
        message.writeUTF("gr\u00F6\u00DFe \0 \uD83D");

        TaffrailBytesMessage received = Transfer.sendAndReceive(message);

        assertArrayEquals(expected.toByteArray(), received.getBody(byte[].class));
        assertEquals(0xFFFE, received.readUnsignedShort());
        assertEquals('\uD83D', received.readChar());
        assertEquals(1, received.readUnsignedByte());
        received.readBytes(new byte[3]);
        assertEquals(Long.MIN_VALUE + 7, received.readLong());
        assertEquals(1.5f, received.readFloat());
        assertEquals(Double.NEGATIVE_INFINITY, received.readDouble());
        assertEquals("gr\u00F6\u00DFe \0 \uD83D", received.readUTF());
    }

    @Test
    void bytesEndLeavesThePosition() throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        message.writeBytes(new byte[] {0, 9});
        message.reset();

        assertThrows(MessageEOFException.class, message::readInt);
        assertThrows(MessageEOFException.class, message::readLong);
        assertThrows(MessageEOFException.class, message::readUTF);
        assertEquals(9, message.readShort());
        assertAll(MessageEOFException.class, reads(message));
    }

    @Test
    void bytesThatAreNoTextLeaveThePosition() throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        message.writeBytes(new byte[] {0, 1, (byte) 0xFF});
        message.reset();

        MessageFormatException refusal =
                assertThrows(MessageFormatException.class, message::readUTF);
        assertTrue(refusal.getCause() instanceof UTFDataFormatException);
        assertEquals(1, message.readShort());
    }

    @Test
    void readBytesFollowsItsProtocol() throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        message.writeBytes(new byte[] {1, 2, 3, 4, 5});
        message.reset();
        byte[] buffer = new byte[3];

        assertThrows(IndexOutOfBoundsException.class, () -> message.readBytes(buffer, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> message.readBytes(buffer, 4));
        assertEquals(3, message.readBytes(buffer));
        assertArrayEquals(new byte[] {1, 2, 3}, buffer);
        assertEquals(1, message.readBytes(buffer, 1));
        assertEquals(4, buffer[0]);
        assertEquals(1, message.readBytes(buffer));
        assertEquals(-1, message.readBytes(buffer));
    }

    @Test
    void bytesRefuseObjectsOfOtherTypes() {
        TaffrailBytesMessage message = new TaffrailBytesMessage();

        assertThrows(NullPointerException.class, () -> message.writeObject(null));
        assertThrows(MessageFormatException.class, () -> message.writeObject(List.of()));
        assertThrows(MessageFormatException.class, () -> message.writeUTF("\u00E4".repeat(0x8000)));
        assertThrows(IndexOutOfBoundsException.class, () -> message.writeBytes(new byte[2], 1, 2));
    }

    @Test
    void sentBytesMayBeContinued() throws JMSException {
        TaffrailBytesMessage message = new TaffrailBytesMessage();
        message.writeInt(1);
        TaffrailBytesMessage first = Transfer.sendAndReceive(message);
        message.writeInt(2);
        TaffrailBytesMessage second = Transfer.sendAndReceive(message);

        assertEquals(4, first.getBodyLength());
        assertEquals(8, second.getBodyLength());
    }

    @Test
    void streamIsWrittenThenRead() throws JMSException {
        TaffrailStreamMessage message = new TaffrailStreamMessage();
        assertAll(MessageNotReadableException.class, reads(message));
        for (Call write : writes(message)) {
            write.run();
        }

        message.reset();
        assertAll(MessageNotWriteableException.class, writes(message));
        assertTrue(message.readBoolean());
        message.reset();
        assertTrue(message.readBoolean());

        message.clearBody();
        assertAll(MessageNotReadableException.class, reads(message));
        message.reset();
        assertAll(MessageEOFException.class, reads(message));
    }

    @Test
    void receivedStreamIsReadOnlyUntilCleared() throws JMSException {
        TaffrailStreamMessage sent = new TaffrailStreamMessage();
        sent.writeInt(1);
        TaffrailStreamMessage received = Transfer.sendAndReceive(sent);

        assertAll(MessageNotWriteableException.class, writes(received));
        received.clearBody();
        received.writeInt(2);
        assertEquals(2, Transfer.sendAndReceive(received).readInt());
    }

    @Test
    void streamGivesBytesInChunksToTheirEnd() throws JMSException {
        TaffrailStreamMessage message = new TaffrailStreamMessage();
        message.writeBytes(new byte[] {1, 2, 3, 4});
        message.writeInt(7);
        message.reset();
        byte[] two = new byte[2];

        assertEquals(2, message.readBytes(two));
        assertThrows(MessageFormatException.class, message::readInt);
        assertThrows(MessageFormatException.class, message::readObject);
        assertEquals(2, message.readBytes(two));
        assertArrayEquals(new byte[] {3, 4}, two);
        assertThrows(MessageFormatException.class, message::readInt);
        assertEquals(-1, message.readBytes(two));
        assertEquals(7, message.readInt());
    }

    @Test
    void streamKeepsBytesFieldsApart() throws JMSException {
        TaffrailStreamMessage message = new TaffrailStreamMessage();
        message.writeBytes(new byte[] {1});
        message.writeBytes(new byte[0]);
        message.writeBytes(null);
        message.writeBytes(new byte[] {9, 2, 9}, 1, 1);
        message.reset();
        byte[] buffer = new byte[2];

        assertEquals(1, message.readBytes(buffer));
        assertEquals(0, message.readBytes(buffer));
        assertEquals(-1, message.readBytes(buffer));
        assertEquals(1, message.readBytes(buffer));
        assertEquals(2, buffer[0]);
        assertThrows(MessageEOFException.class, () -> message.readBytes(buffer));
    }

    @Test
    void streamBytesIntoAnEmptyBufferLoseNothing() throws JMSException {
        TaffrailStreamMessage message = new TaffrailStreamMessage();
        message.writeBytes(new byte[] {1, 2});
        message.reset();

        assertEquals(0, message.readBytes(new byte[0]));
        assertEquals(1, message.readBytes(new byte[1]));
        assertEquals(0, message.readBytes(new byte[0]));
        byte[] rest = new byte[2];
        assertEquals(1, message.readBytes(rest));
        assertEquals(2, rest[0]);
    }

    @Test
    void streamAndMapRefuseObjectsOfOtherTypes() {
        TaffrailStreamMessage stream = new TaffrailStreamMessage();
        TaffrailMapMessage map = new TaffrailMapMessage();

        assertThrows(MessageFormatException.class, () -> stream.writeObject(new Object()));
        assertThrows(MessageFormatException.class, () -> map.setObject("e", List.of()));
        assertThrows(IndexOutOfBoundsException.class, () -> stream.writeBytes(new byte[2], 1, 2));
    }

    @Test
    void bodiesCopyBytesOnTheirWayInAndOut() throws JMSException {
        byte[] bytes = {1};
        TaffrailStreamMessage stream = new TaffrailStreamMessage();
        stream.writeBytes(bytes);
        stream.writeObject(bytes);
        TaffrailMapMessage map = new TaffrailMapMessage();
        map.setBytes("e", bytes);
        map.setObject("o", bytes);
        bytes[0] = 9;
        stream.reset();

        assertArrayEquals(new byte[] {1}, (byte[]) stream.readObject());
        assertArrayEquals(new byte[] {1}, (byte[]) stream.readObject());
        assertArrayEquals(new byte[] {1}, map.getBytes("e"));
        assertNotSame(map.getObject("o"), map.getObject("o"));
        assertArrayEquals(new byte[] {1}, (byte[]) map.getObject("o"));
    }

    @Test
    void mapIsReadAndWrittenUntilReceived() throws JMSException {
        TaffrailMapMessage map = new TaffrailMapMessage();
        for (Call write : writes(map)) {
            write.run();
        }
        assertEquals(1, map.getInt("e"));
        TaffrailMapMessage received = Transfer.sendAndReceive(map);

        assertAll(MessageNotWriteableException.class, writes(received));
        assertTrue(received.itemExists("e"));
        assertFalse(received.itemExists("f"));

        received.clearBody();
        assertFalse(received.itemExists("e"));
        received.setInt("f", 1);
        assertEquals(1, received.getInt("f"));
    }

    @Test
    void mapNamesAreNotEmptyAndNullValuesExist() throws JMSException {
        TaffrailMapMessage map = new TaffrailMapMessage();
        assertThrows(IllegalArgumentException.class, () -> map.setInt("", 1));
        assertThrows(IllegalArgumentException.class, () -> map.setInt(null, 1));

        map.setString("e", null);
        TaffrailMapMessage received = Transfer.sendAndReceive(map);

        assertTrue(received.itemExists("e"));
        assertNull(received.getString("e"));
    }

    @Test
    void textAndObjectAreReadOnlyAfterReceiveUntilCleared() throws JMSException {
        TaffrailTextMessage text = Transfer.sendAndReceive(new TaffrailTextMessage("a"));
        TaffrailObjectMessage object = Transfer.sendAndReceive(new TaffrailObjectMessage("a"));

        assertThrows(MessageNotWriteableException.class, () -> text.setText("b"));
        assertThrows(MessageNotWriteableException.class, () -> object.setObject("b"));
        assertEquals("a", text.getText());
        assertEquals("a", object.getObject());

        text.clearBody();
        object.clearBody();
        assertNull(text.getText());
        assertNull(object.getObject());
        text.setText("b");
        object.setObject("b");
        assertEquals("b", text.getText());
        assertEquals("b", object.getObject());
    }
}
