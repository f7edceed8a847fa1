// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events come back as they were written; damaged ones are refused with a typed error. */
class EventCodecPropertyTest {
    /** Writes down what it hears. */
    private static final class Heard implements Event.Visitor {
        final List<String> events = new ArrayList<>();

        @Override
        public void onDestinationCreated(Event.DestinationCreated event) {
            events.add(event.toString());
        }

        @Override
        public void onDestinationDeleted(Event.DestinationDeleted event) {
            events.add(event.toString());
        }

        @Override
        public void onGroupCreated(Event.GroupCreated event) {
            events.add(event.toString());
        }

        @Override
        public void onGroupDeleted(Event.GroupDeleted event) {
            events.add(event.toString());
        }

        @Override
        public void onSettled(Event.Settled event) {
            events.add(text(event, event.ranges()));
        }

        @Override
        public void onReleased(Event.Released event) {
            events.add(text(event, event.ranges()));
        }

        @Override
        public void onProducer(Event.OfProducer event) {
            events.add(event.toString());
        }

        @Override
        public void onBranch(Event.OfBranch event) {
            events.add(event.toString());
        }

        private static String text(Event event, long[] ranges) {
            return event.toString().replaceAll("ranges=.*", "ranges=" + Arrays.toString(ranges));
        }

        @Override
        public void onExposed(Event.Exposed event) {
            events.add(event.toString());
        }

        @Override
        public void onMarked(Event.Marked event) {
            events.add(event.toString());
        }

        @Override
        public void onStarted(Event.Started event) {
            events.add(event.toString());
        }

        @Override
        public void onRestarted(Event.Restarted event) {
            events.add(event.toString());
        }

        @Override
        public void onFilled(Event.Filled event) {
            events.add(event.toString());
        }
    }

    private static Event event(Random random) {
        long destination = random.nextLong();
        long group = random.nextLong();
        switch (random.nextInt(18)) {
            case 0:
                DestinationKind kind = DestinationKind.of(random.nextInt(4));
                String name = "name \u00e9 " + random.nextInt();
                return new Event.DestinationCreated(
                        destination, random.nextLong(), group, kind, name);
            case 1:
                return new Event.DestinationDeleted(destination);
            case 2:
                return new Event.GroupCreated(
                        destination,
                        group,
                        ClientFrame.Source.values()[random.nextInt(5)],
                        random.nextBoolean() ? null : "s" + random.nextInt(),
                        random.nextBoolean() ? null : "c" + random.nextInt(),
                        random.nextBoolean() ? null : "a = " + random.nextInt(9),
                        random.nextBoolean(),
                        random.nextLong());
            case 3:
                return new Event.GroupDeleted(destination, group);
            case 4:
                long[] ranges = random.longs(2L * random.nextInt(5)).toArray();
                Event.Reason reason = Event.Reason.values()[random.nextInt(5)];
                return new Event.Settled(destination, group, reason, ranges);
            case 5:
                return new Event.Released(
                        destination,
                        group,
                        random.nextInt(),
                        random.nextLong(),
                        random.longs(2L * random.nextInt(5)).toArray());
            case 6:
                return new Event.Exposed(destination, group);
            case 7:
                return new Event.Started(
                        destination,
                        group,
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong());
            case 8:
                return new Event.Restarted(
                        destination,
                        group,
                        random.nextInt(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong());
            case 9:
                Event.Found found =
                        new Event.Found(
                                random.nextLong(),
                                random.nextLong(),
                                random.nextInt(10),
                                random.nextBoolean(),
                                random.nextLong(),
                                random.nextLong(),
                                random.nextInt());
                Event.Told told =
                        new Event.Told(random.nextLong(), random.nextLong(), random.nextBoolean());
                return new Event.Filled(
                        destination, group, told, Collections.nCopies(random.nextInt(4), found));
            case 10:
                return new Event.ProducerOpened(
                        group,
                        new Producer.Identity(
                                random.nextBoolean() ? null : "u" + random.nextInt(),
                                random.nextLong(),
                                random.nextLong()));
            case 11:
                return new Event.ProducerEnded(group, group % 2 == 0);
            case 12:
                ErrorCode code = ErrorCode.values()[random.nextInt(ErrorCode.values().length)];
                Producer.Refused refused =
                        new Producer.Refused(random.nextLong(), random.nextLong(), code, null);
                return new Event.SendsRefused(
                        group, Collections.nCopies(random.nextInt(4), refused));
            case 13:
                return new Event.Committed(group, random.nextLong());
            case 14:
                return new Event.BranchPrepared(branch(random));
            case 15:
                return new Event.BranchEnded(group, random.nextBoolean(), random.nextBoolean());
            case 16:
                return new Event.BranchForgotten(group);
            default:
                return new Event.Marked(destination, group, random.nextLong());
        }
    }

    private static Branch branch(Random random) {
        byte[] global = new byte[1 + random.nextInt(Xid.PART_BYTES_MAX)];
        byte[] qualifier = new byte[random.nextInt(Xid.PART_BYTES_MAX + 1)];
        random.nextBytes(global);
        random.nextBytes(qualifier);
        Branch.Name name =
                new Branch.Name(
                        random.nextBoolean() ? null : "u" + random.nextInt(),
                        new Xid(random.nextInt(Integer.MAX_VALUE), global, qualifier));
        Map<Long, Integer> records = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            records.put(random.nextLong(), random.nextInt());
        }
        Branch.Accepted accepted =
                new Branch.Accepted(
                        random.nextLong(),
                        random.nextLong(),
                        random.longs(2L * random.nextInt(4)).toArray());
        return new Branch(
                random.nextLong(),
                new Branch.Origin(name, random.nextLong(), random.nextLong(), random.nextLong()),
                new Branch.Content(
                        random.nextLong(),
                        random.nextLong(),
                        records,
                        Collections.nCopies(random.nextInt(4), accepted)));
    }

