// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A folder in memory that is as treacherous as {@link Folder} allows: a power loss keeps any
 * sectors of what was not forced and loses any others, whatever the order of the writes and the
 * file, tears some at any byte and flips bits in what they would have changed, and keeps any
 * changes of names; a failed force leaves pages that can be read and will never reach the disk, and
 * of the failure each open file is told once, as on Linux; the disk can be full; the machine can
 * stop at any operation. Not thread-safe.
 */
public final class FaultyFolder implements Folder {
    private static final int SECTOR_BYTES = 512;
    private static final Pattern NUMBER = Pattern.compile("-[0-9]+");

    private final Map<String, Node> names = new TreeMap<>();
    private final Map<String, Node> durableNames = new TreeMap<>();
    private final List<Consumer<Map<String, Node>>> unforcedNames = new ArrayList<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private boolean held;
    private long roomBytes = Long.MAX_VALUE;
    private int operations;
    private int stopAt = Integer.MAX_VALUE;
    private int nameForcesUntilStop = Integer.MAX_VALUE;
    private int forcesUntilFailure = Integer.MAX_VALUE;
    private volatile boolean readOnly;
    private volatile boolean full;
    private boolean forceFailed;
    private boolean wasFull;

    private record Write(int position, byte[] bytes) {}

    /** A file's content, whatever its name. */
    private static final class Node {
        byte[] seen = new byte[0];
        byte[] durable = new byte[0];
        final List<Write> unforced = new ArrayList<>();

        /** How many forces of it have failed. */
        int failures;

        static byte[] apply(byte[] content, Write write) {
            int end = write.position + write.bytes.length;
            byte[] result = end > content.length ? Arrays.copyOf(content, end) : content;
            System.arraycopy(write.bytes, 0, result, write.position, write.bytes.length);
            return result;
        }

        void force() {
            for (Write write : unforced) {
                durable = apply(durable, write);
            }
            unforced.clear();
        }

        Node afterKill() {
            Node copy = new Node();
            copy.seen = seen.clone();
            copy.durable = durable.clone();
            copy.unforced.addAll(unforced);
            return copy;
        }

        Node afterPowerLoss(Random random) {
            Node copy = new Node();
            int percent = new int[] {0, 10, 50, 90, 100}[random.nextInt(5)];
            byte[] left = durable.clone();
            for (Write write : unforced) {
                for (int at = 0; at < write.bytes.length; at += SECTOR_BYTES) {
                    if (random.nextInt(100) < percent) {
                        int bytes = Math.min(SECTOR_BYTES, write.bytes.length - at);
                        left = keep(left, write, at, bytes, random);
                    }
                }
            }
            copy.seen = left;
            copy.durable = left.clone();
            return copy;
        }

        /** What a sector already held survives a write of the same, torn and flipped or not. */
        private byte[] keep(byte[] left, Write write, int at, int sector, Random random) {
            int dice = random.nextInt(32);
            int bytes = dice == 0 ? 1 + random.nextInt(sector) : sector;
            byte[] kept = Arrays.copyOfRange(write.bytes, at, at + bytes);
            int position = write.position + at;
            if (dice == 1) {
                int flipped = random.nextInt(bytes);
                int before = position + flipped < durable.length ? durable[position + flipped] : 0;
                if (before != kept[flipped]) {
                    kept[flipped] ^= (byte) (1 << random.nextInt(8));
                }
            }
            return apply(left, new Write(position, kept));
        }
    }

    /** Returns the folder as the next process finds it after this one was killed. */
    public FaultyFolder afterKill() {
        FaultyFolder next = new FaultyFolder();
        Map<Node, Node> copies = new java.util.IdentityHashMap<>();
        names.forEach(
                (name, node) ->
                        next.names.put(name, copies.computeIfAbsent(node, Node::afterKill)));
        durableNames.forEach(
                (name, node) ->
                        next.durableNames.put(name, copies.computeIfAbsent(node, Node::afterKill)));
        Map<String, Node> target = next.names;
        if (!unforcedNames.isEmpty()) {
            next.unforcedNames.add(
                    map -> {
                        map.clear();
                        map.putAll(target);
                    });
        }
        return next;
    }

    /** Returns the folder as the next process finds it after the power was lost. */
    public FaultyFolder afterPowerLoss(Random random) {
        Map<String, Node> left = new TreeMap<>(durableNames);
        int percent = new int[] {0, 30, 70, 100}[random.nextInt(4)];
        for (Consumer<Map<String, Node>> change : unforcedNames) {
            if (random.nextInt(100) < percent) {
                change.accept(left);
            }
        }
        FaultyFolder next = new FaultyFolder();
        left.forEach((name, node) -> next.names.put(name, node.afterPowerLoss(random)));
        next.durableNames.putAll(next.names);
        return next;
    }

    /** Lets every operation fail from the n-th on, counted from now; the machine has stopped. */
    public void stopAfter(int operationsFromNow) {
        stopAt = operations + operationsFromNow;
    }

    /** Stops the machine before names are forced, after so many good forces of them. */
    public void stopBeforeNamesAreForced(int good) {
        nameForcesUntilStop = good;
    }

    /** Tells whether it has stopped. */
    public boolean stopped() {
        return operations >= stopAt;
    }

    /** Tells whether something has failed that a disk lets fail: a force, or all when it stops. */
    public boolean hasFailed() {
        return stopped() || forceFailed;
    }

