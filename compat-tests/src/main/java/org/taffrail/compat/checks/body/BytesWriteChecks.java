// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.Session;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link BytesMessage}: when it is readable and writeable, and which bytes its methods write. */
final class BytesWriteChecks {
    private interface Writer {
        void write(DataOutputStream output) throws IOException;
    }

    private static void isWriteOnly(BytesMessage message, String when) {
        Fields.BYTES_READS.forEach(
                (name, read) -> isUnreadable(name + " " + when, () -> read.on(message)));
        isUnreadable("readBytes " + when, () -> message.readBytes(new byte[1]));
        isUnreadable("readBytes(part) " + when, () -> message.readBytes(new byte[1], 1));
        isUnreadable("getBodyLength " + when, message::getBodyLength);
    }

    private static void isUnreadable(String what, Expect.Action action) {
        Expect.refused(MessageNotReadableException.class, what, action);
    }

    private static void isReadOnly(BytesMessage message, String when) {
        Fields.BYTES_WRITES.forEach(
                (name, write) ->
                        Expect.refused(
                                MessageNotWriteableException.class,
                                name + " " + when,
                                () -> write.on(message)));
    }

    @Check(
            section = "api:BytesMessage",
            says = "Reading a new BytesMessage throws MessageNotReadableException.")
    void isWriteOnlyWhenNew(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();
        isWriteOnly(message, "on new bytes");

        message.writeInt(1);

        isWriteOnly(message, "on bytes that were written");
    }

    @Check(
            section = "api:BytesMessage",
            says = "Writing to a BytesMessage after reset() throws MessageNotWriteableException.")
    void isReadOnlyAfterReset(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();
        message.writeInt(1);

        message.reset();

        isReadOnly(message, "after reset()");
        Expect.equal(1, message.readInt(), "the bytes after the refusals");
    }

    @Check(
            section = "3.11.2",
            says = "Writing to a received BytesMessage throws MessageNotWriteableException.")
    void isReadOnlyWhenReceived(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeInt(1);

        BytesMessage received = trip.of(BytesMessage.class, message);

        isReadOnly(received, "on a received message");
        Expect.equal(4L, received.getBodyLength(), "the length after the refusals");
    }

    @Check(
            section = "api:BytesMessage",
            says = "After clearBody a read-only BytesMessage is empty and write-only.")
    void isWriteOnlyOnceCleared(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeInt(1);

        for (BytesMessage each : List.of(trip.of(BytesMessage.class, message), message)) {
            each.clearBody();
            isWriteOnly(each, "after clearBody");
            each.writeByte((byte) 7);
            each.reset();
            Expect.equal(1L, each.getBodyLength(), "the length");
            Expect.equal((byte) 7, each.readByte(), "the byte");
        }
    }

    @Check(
            section = "api:BytesMessage",
            says = "clearBody empties a BytesMessage that is still write-only.")
    void clears(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeInt(1);

        message.clearBody();

        Expect.equal(0L, trip.of(BytesMessage.class, message).getBodyLength(), "the length");
    }

    @Check(
            section = "api:BytesMessage",
            says = "The BytesMessage that a CompletionListener gets can be read at once.")
    void isReadableOnCompletion(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        message.writeInt(42);
        CompletableFuture<Integer> completed = new CompletableFuture<>();

        trip.producer()
                .send(
                        message,
                        new CompletionListener() {
                            @Override
                            public void onCompletion(Message sent) {
                                try {
                                    completed.complete(((BytesMessage) sent).readInt());
                                } catch (JMSException e) {
                                    completed.completeExceptionally(e);
                                }
                            }

                            @Override
                            public void onException(Message sent, Exception exception) {
                                completed.completeExceptionally(exception);
                            }
                        });

        Expect.equal(42, scene.result("the completion", completed), "what the listener has read");
    }

    private static void writes(BytesMessage message, Writer same) throws JMSException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try {
            same.write(new DataOutputStream(expected));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Expect.equal(
                Arrays.toString(expected.toByteArray()),
                Arrays.toString(bytes(message)),
                "the bytes");
    }

    private static byte[] bytes(BytesMessage message) throws JMSException {
        message.reset();
        byte[] bytes = new byte[(int) message.getBodyLength()];
        message.readBytes(bytes);
        return bytes;
    }

    @Check(
            section = "api:BytesMessage.writeBoolean",
            says = "A boolean is written as one byte: 1 for true and 0 for false.")
    void writesBooleans(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();

        message.writeBoolean(true);
        message.writeBoolean(false);

        writes(message, to -> to.write(new byte[] {1, 0}));
    }

