// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Elements;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@link MapMessage}. */
final class MapMessageChecks {
    private static final Map<String, Setter> SETTERS = setters();

    private interface Setter {
        void set(MapMessage message, String name) throws JMSException;
    }

    private static Map<String, Setter> setters() {
        Map<String, Setter> all = new LinkedHashMap<>();
        all.put("setBoolean", (map, name) -> map.setBoolean(name, true));
        all.put("setByte", (map, name) -> map.setByte(name, (byte) 1));
        all.put("setShort", (map, name) -> map.setShort(name, (short) 1));
        all.put("setChar", (map, name) -> map.setChar(name, '1'));
        all.put("setInt", (map, name) -> map.setInt(name, 1));
        all.put("setLong", (map, name) -> map.setLong(name, 1));
        all.put("setFloat", (map, name) -> map.setFloat(name, 1));
        all.put("setDouble", (map, name) -> map.setDouble(name, 1));
        all.put("setString", (map, name) -> map.setString(name, "1"));
        all.put("setBytes", (map, name) -> map.setBytes(name, new byte[] {1}));
        all.put("setBytes(part)", (map, name) -> map.setBytes(name, new byte[] {1, 2}, 0, 1));
        all.put("setObject", (map, name) -> map.setObject(name, 1));
        return all;
    }

    private static Set<Object> names(MapMessage message) throws JMSException {
        return new HashSet<>(Elements.of(message.getMapNames()));
    }

    @Check(section = "api:MapMessage.getMapNames", says = "getMapNames returns all names of a map.")
    void listsNames(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        Expect.equal(Set.of(), names(message), "the names in a new map");
        for (String setter : SETTERS.keySet()) {
            SETTERS.get(setter).set(message, setter);
        }

        for (MapMessage each : List.of(trip.of(MapMessage.class, message), message)) {
            Expect.equal(SETTERS.keySet(), names(each), "the names");
        }
    }

    @Check(
            section = "api:MapMessage.itemExists",
            says = "itemExists is true for the names that were set, and for no others.")
    void tellsWhatExists(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setInt("set", 1);

        for (MapMessage each : List.of(trip.of(MapMessage.class, message), message)) {
            Expect.equal(true, each.itemExists("set"), "itemExists(\"set\")");
            Expect.equal(false, each.itemExists("Set"), "itemExists(\"Set\")");
            Expect.equal(false, each.itemExists("none"), "itemExists(\"none\")");
        }
    }

    @Check(
            section = "api:MapMessage.setInt",
            says = "Setting an entry whose name is null throws IllegalArgumentException.")
    void refusesNullNames(Scene scene) throws JMSException {
        refusesName(scene.session().createMapMessage(), null);
    }

    @Check(
            section = "api:MapMessage.setInt",
            says = "Setting an entry whose name is empty throws IllegalArgumentException.")
    void refusesEmptyNames(Scene scene) throws JMSException {
        refusesName(scene.session().createMapMessage(), "");
    }

    private static void refusesName(MapMessage message, String name) {
        SETTERS.forEach(
                (setter, entry) ->
                        Expect.refused(
                                IllegalArgumentException.class,
                                setter + " with the name " + name,
                                () -> entry.set(message, name)));
    }

    @Check(section = "api:MapMessage", says = "An entry's name can be any text that is not empty.")
    void takesAnyName(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        List<String> names =
                List.of(
                        " ",
                        "two words",
                        "1",
                        "NULL",
                        "a.b-c",
                        "\u4ef7\ud83d\ude00",
                        "JMSX",
                        "\u0000");
        for (String name : names) {
            message.setString(name, "of " + name);
        }

        MapMessage received = trip.of(MapMessage.class, message);

        for (String name : names) {
            Expect.equal("of " + name, received.getString(name), "the entry " + name);
        }
    }

    @Check(
            section = "api:MapMessage.setObject",
            says = "The value that was set last is the entry's value.")
    void replacesValues(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();

        message.setInt("key", 1);
        message.setString("key", "two");

        for (MapMessage each : List.of(trip.of(MapMessage.class, message), message)) {
            Expect.equal("two", each.getObject("key"), "the entry");
            Expect.equal(Set.of("key"), names(each), "the names");
        }
    }

    @Check(
            section = "api:MapMessage.setObject",
            says = "setObject with any other class throws MessageFormatException.")
    void refusesOtherClasses(Scene scene) throws JMSException {
        MapMessage message = scene.session().createMapMessage();

        for (Object value :
                new Object[] {
                    new BigDecimal("1"),
                    new ArrayList<>(),
                    new Object(),
                    new StringBuilder("x"),
                    new int[] {1},
                    new Byte[] {1}
                }) {
            Expect.refused(
                    MessageFormatException.class,
                    "setObject of a " + value.getClass().getSimpleName(),
                    () -> message.setObject("key", value));
        }
        Expect.equal(false, message.itemExists("key"), "itemExists after the refusals");
    }

