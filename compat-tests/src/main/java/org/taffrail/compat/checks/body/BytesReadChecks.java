// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.Arrays;
import java.util.List;

/** {@link BytesMessage}: reading. */
final class BytesReadChecks {
    private static BytesMessage received(Scene scene, byte... body) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeBytes(body);
        return trip.of(BytesMessage.class, message);
    }

    private static void reads(byte[] expected, int count, byte[] buffer) {
        Expect.equal(expected.length, count, "what readBytes returned");
        Expect.equal(
                Arrays.toString(expected),
                Arrays.toString(Arrays.copyOf(buffer, count)),
                "the bytes");
    }

    @Check(section = "3.11.4", says = "All types that are written to a BytesMessage can be read.")
    void readsWhatWasWritten(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeBoolean(true);
        message.writeByte(Byte.MIN_VALUE);
        message.writeShort(Short.MIN_VALUE);
        message.writeChar('\uffff');
        message.writeInt(Integer.MIN_VALUE);
        message.writeLong(Long.MIN_VALUE);
        message.writeFloat(Float.MIN_VALUE);
        message.writeDouble(Double.MAX_VALUE);
        message.writeUTF("l\u00e9gende \u0000 \ud83d\ude00");

        for (BytesMessage each : List.of(trip.of(BytesMessage.class, message), message)) {
            each.reset();
            Expect.equal(true, each.readBoolean(), "the boolean");
            Expect.equal(Byte.MIN_VALUE, each.readByte(), "the byte");
            Expect.equal(Short.MIN_VALUE, each.readShort(), "the short");
            Expect.equal('\uffff', each.readChar(), "the char");
            Expect.equal(Integer.MIN_VALUE, each.readInt(), "the int");
            Expect.equal(Long.MIN_VALUE, each.readLong(), "the long");
            Expect.equal(Float.MIN_VALUE, each.readFloat(), "the float");
            Expect.equal(Double.MAX_VALUE, each.readDouble(), "the double");
            Expect.equal("l\u00e9gende \u0000 \ud83d\ude00", each.readUTF(), "the text");
        }
    }

    @Check(
            section = "api:BytesMessage.readUnsignedByte",
            says = "Bytes and shorts can be read as signed and as unsigned numbers.")
    void readsUnsigned(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 0x80, (byte) 0xff, (byte) 0xfe);

        Expect.equal(0x80, message.readUnsignedByte(), "the byte, unsigned");
        Expect.equal(0xfffe, message.readUnsignedShort(), "the short, unsigned");
        message.reset();
        Expect.equal((byte) 0x80, message.readByte(), "the byte");
        Expect.equal((short) 0xfffe, message.readShort(), "the short");
    }

    @Check(
            section = "api:BytesMessage.getBodyLength",
            says = "getBodyLength is the whole length, wherever reading has got to.")
    void tellsTheWholeLength(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2, (byte) 3);

        Expect.equal(3L, message.getBodyLength(), "the length");
        message.readByte();
        Expect.equal(3L, message.getBodyLength(), "the length after a read");
        message.readBytes(new byte[8]);
        Expect.equal(3L, message.getBodyLength(), "the length at the end");
    }

    @Check(
            section = "api:BytesMessage.getBodyLength",
            says = "getBodyLength of a message without bytes is 0.")
    void tellsThatItIsEmpty(Scene scene) throws JMSException {
        BytesMessage message = received(scene);

        Expect.equal(0L, message.getBodyLength(), "the length");
        Expect.equal(-1, message.readBytes(new byte[1]), "readBytes");
    }

    @Check(
            section = "api:BytesMessage.reset",
            says = "reset() goes back to the first byte, as often as it is called.")
    void readsAgainAfterReset(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2);

        for (int i = 0; i < 3; i++) {
            Expect.equal((byte) 1, message.readByte(), "the first byte");
            message.reset();
        }
        Expect.equal((short) 0x0102, message.readShort(), "both bytes");
    }

    @Check(
            section = "api:BytesMessage.readInt",
            says = "Methods that read a value throw MessageEOFException at the end of the bytes.")
    void endsWithAnException(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1);
        message.readByte();

        Fields.BYTES_READS.forEach(
                (name, read) ->
                        Expect.refused(
                                MessageEOFException.class,
                                name + " at the end",
                                () -> read.on(message)));
    }

    @Check(
            section = "api:BytesMessage.readInt",
            says = "Reading a value that the bytes end within throws MessageEOFException.")
    void endsWithinAValue(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 0);

        for (String name :
                List.of(
                        "readShort",
                        "readUnsignedShort",
                        "readChar",
                        "readInt",
                        "readLong",
                        "readFloat",
                        "readDouble",
                        "readUTF")) {
            message.reset();
            Expect.refused(
                    MessageEOFException.class,
                    name + " of one byte",
                    () -> Fields.BYTES_READS.get(name).on(message));
        }
    }

    @Check(
            section = "api:BytesMessage.readBytes",
            says = "readBytes fills a shorter array, and the next call goes on from there.")
    void fillsAShorterArray(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
        byte[] buffer = new byte[2];

        reads(new byte[] {1, 2}, message.readBytes(buffer), buffer);
        reads(new byte[] {3, 4}, message.readBytes(buffer), buffer);
        reads(new byte[] {5}, message.readBytes(buffer), buffer);
        Expect.equal(-1, message.readBytes(buffer), "readBytes at the end");
    }

    @Check(
            section = "api:BytesMessage.readBytes",
            says = "readBytes into a longer array returns what there was, and then -1.")
    void readsIntoALongerArray(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2);
        byte[] buffer = new byte[8];

        reads(new byte[] {1, 2}, message.readBytes(buffer), buffer);
        Expect.equal(-1, message.readBytes(buffer), "readBytes at the end");
    }

    @Check(
            section = "api:BytesMessage.readBytes",
            says = "readBytes into an array of just the length returns it, and then -1.")
    void readsIntoAnArrayThatFits(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2);
        byte[] buffer = new byte[2];

        reads(new byte[] {1, 2}, message.readBytes(buffer), buffer);
        Expect.equal(-1, message.readBytes(buffer), "readBytes at the end");
    }

    @Check(
            section = "api:BytesMessage.readBytes",
            says = "readBytes with a length reads as much and leaves the rest of the array alone.")
    void readsAPart(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2, (byte) 3);
        byte[] buffer = {9, 9, 9, 9};

        Expect.equal(2, message.readBytes(buffer, 2), "what readBytes returned");
        Expect.equal("[1, 2, 9, 9]", Arrays.toString(buffer), "the array");
        Expect.equal(1, message.readBytes(buffer, 4), "what readBytes returned");
        Expect.equal(-1, message.readBytes(buffer, 4), "readBytes at the end");
    }

    @Check(
            section = "api:BytesMessage.readBytes",
            says =
                    "readBytes with a length that is negative or longer than the array throws"
                            + " IndexOutOfBoundsException, and reads nothing.")
    void refusesAWrongLength(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2, (byte) 3);

        for (int length : new int[] {-1, 3, Integer.MAX_VALUE}) {
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "readBytes of " + length + " into 2",
                    () -> message.readBytes(new byte[2], length));
        }

        Expect.equal((byte) 1, message.readByte(), "the first byte after the refusals");
    }

    @Check(
            section = "3.12",
            says = "Changing the array that bytes were read into changes no message.")
    void copiesBytes(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 1, (byte) 2);
        byte[] buffer = new byte[2];
        message.readBytes(buffer);
        buffer[0] = 9;

        message.reset();

        Expect.equal((byte) 1, message.readByte(), "the first byte");
    }

    @Check(
            section = "3.11.3",
            says = "After a MessageFormatException the same bytes can be read as another type.")
    void staysAtWhatIsNoText(Scene scene) throws JMSException {
        BytesMessage message = received(scene, (byte) 0, (byte) 1, (byte) 0xff);

        Exception refusal =
                Expect.refused(JMSException.class, "readUTF of what is no text", message::readUTF);

        if (refusal instanceof MessageFormatException) {
            Expect.equal((short) 1, message.readShort(), "the bytes after the refusal");
        }
    }

    @Check(section = "3.11.4", says = "A BytesMessage of some hundred kilobytes is received whole.")
    void keepsManyBytes(Scene scene) throws JMSException {
        keeps(scene, 900_000);
    }

    @Check(
            section = "3.11.4",
            says = "A BytesMessage of a few megabytes is received whole.",
            strength = Strength.COMMON_PRACTICE)
    void keepsMegabytes(Scene scene) throws JMSException {
        keeps(scene, 3_000_000);
    }

    private static void keeps(Scene scene, int count) throws JMSException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }

        BytesMessage message = received(scene, bytes);

        byte[] read = new byte[count];
        Expect.equal((long) count, message.getBodyLength(), "the length");
        Expect.equal(count, message.readBytes(read), "what readBytes returned");
        Expect.that(Arrays.equals(bytes, read), "the bytes differ");
    }
}
