// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.wire.record.DestinationKind;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.naming.Reference;

class TaffrailDestinationTest {
    @Test
    void takesOptionsFromTheName() throws JMSException {
        TaffrailQueue queue = new TaffrailQueue("orders?consumer.prefetch=1&start=a%26b+c&x=");

        assertEquals("orders", queue.getQueueName());
        assertEquals(Map.of("consumer.prefetch", "1", "start", "a&b+c", "x", ""), queue.options());
        assertEquals(
                List.of("consumer.prefetch", "start", "x"), List.copyOf(queue.options().keySet()));
        assertEquals("queue://orders?consumer.prefetch=1&start=a%26b+c&x=", queue.toString());
        assertEquals(Map.of(), new TaffrailTopic("orders").options());
        assertEquals(Map.of(), new TaffrailTopic("orders?").options());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?a=1", "q?a", "q?=1", "q?a=1&", "q?a=1&a=2", "q?a=%zz"})
    @NullAndEmptySource
    void refusesWhatItCannotRead(String nameAndOptions) {
        assertThrows(IllegalArgumentException.class, () -> new TaffrailQueue(nameAndOptions));
        assertThrows(IllegalArgumentException.class, () -> new TaffrailTopic(nameAndOptions));
        for (DestinationKind kind : List.of(DestinationKind.QUEUE, DestinationKind.TOPIC)) {
            InvalidDestinationException refusal =
                    assertThrows(
                            InvalidDestinationException.class,
                            () -> TaffrailDestination.of(kind, nameAndOptions));
            assertEquals("INVALID_NAME", refusal.getErrorCode());
        }
    }

    @Test
    void isEqualByKindAndNameWhateverTheOptions() {
        Set<Destination> all = new HashSet<>();
        for (DestinationKind kind : DestinationKind.values()) {
            all.add(TaffrailDestination.physical(kind, "a"));
            all.add(TaffrailDestination.physical(kind, "b"));
        }

        assertEquals(8, all.size());
        assertEquals(new TaffrailQueue("a"), new TaffrailQueue("a?x=1"));
        assertEquals(new TaffrailQueue("a").hashCode(), new TaffrailQueue("a?x=1").hashCode());
        assertNotEquals(new TaffrailQueue("a"), new TaffrailTopic("a"));
        assertNotEquals(new TaffrailQueue("a"), (Queue) () -> "a");
    }

    @Test
    void physicalNamesAreNotTakenApart() {
        TaffrailDestination odd = TaffrailDestination.physical(DestinationKind.QUEUE, "a?b");

        assertEquals("a?b", odd.name());
        assertEquals(Map.of(), odd.options());
    }

    @Test
    void temporaryNamesAreNotTakenApart() throws JMSException {
        assertEquals("a?b", TaffrailDestination.of(DestinationKind.TEMPORARY_TOPIC, "a?b").name());
        assertThrows(
                InvalidDestinationException.class,
                () -> TaffrailDestination.of(DestinationKind.TEMPORARY_QUEUE, ""));
    }

    @ParameterizedTest
    @EnumSource
    void survivesSerialization(DestinationKind kind) throws Exception {
        for (TaffrailDestination destination :
                List.of(
                        TaffrailDestination.of(kind, "a"),
                        TaffrailDestination.of(kind, "größe"),
                        TaffrailDestination.physical(kind, "a?b"))) {
            TaffrailDestination copy = (TaffrailDestination) serialized(destination);

            assertEquals(destination, copy);
            assertEquals(destination.options(), copy.options());
            assertEquals(destination.toString(), copy.toString());
        }
        TaffrailQueue withOptions = new TaffrailQueue("a?x=1");
        assertEquals(
                withOptions.options(), ((TaffrailDestination) serialized(withOptions)).options());
    }

    private static Object serialized(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(object);
        }
        try (ObjectInputStream input =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return input.readObject();
        }
    }

    @Test
    void referenceHoldsNameAndOptions() throws Exception {
        Reference reference = new TaffrailTopic("prices?start=earliest").getReference();

        assertEquals("org.taffrail.jms.TaffrailTopic", reference.getClassName());
        assertEquals(TaffrailDestination.OBJECT_FACTORY, reference.getFactoryClassName());
        assertEquals(
                "prices?start=earliest",
                reference.get(TaffrailDestination.NAME_ADDRESS).getContent());
        assertEquals(
                "org.taffrail.jms.TaffrailQueue",
                new TaffrailQueue("a").getReference().getClassName());
    }

    private interface Both extends Queue, Topic {}

    @Test
    void knowsForeignDestinationsByTheirName() throws JMSException {
        TaffrailQueue ours = new TaffrailQueue("a?x=1");
        Both onlyTopic =
                new Both() {
                    @Override
                    public String getQueueName() {
                        return null;
                    }

                    @Override
                    public String getTopicName() {
                        return "t";
                    }
                };
        TemporaryQueue temporary =
                new TemporaryQueue() {
                    @Override
                    public void delete() {
                        throw new AssertionError("not asked for");
                    }

                    @Override
                    public String getQueueName() {
                        return "t";
                    }
                };

        assertSame(ours, TaffrailDestination.of(ours));
        assertEquals(new TaffrailQueue("q"), TaffrailDestination.of((Queue) () -> "q"));
        assertEquals(new TaffrailTopic("t"), TaffrailDestination.of((Topic) () -> "t"));
        assertEquals(new TaffrailTopic("t"), TaffrailDestination.of(onlyTopic));
        assertEquals(DestinationKind.TEMPORARY_QUEUE, TaffrailDestination.of(temporary).kind());
    }

    @Test
    void refusesForeignDestinationsWithoutAName() {
        for (Destination destination :
                new Destination[] {
                    null, new Destination() {}, (Queue) () -> null, (Topic) () -> ""
                }) {
            assertThrows(
                    InvalidDestinationException.class, () -> TaffrailDestination.of(destination));
        }
    }

    @Test
    void deletesTemporaryDestinationsThroughTheirOwner() throws JMSException {
        List<TaffrailDestination> deleted = new ArrayList<>();
        TaffrailTemporaryQueue queue = new TaffrailTemporaryQueue("tq", deleted::add);
        TaffrailTemporaryTopic topic = new TaffrailTemporaryTopic("tt", deleted::add);

        queue.delete();
        topic.delete();

        assertEquals(List.of(queue, topic), deleted);
        assertEquals("tq", queue.getQueueName());
        assertEquals("temporary-topic://tt", topic.toString());
    }

    @Test
    void whoDidNotMakeATemporaryDestinationCannotDeleteIt() {
        TaffrailTemporaryQueue received =
                (TaffrailTemporaryQueue)
                        TaffrailDestination.physical(DestinationKind.TEMPORARY_QUEUE, "t");

        JMSException refusal = assertThrows(JMSException.class, received::delete);

        assertEquals("NOT_OWNER_OF_TEMPORARY", refusal.getErrorCode());
    }
}