    /** Tells whether something found no room. */
    public boolean wasFull() {
        return wasFull;
    }

    /** How many operations that change something there were. */
    public int operations() {
        return operations;
    }

    /** Lets one force of a file fail, after so many good ones. */
    public void failForceAfter(int good) {
        forcesUntilFailure = good;
    }

    /** Lets every operation fail that changes something, as when the system remounts a bad disk. */
    public void readOnly(boolean isReadOnly) {
        readOnly = isReadOnly;
    }

    /** Lets every write find no room, also in place: as on a disk that writes nothing in place. */
    public void full(boolean isFull) {
        full = isFull;
    }

    /** Says how many bytes all files together may have. */
    public void room(long bytes) {
        roomBytes = bytes;
    }

    @Override
    public DiskSpace space() {
        return new DiskSpace(Math.max(0, roomBytes - usedBytes()), roomBytes);
    }

    @Override
    public long usedBytes() {
        return names.values().stream().mapToLong(node -> node.seen.length).sum();
    }

    /** Returns a file's content as it is seen; changes of it change the file, durably. */
    public byte[] content(String name) {
        Node node = names.get(name);
        node.force();
        node.durable = node.seen;
        return node.seen;
    }

    /** Puts a durable file there. */
    public void put(String name, byte[] content) {
        Node node = new Node();
        node.seen = content;
        node.durable = content;
        names.put(name, node);
        durableNames.put(name, node);
    }

    /** Takes a file away, durably. */
    public void remove(String name) {
        names.remove(name);
        durableNames.remove(name);
    }

    /** How often it was changed in which way: what was done to what kind of file. */
    public Map<String, Integer> kindsOfOperations() {
        return Map.copyOf(kinds);
    }

    /** The process that holds it ends, and leaves everything as it is. */
    public void release() {
        held = false;
    }

    /** Returns the folder as the next process finds it after all that was not forced is lost. */
    public FaultyFolder afterLossOfAll() {
        FaultyFolder next = new FaultyFolder();
        durableNames.forEach((name, node) -> next.put(name, node.durable.clone()));
        return next;
    }

    private void operate(String what) throws IOException {
        if (operations >= stopAt) {
            throw new IOException("the machine has stopped before: " + what);
        }
        if (readOnly) {
            throw new FileSystemException("faulty", null, "Read-only file system: " + what);
        }
        operations++;
        kinds.merge(NUMBER.matcher(what).replaceAll(""), 1, Integer::sum);
    }

    private void changeNames(Consumer<Map<String, Node>> change) {
        change.accept(names);
        unforcedNames.add(change);
    }

    @Override
    public String describe(String name) {
        return "faulty/" + name;
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public DataFile create(String name) throws IOException {
        operate("create " + name);
        Node node = new Node();
        changeNames(map -> map.put(name, node));
        return new File(name, node);
    }

    @Override
    public DataFile open(String name) throws IOException {
        Node node = names.get(name);
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return new File(name, node);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        operate("rename " + from);
        if (!names.containsKey(from)) {
            throw new NoSuchFileException(from);
        }
        Node node = names.get(from);
        changeNames(
                map -> {
                    map.remove(from);
                    map.put(to, node);
                });
    }

    @Override
    public void delete(String name) throws IOException {
        operate("delete " + name);
        changeNames(map -> map.remove(name));
    }

    @Override
    public void force() throws IOException {
        if (nameForcesUntilStop-- == 0) {
            stopAfter(0);
        }
        operate("force the folder");
        durableNames.clear();
        durableNames.putAll(names);
        unforcedNames.clear();
    }

    @Override
    public Closeable lock(String name, String owner) throws IOException {
        if (held) {
            throw new HeldException("the faulty folder is held");
        }
        held = true;
        return () -> held = false;
    }

    @Override
    public String toString() {
        return "faulty";
    }

    private final class File implements DataFile {
        private final String name;
        private final Node node;
        private int failuresTold;
        private boolean closed;

        File(String name, Node node) {
            this.name = name;
            this.node = node;
            failuresTold = node.failures;
        }

        private void checkOpen() throws IOException {
            if (closed) {
                throw new java.nio.channels.ClosedChannelException();
            }
        }

        @Override
        public long size() throws IOException {
            checkOpen();
            return node.seen.length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            checkOpen();
            int bytes =
                    (int) Math.max(0, Math.min(target.remaining(), node.seen.length - position));
            target.put(node.seen, (int) Math.min(position, node.seen.length), bytes);
            return bytes;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            checkOpen();
            operate("write " + name);
            long growth = Math.max(0, position + source.remaining() - node.seen.length);
            if (full || usedBytes() + growth > roomBytes) {
                wasFull = true;
                throw new NoRoomException(name + " finds no room", null);
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            Write write = new Write((int) position, bytes);
            node.seen = Node.apply(node.seen, write);
            node.unforced.add(write);
        }

        @Override
        public void preallocate(long bytes) throws IOException {
            write(ByteBuffer.allocate((int) (bytes - size())), size());
        }

        @Override
        public void force() throws IOException {
            checkOpen();
            operate("force " + name);
            if (forcesUntilFailure-- == 0) {
                forceFailed = true;
                node.failures++;
                node.unforced.clear();
            }
            if (failuresTold < node.failures) {
                failuresTold = node.failures;
                throw new IOException("a force of " + name + " failed");
            }
            node.force();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
