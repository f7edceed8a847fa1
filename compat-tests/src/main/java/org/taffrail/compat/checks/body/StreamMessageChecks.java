// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.StreamMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** {@link StreamMessage}: when it is readable and writeable, its end, and its order. */
final class StreamMessageChecks {
    private static void isWriteOnly(StreamMessage message, String when) {
        Fields.STREAM_READS.forEach(
                (name, read) ->
                        Expect.refused(
                                MessageNotReadableException.class,
                                name + " " + when,
                                () -> read.on(message)));
    }

    private static void isReadOnly(StreamMessage message, String when) {
        Fields.STREAM_WRITES.forEach(
                (name, write) ->
                        Expect.refused(
                                MessageNotWriteableException.class,
                                name + " " + when,
                                () -> write.on(message)));
    }

    @Check(
            section = "api:StreamMessage",
            says = "Reading a new stream throws MessageNotReadableException.")
    void isWriteOnlyWhenNew(Scene scene) throws JMSException {
        StreamMessage message = scene.session().createStreamMessage();
        isWriteOnly(message, "on a new stream");

        message.writeInt(1);

        isWriteOnly(message, "on a stream that was written to");
    }

    @Check(
            section = "api:StreamMessage",
            says = "Writing to a stream after reset() throws MessageNotWriteableException.")
    void isReadOnlyAfterReset(Scene scene) throws JMSException {
        StreamMessage message = scene.session().createStreamMessage();
        message.writeInt(1);

        message.reset();

        isReadOnly(message, "after reset()");
        Expect.equal(1, message.readInt(), "the field after the refusals");
    }

    @Check(
            section = "3.11.2",
            says = "Writing to a received stream throws MessageNotWriteableException.")
    void isReadOnlyWhenReceived(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeInt(1);

        StreamMessage received = trip.of(StreamMessage.class, message);

        isReadOnly(received, "on a received stream");
        Expect.equal(1, received.readInt(), "the field after the refusals");
    }

    @Check(
            section = "api:StreamMessage",
            says = "After clearBody a read-only stream is empty and write-only.")
    void isWriteOnlyOnceCleared(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeInt(1);

        for (StreamMessage each : List.of(trip.of(StreamMessage.class, message), message)) {
            each.clearBody();
            isWriteOnly(each, "after clearBody");
            each.writeString("new");
            each.reset();
            Expect.equal("new", each.readString(), "the field");
            Expect.refused(MessageEOFException.class, "reading on", each::readObject);
        }
    }

    @Check(section = "api:StreamMessage", says = "All methods can write to a cleared stream.")
    void takesAllWritesOnceCleared(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage received = trip.of(StreamMessage.class, trip.session().createStreamMessage());

        received.clearBody();
        for (Fields.StreamCall write : Fields.STREAM_WRITES.values()) {
            write.on(received);
        }

        received.reset();
        for (int i = 0; i < Fields.STREAM_WRITES.size(); i++) {
            Expect.notNull(received.readObject(), "field " + i);
        }
    }

    @Check(
            section = "api:StreamMessage.reset",
            says = "reset() goes back to the first field, as often as it is called.")
    void readsAgainAfterReset(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeInt(1);
        message.writeString("two");

        for (StreamMessage each : List.of(trip.of(StreamMessage.class, message), message)) {
            each.reset();
            Expect.equal(1, each.readInt(), "the first field");
            each.reset();
            Expect.equal(1, each.readInt(), "the first field again");
            Expect.equal("two", each.readString(), "the second field");
            each.reset();
            Expect.equal(1, each.readInt(), "the first field once more");
        }
    }

    @Check(
            section = "3.11",
            says = "The fields of a stream are read in the order of their writing.")
    void keepsTheOrder(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        int count = 2000;
        for (int i = 0; i < count; i++) {
            message.writeInt(i);
        }

        StreamMessage received = trip.of(StreamMessage.class, message);

        for (int i = 0; i < count; i++) {
            Expect.equal(i, received.readInt(), "field " + i);
        }
    }

    @Check(
            section = "api:StreamMessage.readInt",
            says = "Each method that reads throws MessageEOFException at the end of the stream.")
    void endsWithAnException(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeInt(1);

        for (StreamMessage each : List.of(trip.of(StreamMessage.class, message), message)) {
            each.reset();
            each.readInt();
            Fields.STREAM_READS.forEach(
                    (name, read) ->
                            Expect.refused(
                                    MessageEOFException.class,
                                    name + " at the end",
                                    () -> read.on(each)));
        }
    }

