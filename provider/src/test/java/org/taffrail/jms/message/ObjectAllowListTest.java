// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What an object message may hold when it is read, and what hostile bytes come to. */
class ObjectAllowListTest {
    private static final String HERE = ObjectAllowListTest.class.getName();

    /** Records that it was deserialized, as a gadget would do its harm. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        static boolean sprung;

        private void readObject(ObjectInputStream input) throws IOException {
            sprung = true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Gadget;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private enum Colour {
        RED
    }

    private static Serializable receive(Serializable object, ObjectAllowList allowList)
            throws JMSException {
        return read(new TaffrailObjectMessage(object), allowList);
    }

    private static Serializable read(TaffrailObjectMessage message, ObjectAllowList allowList)
            throws JMSException {
        byte[] record = Transfer.record(message, Transfer.outgoing());
        return ((TaffrailObjectMessage) Transfer.receive(record, allowList)).getObject();
    }

    static Stream<Serializable> standardValues() {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
        Set<Integer> set = new HashSet<>(list);
        Properties properties = new Properties();
        properties.put("k", "v");
        BitSet bits = new BitSet();
        bits.set(70);
        return Stream.<Object>of(
                        true,
                        (byte) 1,
                        'c',
                        (short) 1,
                        1,
                        1L,
                        1f,
                        1d,
                        "text",
                        "x".repeat(70_000),
                        BigInteger.TEN.pow(50),
                        new BigDecimal("1.50"),
                        MathContext.DECIMAL64,
                        URI.create("a:b"),
                        new java.sql.Timestamp(5),
                        new java.sql.Date(5),
                        bits,
                        Currency.getInstance("EUR"),
                        new Date(5),
                        Locale.GERMANY,
                        new UUID(1, 2),
                        Instant.EPOCH,
                        LocalDate.EPOCH,
                        Duration.ofDays(1),
                        DayOfWeek.FRIDAY,
                        ZonedDateTime.parse("2024-01-01T00:00:00+01:00[Europe/Paris]"),
                        JapaneseDate.of(2020, 1, 1),
                        list,
                        new LinkedList<>(list),
                        Arrays.asList(1, 2),
                        new Vector<>(list),
                        List.of(1),
                        List.of(1, 2, 3),
                        Set.of(1, 2, 3),
                        Map.of(1, 2),
                        Map.of(1, 2, 3, 4),
                        set,
                        new LinkedHashSet<>(set),
                        new TreeSet<>(set),
                        map,
                        new LinkedHashMap<>(map),
                        new TreeMap<>(map),
                        new Hashtable<>(map),
                        properties,
                        new ConcurrentHashMap<>(map),
                        new CopyOnWriteArrayList<>(list),
                        Collections.emptyList(),
                        Collections.emptyMap(),
                        Collections.emptySet(),
                        Collections.singletonList(1),
                        Collections.singleton(1),
                        Collections.singletonMap(1, 2),
                        Collections.unmodifiableList(list),
                        Collections.unmodifiableMap(map),
                        Collections.unmodifiableSet(set),
                        Collections.synchronizedList(list),
                        Collections.synchronizedMap(map),
                        EnumSet.of(DayOfWeek.FRIDAY),
                        new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 1)),
                        Map.entry("a", 1).getKey(),
                        new java.util.AbstractMap.SimpleEntry<>("a", 1),
                        new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                        new TreeSet<>(Collections.reverseOrder()))
                .map(Serializable.class::cast);
    }

    @ParameterizedTest
    @MethodSource("standardValues")
    void readsTheValuesOfTheJdk(Serializable value) throws JMSException {
        assertEquals(value, receive(value, ObjectAllowList.STANDARD));
    }

    @Test
    void readsArraysAndCollectionsInCollections() throws JMSException {
        int[][] numbers = {{1}, {2, 3}};
        String[] texts = {"a", null};
        HashMap<String, List<BigDecimal>> nested = new HashMap<>();
        nested.put("a", new ArrayList<>(List.of(BigDecimal.ONE)));
        HashMap<Integer, Integer> large = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            large.put(i, null);
        }

        assertArrayEquals(numbers, (int[][]) receive(numbers, ObjectAllowList.STANDARD));
        assertArrayEquals(texts, (String[]) receive(texts, ObjectAllowList.STANDARD));
        assertEquals(nested, receive(nested, ObjectAllowList.STANDARD));
        assertEquals(large, receive(large, ObjectAllowList.STANDARD));
        assertEquals(
                new ArrayDeque<>(List.of(1)).toString(),
                receive(new ArrayDeque<>(List.of(1)), ObjectAllowList.STANDARD).toString());
        assertEquals(
                4, ((AtomicInteger) receive(new AtomicInteger(4), ObjectAllowList.STANDARD)).get());
    }

    static Stream<Arguments> refusedValues() throws IOException {
        ArrayList<Object> inside = new ArrayList<>(List.of(new Gadget()));
        HashMap<Object, Object> key = new HashMap<>(Map.of(new Gadget(), 1));
        InvocationHandler handler = (InvocationHandler & Serializable) (p, m, a) -> null;
        return Stream.<Serializable>of(
                        new Gadget(),
                        new Gadget[0],
                        new Gadget[2][2],
                        inside,
                        key,
                        Colour.RED,
                        Gadget.class,
                        URI.create("http://localhost").toURL(),
                        new Random(1),
                        new IllegalStateException(),
                        (Serializable)
                                Proxy.newProxyInstance(
                                        HERE.getClass().getClassLoader(),
                                        new Class<?>[] {Comparable.class},
                                        handler))
                .map(value -> Arguments.of((Object) value));
    }

    @ParameterizedTest
    @MethodSource("refusedValues")
    void refusesAllElseAndSaysHowToAllowIt(Serializable value) throws JMSException {
        Gadget.sprung = false;

        MessageFormatException refusal =
                assertThrows(
                        MessageFormatException.class,
                        () -> receive(value, ObjectAllowList.STANDARD));

        assertTrue(refusal.getMessage().contains(ObjectAllowList.OPTION), refusal.getMessage());
        assertFalse(Gadget.sprung);
    }

    @Test
    void namesTheClassThatItRefuses() {
        MessageFormatException refusal =
                assertThrows(
                        MessageFormatException.class,
                        () -> receive(new Gadget(), ObjectAllowList.STANDARD));

        assertTrue(refusal.getMessage().contains(HERE + "$Gadget"), refusal.getMessage());
    }

    @Test
    void asksForNoClassThatItWouldRefuse() throws JMSException {
        byte[] record =
                Transfer.record(new TaffrailObjectMessage(new Gadget()), Transfer.outgoing());
        String name = HERE + "$Gadget";
        int at = new String(record, StandardCharsets.ISO_8859_1).indexOf(name);
        record[at + name.length() - 1] = 'X'; // a class that does not exist

        MessageFormatException refusal =
                assertThrows(
                        MessageFormatException.class,
                        () ->
                                ((TaffrailObjectMessage)
                                                Transfer.receive(record, ObjectAllowList.STANDARD))
                                        .getObject());

        assertTrue(refusal.getMessage().contains("$GadgeX is not allowed"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.taffrail.jms.message.ObjectAllowListTest$Gadget",
                "a.b.C, org.taffrail.jms.message.ObjectAllowListTest$Gadget ,",
                "org.taffrail.jms.message.*",
                "org.taffrail.**",
                "*"
            })
    void readsWhatWasAllowed(String patterns) throws JMSException {
        ObjectAllowList list = ObjectAllowList.of(patterns);

        assertEquals(new Gadget(), receive(new Gadget(), list));
        assertEquals(List.of(1), receive(new ArrayList<>(List.of(1)), list));
        assertEquals(1, ((Gadget[]) receive(new Gadget[] {new Gadget()}, list)).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "org.taffrail.*", "org.taffrail.jms.mess.**", "a.b.C"})
    void allowsNoMoreThanItSays(String patterns) {
        assertThrows(
                MessageFormatException.class,
                () -> receive(new Gadget(), ObjectAllowList.of(patterns)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b*", "a.*.b", "**", "*.a"})
    void refusesAPatternThatItDoesNotKnow(String patterns) {
        assertThrows(IllegalArgumentException.class, () -> ObjectAllowList.of(patterns));
    }

    @Test
    void trustsWhatTheApplicationItselfHasSet() throws JMSException {
        TaffrailObjectMessage message = new TaffrailObjectMessage(new Gadget());
        assertEquals(new Gadget(), message.getObject());

        TaffrailObjectMessage received = Transfer.sendAndReceive(message);
        received.clearBody();
        received.setObject(new Gadget());
        assertEquals(new Gadget(), received.getObject());
    }

    @Test
    void takesASnapshotAndGivesOutCopies() throws JMSException {
        ArrayList<Integer> list = new ArrayList<>(List.of(1));
        TaffrailObjectMessage message = new TaffrailObjectMessage(list);
        list.add(2);

        ((List<?>) message.getObject()).clear();

        assertEquals(List.of(1), message.getObject());
    }

    @Test
    void refusesWhatCannotBeSerialized() throws JMSException {
        TaffrailObjectMessage message = new TaffrailObjectMessage("before");
        ArrayList<Object> list = new ArrayList<>(List.of(new Object()));

        MessageFormatException refusal =
                assertThrows(MessageFormatException.class, () -> message.setObject(list));

        assertTrue(refusal.getCause() instanceof NotSerializableException);
        assertEquals("before", message.getObject());
    }

    @Test
    void refusesNestingWithoutEnd() {
        ArrayList<Object> nested = new ArrayList<>();
        for (int i = 0; i < GuardedObjectInput.DEPTH_MAX; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        ArrayList<Object> tooDeep = nested;

        assertThrows(
                MessageFormatException.class, () -> receive(tooDeep, ObjectAllowList.STANDARD));
    }

    @Test
    void refusesSetsNestedToBurnTime() {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Set<Object> leftInside = new HashSet<>();
            Set<Object> rightInside = new HashSet<>(Set.of("x"));
            left.add(leftInside);
            left.add(rightInside);
            right.add(leftInside);
            right.add(rightInside);
            left = leftInside;
            right = rightInside;
        }

        assertThrows(
                MessageFormatException.class,
                () -> receive((Serializable) root, ObjectAllowList.STANDARD));
    }

    @Test
    void refusesAnArrayLongerThanItsBytes() throws JMSException {
        byte[] record =
                Transfer.record(
                        new TaffrailObjectMessage(new int[] {0x7E7E7E7E}), Transfer.outgoing());
        // the array's length stands before its only element
        int at = record.length - 8;
        record[at] = 0x7F;

        TaffrailObjectMessage received =
                (TaffrailObjectMessage) Transfer.receive(record, ObjectAllowList.STANDARD);

        assertThrows(MessageFormatException.class, received::getObject);
    }

    /**
     * Whatever the bytes are: an object of an allowed class or the exception, never anything else.
     */
    @Property(tries = 300)
    void bytesThatWereChangedGiveTheExceptionOrAnObject(
            @ForAll byte value, @ForAll int position, @ForAll int cut) throws JMSException {
        HashMap<String, Object> object = new HashMap<>();
        object.put("list", new ArrayList<>(List.of(1, 2L, "x")));
        object.put("date", LocalDate.EPOCH);
        byte[] record = Transfer.record(new TaffrailObjectMessage(object), Transfer.outgoing());
        int bodyAt = new org.taffrail.wire.record.RecordView().wrap(record, 0).bodyAt();
        record[bodyAt + Math.floorMod(position, record.length - bodyAt)] = value;
        if (cut % 2 == 0) {
            int end = bodyAt + Math.floorMod(cut, record.length - bodyAt);
            record = Arrays.copyOf(record, end);
            org.taffrail.wire.Bytes.putInt(record, 0, end);
        }
        TaffrailObjectMessage received =
                (TaffrailObjectMessage) Transfer.receive(record, ObjectAllowList.STANDARD);
        try {
            received.getObject();
        } catch (MessageFormatException e) {
            assertEquals("MALFORMED", e.getErrorCode());
        }
    }
}
