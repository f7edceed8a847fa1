// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.conversion;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;

import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.Arrays;
import java.util.List;

/**
 * Writes values of one kind and reads them as all kinds: from the message that was written, and
 * from the one that is received after it was sent. What fails names the cell of the table.
 */
final class Conversion {
    private final Medium medium;
    private final RoundTrip trip;

    Conversion(Scene scene, Medium medium) throws JMSException {
        this.medium = medium;
        this.trip = RoundTrip.on(scene);
        // Many messages, of which only the values matter.
        trip.producer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
    }

    private interface Reader {
        void read(Message message, String state) throws JMSException;
    }

    /** Expects that values of one kind can be read as what their row of the table says. */
    void reads(Object... values) throws JMSException {
        for (Object value : values) {
            readsRow(medium.write(trip.session(), Kind.of(value), value), value);
        }
    }

    /** Expects the same of values that were set as objects. */
    void readsObjects(Object... values) throws JMSException {
        for (Object value : values) {
            readsRow(medium.writeAsObject(trip.session(), value), value);
        }
    }

    private void readsRow(Message written, Object value) throws JMSException {
        bothWays(
                written,
                (message, state) -> {
                    for (Kind kind : Kind.of(value).readableAs()) {
                        if (medium.kinds().contains(kind)) {
                            same(kind.from(value), message, kind, cell(state, value, kind));
                        }
                    }
                });
    }

    /** Expects that a text can be read as one kind. */
    void readsText(String text, Kind as) throws JMSException {
        bothWays(
                medium.write(trip.session(), Kind.STRING, text),
                (message, state) -> same(as.from(text), message, as, cell(state, text, as)));
    }

    /** Expects that reading a value as what its row of the table leaves empty is refused. */
    void refusesOthers(Object value) throws JMSException {
        Kind written = Kind.of(value);
        bothWays(
                medium.write(trip.session(), written, value),
                (message, state) -> {
                    for (Kind kind : medium.kinds()) {
                        if (!written.readableAs().contains(kind)) {
                            Expect.refused(
                                    MessageFormatException.class,
                                    cell(state, value, kind),
                                    () -> medium.read(message, kind));
                        }
                    }
                });
    }

    /** Expects that a text that is no such number can't be read as one. */
    void refusesText(String text, Kind... kinds) throws JMSException {
        bothWays(
                medium.write(trip.session(), Kind.STRING, text),
                (message, state) -> {
                    for (Kind kind : kinds) {
                        Expect.refused(
                                NumberFormatException.class,
                                cell(state, text, kind),
                                () -> medium.read(message, kind));
                    }
                });
    }

    /** Expects of a null what the {@code valueOf} of one kind does with null. */
    void readsNull(Message message, Kind kind) throws JMSException {
        bothWays(message, (each, state) -> readsNull(each, kind, state + " null as " + kind));
    }

    private void readsNull(Message message, Kind kind, String cell) throws JMSException {
        Object expected;
        try {
            expected = kind.from(null);
        } catch (NullPointerException | NumberFormatException e) {
            Expect.refused(e.getClass(), cell, () -> medium.read(message, kind));
            return;
        }
        same(expected, message, kind, cell);
    }

    /** Expects that a value keeps its class when written and read as an object. */
    void keepsClass(Object... values) throws JMSException {
        for (Object value : values) {
            Kind kind = Kind.of(value);
            List<Message> written =
                    List.of(
                            medium.write(trip.session(), kind, value),
                            medium.writeAsObject(trip.session(), value));
            for (Message each : written) {
                bothWays(
                        each,
                        (message, state) -> {
                            String cell = cell(state, value, kind) + " by the object method";
                            equal(value, medium.readAsObject(message), cell);
                            same(value, message, kind, cell(state, value, kind));
                        });
            }
        }
    }

    /** Returns a new message whose value is null, set as a text. */
    Message nullText() throws JMSException {
        return medium.write(trip.session(), Kind.STRING, null);
    }

    /** Returns a new message whose value is null, set as an object. */
    Message nullObject() throws JMSException {
        return medium.writeAsObject(trip.session(), null);
    }

    /** Returns a new message whose value is a byte array that is null. */
    Message nullBytes() throws JMSException {
        return medium.write(trip.session(), Kind.BYTES, null);
    }

    /** Returns where messages are created and sent. */
    RoundTrip trip() {
        return trip;
    }

    private void bothWays(Message message, Reader reader) throws JMSException {
        Message received = trip.of(message);
        reader.read(message, "written");
        reader.read(received, "received");
    }

    private void same(Object expected, Message message, Kind kind, String cell)
            throws JMSException {
        equal(expected, medium.read(message, kind), cell);
    }

    private static void equal(Object expected, Object actual, String cell) {
        if (expected instanceof byte[] bytes && actual instanceof byte[] other) {
            Expect.that(
                    Arrays.equals(bytes, other), cell + ": the bytes are not those that were set");
        } else {
            Expect.equal(expected, actual, cell);
        }
    }

    private String cell(String state, Object value, Kind read) {
        Kind written = Kind.of(value);
        String shown = written == Kind.BYTES ? "some" : "\"" + value + "\"";
        return state + " " + medium + ", " + written + " " + shown + " read as " + read;
    }
}