    @Property(tries = 500)
    void comeBackAsTheyWereWritten(@ForAll long seed) {
        Random random = new Random(seed);
        Heard written = new Heard();
        ByteSink sink = new ByteSink(16);
        for (int i = random.nextInt(10); i > 0; i--) {
            Event event = event(random);
            event.accept(written);
            EventCodec.write(event, sink);
        }

        Heard read = new Heard();
        EventCodec.readAll(sink.array(), 0, sink.length(), read);

        assertEquals(written.events, read.events);
    }

    @Property(tries = 3000)
    void damagedOnesAreRefusedOrRead(@ForAll long seed) {
        Random random = new Random(seed);
        ByteSink sink = new ByteSink(16);
        for (int i = random.nextInt(4); i >= 0; i--) {
            EventCodec.write(event(random), sink);
        }
        byte[] bytes = sink.toByteArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;

        try {
            EventCodec.readAll(bytes, 0, length, new Heard());
        } catch (WireException refused) {
            assertEquals(
                    true,
                    refused.code() == ErrorCode.MALFORMED
                            || refused.code() == ErrorCode.UNKNOWN_MANDATORY,
                    refused.code().toString());
        }
    }

    @Test
    void anUnknownEventIsRefusedUnlessItSaysThatItMayBeSkipped() {
        ByteSink sink = new ByteSink(16);
        sink.putInt(16);
        sink.putByte(99);
        sink.putByte(0);
        sink.putShort(0);
        sink.putLong(1);
        EventCodec.write(new Event.Exposed(1, 2), sink);
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> EventCodec.readAll(sink.array(), 0, sink.length(), new Heard()));
        assertEquals(ErrorCode.UNKNOWN_MANDATORY, refused.code());

        sink.array()[5] = 1;
        Heard heard = new Heard();
        EventCodec.readAll(sink.array(), 0, sink.length(), heard);

        assertEquals(List.of(new Event.Exposed(1, 2).toString()), heard.events);
    }
}
