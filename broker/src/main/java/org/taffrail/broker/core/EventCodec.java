// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.Bytes;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.ArrayList;
import java.util.List;

/**
 * Events as bytes, one after the other:
 *
 * <pre>
 *       +---------------+---+---+-------+---------------
 *       | event bytes   |typ|flg| zero  | fields ...
 *       +---------------+---+---+-------+---------------
 *  flg bit 0: optional, a reader that doesn't know the type skips the event; all others are zero
 * </pre>
 */
final class EventCodec {
    private static final int HEADER_BYTES = 8;
    private static final int OPTIONAL = 1;

    /** What an entry of {@link Event.Filled} has. */
    static final int FOUND_BYTES = 38;

    private static final int DESTINATION_CREATED = 1;
    private static final int DESTINATION_DELETED = 2;
    private static final int GROUP_CREATED = 3;
    private static final int GROUP_DELETED = 4;
    private static final int SETTLED = 5;
    private static final int RELEASED = 6;
    private static final int EXPOSED = 7;
    private static final int MARKED = 8;
    private static final int STARTED = 9;
    private static final int FILLED = 10;
    private static final int RESTARTED = 11;
    private static final int PRODUCER_OPENED = 12;
    private static final int PRODUCER_ENDED = 13;
    private static final int SENDS_REFUSED = 14;
    private static final int COMMITTED = 15;
    private static final int BRANCH_PREPARED = 16;
    private static final int BRANCH_ENDED = 17;
    private static final int BRANCH_FORGOTTEN = 18;

    /** What an entry of {@link Event.SendsRefused} has. */
    private static final int REFUSED_BYTES = 17;

    private static final ClientFrame.Source[] SOURCES = ClientFrame.Source.values();
    private static final Event.Reason[] REASONS = Event.Reason.values();

    private EventCodec() {}

    static void write(Event event, ByteSink sink) {
        event.accept(new Writer(sink));
    }

    /** Applies all events of a batch, in order. */
    static void readAll(byte[] array, int at, int length, Event.Visitor visitor) {
        ByteSource source = new ByteSource(array, at, length);
        while (source.remaining() > 0) {
            int start = source.position();
            int eventBytes = source.getInt();
            int type = source.getUnsignedByte();
            int flags = source.getUnsignedByte();
            if (source.getUnsignedShort() != 0 || (flags & ~OPTIONAL) != 0) {
                throw new WireException(ErrorCode.UNKNOWN_MANDATORY, "event flags " + flags);
            }
            int body = eventBytes - HEADER_BYTES;
            int bodyAt = source.skip(body);
            Event event = read(type, new ByteSource(array, bodyAt, body));
            if (event != null) {
                event.accept(visitor);
            } else if ((flags & OPTIONAL) == 0) {
                throw new WireException(
                        ErrorCode.UNKNOWN_MANDATORY, "event type " + type + " at " + start);
            }
        }
    }

    private static Event read(int type, ByteSource source) {
        Event event = readBody(type, source);
        if (event != null) {
            source.expectEnd();
        }
        return event;
    }

    private static Event readBody(int type, ByteSource source) {
        switch (type) {
            case DESTINATION_CREATED:
                return new Event.DestinationCreated(
                        source.getLong(),
                        source.getLong(),
                        source.getLong(),
                        DestinationKind.of(source.getUnsignedByte()),
                        source.getText());
            case DESTINATION_DELETED:
                return new Event.DestinationDeleted(source.getLong());
            case GROUP_CREATED:
                return groupCreated(source);
            case GROUP_DELETED:
                return new Event.GroupDeleted(source.getLong(), source.getLong());
            case SETTLED:
                return settled(source);
            case RELEASED:
                return new Event.Released(
                        source.getLong(),
                        source.getLong(),
                        source.getInt(),
                        source.getLong(),
                        ranges(source));
            case EXPOSED:
                return new Event.Exposed(source.getLong(), source.getLong());
            case MARKED:
                return new Event.Marked(source.getLong(), source.getLong(), source.getLong());
            case STARTED:
                return new Event.Started(
                        source.getLong(),
                        source.getLong(),
                        source.getLong(),
                        source.getLong(),
                        source.getLong());
            case FILLED:
                return filled(source);
            case RESTARTED:
                return new Event.Restarted(
                        source.getLong(),
                        source.getLong(),
                        source.getInt(),
                        source.getLong(),
                        source.getLong(),
                        source.getLong());
            default:
                return readOfProducer(type, source);
        }
    }