    @Check(
            section = "api:MapMessage.setBytes",
            says = "setBytes copies its array: changing it later changes no entry.")
    void copiesBytesWhenSet(Scene scene) throws JMSException {
        MapMessage message = scene.session().createMapMessage();
        byte[] bytes = {1, 2, 3};

        message.setBytes("bytes", bytes);
        message.setObject("object", bytes);
        bytes[0] = 9;

        Expect.equal((byte) 1, message.getBytes("bytes")[0], "the first byte that was set");
        Expect.equal((byte) 1, message.getBytes("object")[0], "the first byte of the object");
    }

    @Check(section = "3.12", says = "getBytes and getObject return copies of an entry's bytes.")
    void copiesBytesWhenGot(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setBytes("bytes", new byte[] {1, 2, 3});

        for (MapMessage each : List.of(trip.of(MapMessage.class, message), message)) {
            each.getBytes("bytes")[0] = 9;
            ((byte[]) each.getObject("bytes"))[0] = 9;
            Expect.equal((byte) 1, each.getBytes("bytes")[0], "the first byte that is got next");
        }
    }

    @Check(
            section = "api:MapMessage.setBytes",
            says = "setBytes takes the given part of an array, and no more.")
    void takesAPartOfAnArray(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        byte[] bytes = {1, 2, 3, 4};
        message.setBytes("middle", bytes, 1, 2);
        message.setBytes("none", bytes, 4, 0);
        message.setBytes("all", bytes, 0, 4);

        for (MapMessage each : List.of(trip.of(MapMessage.class, message), message)) {
            is(new byte[] {2, 3}, each, "middle");
            is(new byte[0], each, "none");
            is(bytes, each, "all");
        }
    }

    private static void is(byte[] expected, MapMessage map, String name) throws JMSException {
        Expect.that(
                Arrays.equals(expected, map.getBytes(name)), "the bytes of " + name + " differ");
    }

    @Check(
            section = "3.11.2",
            says = "Setting entries of a received map throws MessageNotWriteableException.")
    void isReadOnlyWhenReceived(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("key", "old");
        MapMessage received = trip.of(MapMessage.class, message);

        SETTERS.forEach(
                (setter, entry) ->
                        Expect.refused(
                                MessageNotWriteableException.class,
                                setter + " on a received map",
                                () -> entry.set(received, "key")));

        Expect.equal("old", received.getObject("key"), "the entry after the refusals");
    }

    @Check(section = "3.11.2", says = "After clearBody a received map is empty and can be filled.")
    void isWriteableOnceCleared(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("old", "x");
        MapMessage received = trip.of(MapMessage.class, message);

        received.clearBody();
        Expect.equal(Set.of(), names(received), "the names after clearBody");
        for (String setter : SETTERS.keySet()) {
            SETTERS.get(setter).set(received, setter);
        }

        Expect.equal(SETTERS.keySet(), names(received), "the names");
    }

    @Check(section = "3.11.1", says = "clearBody empties a map.")
    void clears(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("key", "x");

        message.clearBody();

        Expect.equal(false, message.itemExists("key"), "itemExists");
        Expect.equal(Set.of(), names(trip.of(MapMessage.class, message)), "the received names");
    }

    @Check(
            section = "api:MapMessage",
            says = "The sender can go on filling a map that it has sent.")
    void isWriteableAfterTheSend(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();

        for (String setter : SETTERS.keySet()) {
            trip.of(message);
            SETTERS.get(setter).set(message, setter);
        }

        Expect.equal(SETTERS.keySet(), names(message), "the names after as many sends");
    }

    @Check(section = "3.11.4", says = "A map can have many entries and large ones.")
    void keepsALargeMap(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        for (int i = 0; i < 1000; i++) {
            message.setInt("entry " + i, i);
        }
        message.setString("text", "x".repeat(300_000));

        MapMessage received = trip.of(MapMessage.class, message);

        Expect.equal(1001, names(received).size(), "how many names there are");
        Expect.equal(999, received.getObject("entry 999"), "an entry");
        Expect.equal(300_000, received.getString("text").length(), "the length of the large one");
    }

    @Check(
            section = "3.12",
            says = "An entry that was set to null exists and is null, also when received.",
            strength = Strength.COMMON_PRACTICE)
    void keepsNullEntries(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        MapMessage message = trip.session().createMapMessage();
        message.setString("string", null);
        message.setBytes("bytes", null);
        message.setObject("object", null);

        for (MapMessage each : List.of(trip.of(MapMessage.class, message), message)) {
            for (String name : List.of("string", "bytes", "object")) {
                Expect.equal(true, each.itemExists(name), "itemExists(" + name + ")");
                Expect.isNull(each.getObject(name), name);
            }
        }
    }
}