    @Check(
            section = "api:BytesMessage.writeInt",
            says = "Integers and chars are written with the high byte first.")
    void writesTheHighByteFirst(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();

        message.writeByte((byte) -1);
        message.writeShort((short) 0x0102);
        message.writeChar('\u20ac');
        message.writeInt(0x01020304);
        message.writeLong(0x0102030405060708L);

        writes(
                message,
                to -> {
                    to.writeByte(-1);
                    to.writeShort(0x0102);
                    to.writeChar('\u20ac');
                    to.writeInt(0x01020304);
                    to.writeLong(0x0102030405060708L);
                });
    }

    @Check(
            section = "api:BytesMessage.writeFloat",
            says = "Floats and doubles are written as their bits, high byte first.")
    void writesBitsOfFloats(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();

        message.writeFloat(1.5f);
        message.writeFloat(Float.NaN);
        message.writeDouble(-2.25);
        message.writeDouble(Double.NEGATIVE_INFINITY);

        writes(
                message,
                to -> {
                    to.writeInt(Float.floatToIntBits(1.5f));
                    to.writeInt(Float.floatToIntBits(Float.NaN));
                    to.writeLong(Double.doubleToLongBits(-2.25));
                    to.writeLong(Double.doubleToLongBits(Double.NEGATIVE_INFINITY));
                });
    }

    @Check(
            section = "api:BytesMessage.writeUTF",
            says = "A text is written as its length in two bytes and its modified UTF-8.")
    void writesUtf(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();
        String text = "a\u00e9\u20ac\ud83d\ude00";

        message.writeUTF(text);

        writes(message, to -> to.writeUTF(text));
    }

    @Check(
            section = "api:BytesMessage.writeBytes",
            says = "writeBytes writes an array, or the given part of it.")
    void writesArrays(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();

        message.writeBytes(new byte[] {1, 2});
        message.writeBytes(new byte[] {3, 4, 5, 6}, 1, 2);
        message.writeBytes(new byte[0]);

        writes(message, to -> to.write(new byte[] {1, 2, 4, 5}));
    }

    @Check(
            section = "api:BytesMessage.writeObject",
            says = "writeObject writes each object as the method for its type does.")
    void writesObjects(Scene scene) throws JMSException {
        Session session = scene.session();
        BytesMessage message = session.createBytesMessage();
        BytesMessage typed = session.createBytesMessage();

        for (Object value :
                new Object[] {
                    true, (byte) 1, (short) 2, '3', 4, 5L, 6f, 7.0, "eight", new byte[] {9}
                }) {
            message.writeObject(value);
        }
        typed.writeBoolean(true);
        typed.writeByte((byte) 1);
        typed.writeShort((short) 2);
        typed.writeChar('3');
        typed.writeInt(4);
        typed.writeLong(5);
        typed.writeFloat(6);
        typed.writeDouble(7);
        typed.writeUTF("eight");
        typed.writeBytes(new byte[] {9});

        byte[] expected = bytes(typed);
        writes(message, to -> to.write(expected));
    }

    @Check(
            section = "api:BytesMessage.writeObject",
            says = "writeObject with any other class throws MessageFormatException.")
    void refusesOtherClasses(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();

        for (Object value : new Object[] {new ArrayList<>(), new Object(), new int[] {1}}) {
            Expect.refused(
                    MessageFormatException.class,
                    "writeObject of a " + value.getClass().getSimpleName(),
                    () -> message.writeObject(value));
        }
    }

    @Check(section = "3.12", says = "Writing null to a BytesMessage throws NullPointerException.")
    void refusesNull(Scene scene) throws JMSException {
        BytesMessage message = scene.session().createBytesMessage();

        Expect.refused(
                NullPointerException.class, "writeObject(null)", () -> message.writeObject(null));
        Expect.refused(NullPointerException.class, "writeUTF(null)", () -> message.writeUTF(null));
        Expect.refused(
                NullPointerException.class, "writeBytes(null)", () -> message.writeBytes(null));
        message.reset();
        Expect.equal(0L, message.getBodyLength(), "the length after the refusals");
    }

    @Check(section = "3.12", says = "writeBytes and writeObject copy their array.")
    void copiesBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        BytesMessage message = trip.session().createBytesMessage();
        byte[] bytes = new byte[10_000];
        message.writeBytes(bytes);
        message.writeObject(bytes);

        Arrays.fill(bytes, (byte) 9);

        writes(message, to -> to.write(new byte[20_000]));
    }
}
