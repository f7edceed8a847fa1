// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.ByteSource;
import org.taffrail.wire.WireException;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A compressed set of offsets: dense stretches cost a few bytes, irregular ones about two bytes or
 * one bit each, whatever is less. Offsets are 0 or more. Not thread-safe.
 */
final class OffsetSet {
    /**
     * Offsets that share their high 32 bits; parts stand in ascending order and are never empty.
     */
    private record Part(int high, RoaringBitmap low) {}

    /** How a bitmap begins that says how many containers it has (RoaringFormatSpec, section 1). */
    private static final int COOKIE_WITHOUT_RUNS = 12346;

    /** Each container of such a bitmap has a description and an offset of four bytes each. */
    private static final int CONTAINER_BYTES_LEAST = 8;

    private final List<Part> parts = new ArrayList<>(1);

    /**
     * No offset is below this one. A dense stretch is a bitmap; who takes the first of it again and
     * again would look through all that are gone each time.
     */
    private long floor;

    boolean isEmpty() {
        return parts.isEmpty();
    }

    long size() {
        long size = 0;
        for (Part part : parts) {
            size += part.low.getLongCardinality();
        }
        return size;
    }

    void add(long offset) {
        floor = Math.min(floor, offset);
        partFor(offset).low.add((int) offset);
    }

    /** Adds all offsets from {@code first} to {@code last}, both inclusive. */
    void addRange(long first, long last) {
        floor = Math.min(floor, first);
        long from = first;
        while (from <= last) {
            long upTo = Math.min(last, from | 0xFFFF_FFFFL);
            partFor(from).low.add(from & 0xFFFF_FFFFL, (upTo & 0xFFFF_FFFFL) + 1);
            from = upTo + 1;
        }
    }

    /** Removes an offset and tells whether it was there. */
    boolean remove(long offset) {
        int at = indexOf(offset);
        if (at < 0 || !parts.get(at).low.checkedRemove((int) offset)) {
            return false;
        }
        if (parts.get(at).low.isEmpty()) {
            parts.remove(at);
        }
        return true;
    }