    @Check(
            section = "api:StreamMessage.readInt",
            says = "Each method that reads throws MessageEOFException on an empty stream.")
    void endsAtOnceWhereEmpty(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage received = trip.of(StreamMessage.class, trip.session().createStreamMessage());

        Fields.STREAM_READS.forEach(
                (name, read) ->
                        Expect.refused(
                                MessageEOFException.class,
                                name + " on an empty stream",
                                () -> read.on(received)));
    }

    @Check(
            section = "3.11.3",
            says = "After a MessageFormatException the same field can be read as another type.")
    void staysAtAFieldOfAnotherType(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeLong(42);
        message.writeString("next");

        StreamMessage received = trip.of(StreamMessage.class, message);

        for (String name : List.of("readBoolean", "readByte", "readInt", "readFloat", "readChar")) {
            Expect.refused(
                    MessageFormatException.class,
                    name + " of a long",
                    () -> Fields.STREAM_READS.get(name).on(received));
        }
        Expect.refused(
                MessageFormatException.class,
                "readBytes of a long",
                () -> received.readBytes(new byte[8]));
        Expect.equal(42L, received.readLong(), "the field after the refusals");
        Expect.equal("next", received.readString(), "the next field");
    }

    @Check(
            section = "3.11.3",
            says = "After a NumberFormatException the same field can be read as another type.")
    void staysAtATextThatIsNoNumber(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeString("not a number");
        message.writeString("next");

        StreamMessage received = trip.of(StreamMessage.class, message);

        for (String name :
                List.of(
                        "readByte",
                        "readShort",
                        "readInt",
                        "readLong",
                        "readFloat",
                        "readDouble")) {
            Expect.refused(
                    NumberFormatException.class,
                    name + " of a text",
                    () -> Fields.STREAM_READS.get(name).on(received));
        }
        Expect.equal("not a number", received.readString(), "the field after the refusals");
        Expect.equal("next", received.readString(), "the next field");
    }

    @Check(
            section = "api:StreamMessage.writeObject",
            says = "writeObject with any other class throws MessageFormatException.")
    void refusesOtherClasses(Scene scene) throws JMSException {
        StreamMessage message = scene.session().createStreamMessage();

        for (Object value :
                new Object[] {
                    new BigDecimal("1"),
                    new ArrayList<>(),
                    new Object(),
                    new int[] {1},
                    new Byte[] {1}
                }) {
            Expect.refused(
                    MessageFormatException.class,
                    "writeObject of a " + value.getClass().getSimpleName(),
                    () -> message.writeObject(value));
        }
        message.writeInt(1);
        message.reset();
        Expect.equal(1, message.readObject(), "the first field after the refusals");
    }

    @Check(section = "3.12", says = "Null can be written to a stream, and is read as null.")
    void keepsNull(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeString(null);
        message.writeObject(null);
        message.writeBytes(null);
        message.writeInt(1);

        for (StreamMessage each : List.of(trip.of(StreamMessage.class, message), message)) {
            each.reset();
            Expect.isNull(each.readString(), "the null String");
            Expect.isNull(each.readObject(), "the null object");
            Expect.isNull(each.readObject(), "the null bytes");
            Expect.equal(1, each.readInt(), "the field after the nulls");
        }
    }

    @Check(section = "3.11.4", says = "A stream keeps texts of any length and script.")
    void keepsTexts(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        List<String> texts =
                List.of("", "l\u00e9gende \ud83d\ude00", "\u0000", "x".repeat(300_000));
        for (String text : texts) {
            message.writeString(text);
        }

        StreamMessage received = trip.of(StreamMessage.class, message);

        for (String text : texts) {
            Expect.equal(text, received.readString(), "the field");
        }
    }

    @Check(
            section = "api:StreamMessage",
            says = "A new stream that was sent can be written to again once it was cleared.")
    void isWriteableAgainAfterTheSend(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();

        for (int i = 0; i < 3; i++) {
            message.clearBody();
            message.writeInt(i);
            Expect.equal(i, trip.of(StreamMessage.class, message).readInt(), "the field");
        }
    }
}
