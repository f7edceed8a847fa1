// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.StreamMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.Arrays;
import java.util.List;

/** The fields of a {@link StreamMessage} that are bytes, which are read piece by piece. */
final class StreamBytesChecks {
    private static StreamMessage received(Scene scene, byte[]... fields) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        for (byte[] field : fields) {
            message.writeBytes(field);
        }
        message.writeString("next");
        return trip.of(StreamMessage.class, message);
    }

    private static void reads(byte[] expected, int bufferBytes, StreamMessage message)
            throws JMSException {
        byte[] buffer = new byte[bufferBytes];
        int count = message.readBytes(buffer);
        Expect.equal(expected.length, count, "what readBytes returned");
        Expect.that(Arrays.equals(expected, Arrays.copyOf(buffer, count)), "the bytes differ");
    }

    private static void isNext(StreamMessage message) throws JMSException {
        Expect.equal("next", message.readString(), "the next field");
    }

    @Check(
            section = "api:StreamMessage.readBytes",
            says = "readBytes returns how many bytes it has read where the buffer is longer.")
    void fitsIntoALongerBuffer(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3});

        reads(new byte[] {1, 2, 3}, 4, message);

        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.readBytes",
            says = "Where a field fills the buffer exactly, the next readBytes returns -1.")
    void endsAfterAFullBuffer(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3});

        reads(new byte[] {1, 2, 3}, 3, message);
        Expect.equal(-1, message.readBytes(new byte[3]), "the readBytes after a full buffer");

        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.readBytes",
            says = "A field that is longer than the buffer is read piece by piece.")
    void isReadInPieces(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3, 4, 5});

        reads(new byte[] {1, 2}, 2, message);
        reads(new byte[] {3, 4}, 2, message);
        reads(new byte[] {5}, 2, message);

        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.readBytes",
            says = "The pieces of a field can be read into buffers of different lengths.")
    void isReadInPiecesOfAnyLength(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3, 4, 5});

        reads(new byte[] {1}, 1, message);
        reads(new byte[] {2, 3, 4}, 3, message);
        reads(new byte[] {5}, 9, message);

        isNext(message);
    }

    @Check(section = "api:StreamMessage.readBytes", says = "readBytes of a null field returns -1.")
    void isMinusOneForNull(Scene scene) throws JMSException {
        StreamMessage message = received(scene, (byte[]) null);

        Expect.equal(-1, message.readBytes(new byte[3]), "readBytes of null");

        isNext(message);
    }

    @Check(section = "api:StreamMessage.readBytes", says = "readBytes of an empty field returns 0.")
    void isZeroForEmpty(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[0]);

        Expect.equal(0, message.readBytes(new byte[3]), "readBytes of no bytes");

        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.writeBytes",
            says = "Bytes that are written one after another are distinct fields.")
    void keepsFieldsApart(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2}, new byte[] {3});

        reads(new byte[] {1, 2}, 8, message);
        reads(new byte[] {3}, 8, message);

        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.readBytes",
            says =
                    "Reading the next field before all bytes of this one are read throws"
                            + " MessageFormatException.")
    void refusesToSkipBytes(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3});
        reads(new byte[] {1, 2}, 2, message);

        Fields.STREAM_READS.forEach(
                (name, read) -> {
                    if (!name.equals("readBytes")) {
                        Expect.refused(
                                MessageFormatException.class,
                                name + " within bytes",
                                () -> read.on(message));
                    }
                });

        reads(new byte[] {3}, 2, message);
        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.readBytes",
            says =
                    "Where a field has filled the buffer exactly, reading the next field throws"
                            + " MessageFormatException until readBytes has returned -1.")
    void asksForTheEndOfBytes(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3});
        reads(new byte[] {1, 2, 3}, 3, message);

        Expect.refused(
                MessageFormatException.class, "readString within bytes", message::readString);

        Expect.equal(-1, message.readBytes(new byte[3]), "readBytes at the field's end");
        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.readObject",
            says = "readObject returns all bytes of a field in a new array.")
    void isReadAsAnObject(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3});

        byte[] bytes = Expect.type(byte[].class, message.readObject(), "the field");

        Expect.that(Arrays.equals(new byte[] {1, 2, 3}, bytes), "the bytes differ");
        isNext(message);
    }

    @Check(
            section = "3.12",
            says = "Writing bytes copies the array, and reading them returns a copy.")
    void copiesBytes(Scene scene) throws JMSException {
        StreamMessage message = scene.session().createStreamMessage();
        byte[] bytes = {1, 2, 3};
        message.writeBytes(bytes);
        message.writeObject(bytes);
        bytes[0] = 9;

        for (int i = 0; i < 2; i++) {
            message.reset();
            for (String field : List.of("written by writeBytes", "written by writeObject")) {
                byte[] read = Expect.type(byte[].class, message.readObject(), "the field");
                Expect.equal((byte) 1, read[0], "the first byte " + field);
                read[0] = 9;
            }
        }
    }

    @Check(
            section = "api:StreamMessage.writeBytes",
            says = "writeBytes takes the given part of an array, and no more.")
    void takesAPartOfAnArray(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        StreamMessage message = trip.session().createStreamMessage();
        message.writeBytes(new byte[] {1, 2, 3, 4}, 1, 2);
        message.writeBytes(new byte[] {1, 2, 3, 4}, 4, 0);
        message.writeString("next");

        StreamMessage received = trip.of(StreamMessage.class, message);

        reads(new byte[] {2, 3}, 8, received);
        reads(new byte[0], 8, received);
        isNext(received);
    }

    @Check(
            section = "3.11.3",
            says =
                    "After readBytes was refused on a field of another type, it can be read as"
                            + " that.")
    void leavesOtherFieldsReadable(Scene scene) throws JMSException {
        StreamMessage message = received(scene);

        Expect.refused(
                MessageFormatException.class,
                "readBytes of a String",
                () -> message.readBytes(new byte[8]));

        isNext(message);
    }

    @Check(
            section = "api:StreamMessage.reset",
            says = "reset() within the bytes of a field goes back to the first field.")
    void resetsWithinBytes(Scene scene) throws JMSException {
        StreamMessage message = received(scene, new byte[] {1, 2, 3});
        reads(new byte[] {1, 2}, 2, message);

        message.reset();

        reads(new byte[] {1, 2, 3}, 4, message);
        isNext(message);
    }
}