    private static Event readOfProducer(int type, ByteSource source) {
        switch (type) {
            case PRODUCER_OPENED:
                return new Event.ProducerOpened(
                        source.getLong(),
                        new Producer.Identity(
                                source.getText(), source.getLong(), source.getLong()));
            case PRODUCER_ENDED:
                return new Event.ProducerEnded(source.getLong(), source.getBoolean());
            case SENDS_REFUSED:
                return sendsRefused(source);
            case COMMITTED:
                return new Event.Committed(source.getLong(), source.getLong());
            default:
                return readOfBranch(type, source);
        }
    }

    private static Event readOfBranch(int type, ByteSource source) {
        switch (type) {
            case BRANCH_PREPARED:
                return new Event.BranchPrepared(Branch.read(source));
            case BRANCH_ENDED:
                return new Event.BranchEnded(
                        source.getLong(), source.getBoolean(), source.getBoolean());
            case BRANCH_FORGOTTEN:
                return new Event.BranchForgotten(source.getLong());
            default:
                return null;
        }
    }

    private static Event sendsRefused(ByteSource source) {
        long producer = source.getLong();
        int count = source.getCount(source.remaining() / REFUSED_BYTES, "refused sends");
        List<Producer.Refused> refused = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            refused.add(
                    new Producer.Refused(
                            source.getLong(),
                            source.getLong(),
                            ErrorCode.of(source.getUnsignedByte()),
                            null));
        }
        return new Event.SendsRefused(producer, refused);
    }

    private static Event groupCreated(ByteSource source) {
        return new Event.GroupCreated(
                source.getLong(),
                source.getLong(),
                SOURCES[bounded(source.getUnsignedByte(), SOURCES.length)],
                source.getText(),
                source.getText(),
                source.getText(),
                source.getBoolean(),
                source.getLong());
    }

    private static Event settled(ByteSource source) {
        long destination = source.getLong();
        long group = source.getLong();
        Event.Reason reason = REASONS[bounded(source.getUnsignedByte(), REASONS.length)];
        return new Event.Settled(destination, group, reason, ranges(source));
    }

    private static Event filled(ByteSource source) {
        long destination = source.getLong();
        long group = source.getLong();
        Event.Told told = new Event.Told(source.getLong(), source.getLong(), source.getBoolean());
        int count = source.getCount(source.remaining() / FOUND_BYTES, "stretches");
        List<Event.Found> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.add(
                    new Event.Found(
                            source.getLong(),
                            source.getLong(),
                            bounded(source.getUnsignedByte(), Position.PRIORITIES),
                            source.getBoolean(),
                            source.getLong(),
                            source.getLong(),
                            source.getInt()));
        }
        return new Event.Filled(destination, group, told, found);
    }

    static long[] ranges(ByteSource source) {
        int bounds = source.getCount(source.remaining() / 8, "bounds of ranges");
        long[] ranges = new long[bounds];
        for (int i = 0; i < bounds; i++) {
            ranges[i] = source.getLong();
        }
        return ranges;
    }

    private static int bounded(int value, int count) {
        if (value >= count) {
            throw WireException.malformed("a number " + value + " of " + count + " in an event");
        }
        return value;
    }

    static void putRanges(ByteSink sink, long[] ranges) {
        sink.putInt(ranges.length);
        for (long bound : ranges) {
            sink.putLong(bound);
        }
    }

    /** Writes each event. */
    private record Writer(ByteSink sink)
            implements Event.Visitor, Event.ProducerVisitor, Event.BranchVisitor {
        @Override
        public void onDestinationCreated(Event.DestinationCreated event) {
            int at = begin(DESTINATION_CREATED, event);
            sink.putLong(event.partition());
            sink.putLong(event.group());
            sink.putByte(event.kind().ordinal());
            sink.putText(event.name());
            end(at);
        }

        @Override
        public void onDestinationDeleted(Event.DestinationDeleted event) {
            end(begin(DESTINATION_DELETED, event));
        }

        @Override
        public void onGroupCreated(Event.GroupCreated event) {
            int at = begin(GROUP_CREATED, event);
            sink.putLong(event.group());
            sink.putByte(event.source().ordinal());
            sink.putText(event.name());
            sink.putText(event.clientId());
            sink.putText(event.selector());
            sink.putBoolean(event.noLocal());
            sink.putLong(event.startOffset());
            end(at);
        }

        @Override
        public void onGroupDeleted(Event.GroupDeleted event) {
            int at = begin(GROUP_DELETED, event);
            sink.putLong(event.group());
            end(at);
        }

        @Override
        public void onSettled(Event.Settled event) {
            int at = begin(SETTLED, event);
            sink.putLong(event.group());
            sink.putByte(event.reason().ordinal());
            putRanges(sink, event.ranges());
            end(at);
        }

        @Override
        public void onReleased(Event.Released event) {
            int at = begin(RELEASED, event);
            sink.putLong(event.group());
            sink.putInt(event.count());
            sink.putLong(event.dueMs());
            putRanges(sink, event.ranges());
            end(at);
        }

        @Override
        public void onExposed(Event.Exposed event) {
            int at = begin(EXPOSED, event);
            sink.putLong(event.group());
            end(at);
        }

        @Override
        public void onMarked(Event.Marked event) {
            int at = begin(MARKED, event);
            sink.putLong(event.group());
            sink.putLong(event.below());
            end(at);
        }

        @Override
        public void onStarted(Event.Started event) {
            int at = begin(STARTED, event);
            sink.putLong(event.group());
            sink.putLong(event.cursor());
            sink.putLong(event.keptFrom());
            sink.putLong(event.notBeforeMs());
            end(at);
        }

        @Override
        public void onRestarted(Event.Restarted event) {
            int at = begin(RESTARTED, event);
            sink.putLong(event.group());
            sink.putInt(event.number());
            sink.putLong(event.cursor());
            sink.putLong(event.keptFrom());
            sink.putLong(event.notBeforeMs());
            end(at);
        }

        @Override
        public void onFilled(Event.Filled event) {
            int at = begin(FILLED, event);
            sink.putLong(event.group());
            sink.putLong(event.told().from());
            sink.putLong(event.told().upTo());
            sink.putBoolean(event.told().all());
            sink.putInt(event.found().size());
            for (Event.Found found : event.found()) {
                sink.putLong(found.first());
                sink.putLong(found.last());
                sink.putByte(found.priority());
                sink.putBoolean(found.persistent());
                sink.putLong(found.expirationMs());
                sink.putLong(found.deliveryTimeMs());
                sink.putInt(found.parts());
            }
            end(at);
        }

        @Override
        public void onProducer(Event.OfProducer event) {
            event.accept((Event.ProducerVisitor) this);
        }

        @Override
        public void onProducerOpened(Event.ProducerOpened event) {
            int at = begin(PRODUCER_OPENED, event.producer());
            sink.putText(event.identity().user());
            sink.putLong(event.identity().instanceHigh());
            sink.putLong(event.identity().instanceLow());
            end(at);
        }

        @Override
        public void onProducerEnded(Event.ProducerEnded event) {
            int at = begin(PRODUCER_ENDED, event.producer());
            sink.putBoolean(event.forgotten());
            end(at);
        }

        @Override
        public void onSendsRefused(Event.SendsRefused event) {
            int at = begin(SENDS_REFUSED, event.producer());
            sink.putInt(event.refused().size());
            for (Producer.Refused one : event.refused()) {
                sink.putLong(one.first());
                sink.putLong(one.last());
                sink.putByte(one.code().number());
            }
            end(at);
        }

        @Override
        public void onCommitted(Event.Committed event) {
            int at = begin(COMMITTED, event.producer());
            sink.putLong(event.transaction());
            end(at);
        }

        @Override
        public void onBranch(Event.OfBranch event) {
            event.accept((Event.BranchVisitor) this);
        }

        @Override
        public void onBranchPrepared(Event.BranchPrepared event) {
            int at = begin(BRANCH_PREPARED, event.prepared().id);
            event.prepared().write(sink);
            end(at);
        }

        @Override
        public void onBranchEnded(Event.BranchEnded event) {
            int at = begin(BRANCH_ENDED, event.branch());
            sink.putBoolean(event.committed());
            sink.putBoolean(event.byOperator());
            end(at);
        }

        @Override
        public void onBranchForgotten(Event.BranchForgotten event) {
            end(begin(BRANCH_FORGOTTEN, event.branch()));
        }

        private int begin(int type, Event event) {
            return begin(type, event.destination());
        }

        private int begin(int type, long first) {
            int at = sink.length();
            sink.putInt(0);
            sink.putInt(type);
            sink.putLong(first);
            return at;
        }

        private void end(int at) {
            Bytes.putInt(sink.array(), at, sink.length() - at);
        }
    }
}