    /** Removes all offsets from {@code first} to {@code last}, both inclusive. */
    void removeRange(long first, long last) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            long base = join(part.high, 0);
            long from = Math.max(first, base) - base;
            long upTo = Math.min(last, base | 0xFFFF_FFFFL) - base;
            if (from <= upTo) {
                part.low.remove(from, upTo + 1);
                if (part.low.isEmpty()) {
                    parts.remove(i);
                }
            }
        }
    }

    boolean contains(long offset) {
        int at = indexOf(offset);
        return at >= 0 && parts.get(at).low.contains((int) offset);
    }

    /** Returns the lowest offset, or -1 where the set is empty. */
    long first() {
        if (parts.isEmpty()) {
            return -1;
        }
        floor = next(floor);
        return floor;
    }

    /** Returns the highest offset, or -1 where the set is empty. */
    long last() {
        if (parts.isEmpty()) {
            return -1;
        }
        Part part = parts.get(parts.size() - 1);
        return join(part.high, part.low.last());
    }

    /** Returns the lowest offset that is not below {@code from}, or -1. */
    long next(long from) {
        int high = (int) (from >>> 32);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.high == high) {
                long low = part.low.nextValue((int) from);
                if (low >= 0) {
                    return join(high, (int) low);
                }
            } else if (part.high > high) {
                return join(part.high, part.low.first());
            }
        }
        return -1;
    }

    /**
     * Returns the lowest offset that is not below {@code from} and in another set as well, or -1.
     */
    long nextAlsoIn(OffsetSet other, long from) {
        long offset = next(from);
        while (offset >= 0) {
            long there = other.next(offset);
            if (there == offset) {
                return offset;
            }
            offset = there < 0 ? -1 : next(there);
        }
        return -1;
    }

    void clear() {
        parts.clear();
    }

    boolean intersects(long first, long last) {
        long next = next(first);
        return next >= 0 && next <= last;
    }

    void forEach(LongConsumer visitor) {
        for (Part part : parts) {
            PeekableIntIterator offsets = part.low.getIntIterator();
            while (offsets.hasNext()) {
                visitor.accept(join(part.high, offsets.next()));
            }
        }
    }

    void addAll(OffsetSet other) {
        floor = Math.min(floor, other.floor);
        for (Part part : other.parts) {
            partFor(join(part.high, 0)).low.or(part.low);
        }
    }

    /** Adds those of another set from {@code first} to {@code last}, both inclusive. */
    void addAllWithin(OffsetSet other, long first, long last) {
        floor = Math.min(floor, first);
        for (Part part : other.parts) {
            long base = join(part.high, 0);
            // no further than the part goes: a range of all offsets has many thousand containers
            long from = Math.max(first - base, Integer.toUnsignedLong(part.low.first()));
            long upTo = Math.min(last - base, Integer.toUnsignedLong(part.low.last()));
            if (from <= upTo && part.low.intersects(from, upTo + 1)) {
                RoaringBitmap range = new RoaringBitmap();
                range.add(from, upTo + 1);
                range.and(part.low);
                partFor(base).low.or(range);
            }
        }
    }

    void removeAll(OffsetSet other) {
        for (Part part : other.parts) {
            int at = indexOf(join(part.high, 0));
            if (at >= 0) {
                parts.get(at).low.andNot(part.low);
                if (parts.get(at).low.isEmpty()) {
                    parts.remove(at);
                }
            }
        }
    }

    OffsetSet copy() {
        OffsetSet copy = new OffsetSet();
        for (Part part : parts) {
            copy.parts.add(new Part(part.high, part.low.clone()));
        }
        return copy;
    }

    void retainAll(OffsetSet other) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            int at = other.indexOf(join(part.high, 0));
            if (at >= 0) {
                part.low.and(other.parts.get(at).low);
            }
            if (at < 0 || part.low.isEmpty()) {
                parts.remove(i);
            }
        }
    }

    /** Adds what another set has, which must not be used any more. */
    void take(OffsetSet other) {
        if (parts.isEmpty()) {
            parts.addAll(other.parts);
            floor = other.floor;
        } else {
            addAll(other);
        }
    }

    /** Returns how many bytes {@link #write} takes at most. */
    long bytesAtMost() {
        long bytes = Integer.BYTES;
        for (Part part : parts) {
            bytes += 2 * Integer.BYTES + part.low.serializedSizeInBytes();
        }
        return bytes;
    }

    /** Writes the set, after it was given the form that takes the fewest bytes. */
    void write(ByteSink sink) {
        sink.putInt(parts.size());
        for (Part part : parts) {
            RoaringBitmap low = part.low;
            low.runOptimize();
            int bytes = low.serializedSizeInBytes();
            sink.putInt(part.high);
            sink.putInt(bytes);
            int at = sink.reserve(bytes);
            low.serialize(ByteBuffer.wrap(sink.array(), at, bytes));
            sink.length(at + bytes);
        }
    }

    static OffsetSet read(ByteSource source) {
        OffsetSet set = new OffsetSet();
        int count = source.getCount(source.remaining(), "parts of a set");
        for (int i = 0; i < count; i++) {
            int high = source.getInt();
            int bytes = source.getInt();
            int at = source.skip(bytes);
            RoaringBitmap low = readPart(ByteBuffer.wrap(source.array(), at, bytes).slice());
            boolean inOrder = i == 0 ? high >= 0 : high > set.parts.get(i - 1).high;
            if (!inOrder || low.isEmpty() || low.serializedSizeInBytes() != bytes) {
                throw WireException.malformed("part " + i + " of a set of offsets");
            }
            set.parts.add(new Part(high, low));
        }
        return set;
    }

    private static RoaringBitmap readPart(ByteBuffer bytes) {
        requireRoomForContainers(bytes.order(ByteOrder.LITTLE_ENDIAN));
        try {
            return new ImmutableRoaringBitmap(bytes).toRoaringBitmap();
        } catch (InvalidRoaringFormat | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw WireException.malformed("a set of offsets: " + e.getMessage());
        } catch (BufferUnderflowException e) {
            throw WireException.malformed("a set of offsets is cut");
        }
    }

    /** The library makes arrays of as many containers as a bitmap says, whatever it has. */
    private static void requireRoomForContainers(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (length < 2 * Integer.BYTES || bytes.getInt(0) != COOKIE_WITHOUT_RUNS) {
            return; // no bitmap, or one whose containers are at most 65,536
        }
        int containers = bytes.getInt(Integer.BYTES);
        if (containers < 0 || containers > length / CONTAINER_BYTES_LEAST) {
            throw WireException.malformed(
                    "a set of offsets: " + containers + " containers in " + length + " bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffsetSet set && parts.equals(set.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return parts.toString();
    }

    private Part partFor(long offset) {
        int high = (int) (offset >>> 32);
        int at = 0;
        while (at < parts.size() && parts.get(at).high < high) {
            at++;
        }
        if (at < parts.size() && parts.get(at).high == high) {
            return parts.get(at);
        }
        Part part = new Part(high, new RoaringBitmap());
        parts.add(at, part);
        return part;
    }

    private int indexOf(long offset) {
        int high = (int) (offset >>> 32);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).high == high) {
                return i;
            }
        }
        return -1;
    }

    private static long join(int high, int low) {
        return (long) high << 32 | low & 0xFFFF_FFFFL;
    }
}
