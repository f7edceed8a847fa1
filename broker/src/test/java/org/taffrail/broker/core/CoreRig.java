// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.BrokerFrame.Recognition;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A core with a clock that stands still and a log that gives offsets at once: after each request
 * all that follows from it has happened. Between {@link #hold} and {@link #run} requests pile up in
 * one batch.
 */
final class CoreRig {
    static final long START_MS = 1_000_000_000_000L;
    private static final int BUDGET = 1000;

    private Limits limits;
    private final List<Logged> log = new ArrayList<>();
    private final Map<Long, Long> ends = new HashMap<>();
    private final Map<Long, TestClient> clients = new LinkedHashMap<>();
    private final ArrayDeque<Load> loads = new ArrayDeque<>();
    private final Map<Long, ByteSink> staged = new HashMap<>();
    private final Set<Long> ended = new HashSet<>();
    private Snapshot snapshot;
    private ByteSink events = new ByteSink(64);
    private ByteSink runs = new ByteSink(64);
    private Core core;
    private int incarnation;
    private long nextConnection = 1;
    private BatchFault fault = BatchFault.NONE;
    private boolean holding;
    private int loadsAsked;
    private boolean loadsHeld;

    long nowMs = START_MS;

    private int largestBatchBytes;

    private record Logged(long sequence, byte[] events, List<byte[]> runs) {}

    private record Load(long partition, long fromOffset, int bytesMax, NeededRecords wanted) {}

    private record Snapshot(long sequence, Map<Long, byte[]> parts) {}

    CoreRig() {
        this(Limits.defaults());
    }

    CoreRig(Limits limits) {
        this.limits = limits;
        start();
    }

    CoreRig(TestLimits limits) {
        this(limits.build());
    }

    /** From now on a defect changes what is written. */
    void plant(BatchFault newFault) {
        fault = newFault;
    }

    /** Connects a client without client id. */
    TestClient connect() {
        return connect((String) null);
    }

    /** Connects a client. */
    TestClient connect(String clientId) {
        long connection = nextConnection++;
        long producer = 1000 + connection;
        core.connect(connection, Newcomer.passing(clientId, producer));
        TestClient client = new TestClient(this, connection, producer);
        clients.put(connection, client);
        return client;
    }

    /** Connects a client that is to be remembered. */
    TestClient connect(Producer.Identity identity) {
        return connect(identity, null);
    }

    /**
     * Lets a client go on with another connection, which may not know of the first one's end.
     *
     * @param before null for one that begins
     */
    TestClient connect(Producer.Identity identity, TestClient before) {
        long connection = nextConnection++;
        Newcomer newcomer =
                new Newcomer(
                        null,
                        identity.user(),
                        identity.instanceHigh(),
                        identity.instanceLow(),
                        (long) incarnation << 32 | connection,
                        true,
                        before == null ? 0 : before.producer,
                        before == null ? 1 : before.nextSequence());
        long superseded = core.supersededBy(newcomer);
        if (superseded != 0) {
            clients.remove(superseded);
            core.disconnect(superseded, true, nowMs);
            settle();
        }
        Newcomer.Granted granted = core.connect(connection, newcomer);
        TestClient client = new TestClient(this, connection, granted.producerId());
        client.recognition = granted.recognition();
        client.nextSequence(
                granted.recognition() == Recognition.KNOWN ? newcomer.nextSequence() : 1);
        clients.put(connection, client);
        return client;
    }

    /** Ends a connection with a goodbye. */
    void leave(TestClient client) {
        clients.remove(client.connection);
        core.disconnect(client.connection, false, nowMs);
        settle();
    }

    void decide(TestClient client, ClientFrame frame) {
        core.decide(client.connection, frame, nowMs);
        settle();
    }

    /** Takes what a manager wants, whose request is the client's last. */
    void manage(TestClient manager, Operation operation, TestOperation answer) {
        core.manage(manager.connection, answer.requestId, operation, answer::heard, nowMs);
        settle();
    }

    /** Ends a connection. */
    void disconnect(TestClient client) {
        clients.remove(client.connection);
        core.disconnect(client.connection, true, nowMs);
        settle();
    }

    /** Lets requests pile up until {@link #run}. */
    void hold() {
        holding = true;
    }

    /** Leaves what is asked for unanswered until {@link #answerLoads}. */
    void holdLoads() {
        loadsHeld = true;
    }

    void answerLoads() {
        loadsHeld = false;
        settle();
    }

    /** Takes one step of what has piled up; returns whether there is more. */
    boolean step() {
        boolean more = core.work(nowMs, BUDGET);
        return append() | load() | more;
    }

    /** Ends {@link #hold}: everything happens. */
    void run() {
        holding = false;
        settle();
    }

    /** Lets time pass. */
    void advance(long ms) {
        nowMs += ms;
        settle();
    }

    /** Kills the broker and starts it on what the log holds. */
    void crash() {
        clients.clear();
        start();
    }

    /** Kills the broker and starts it on what the log holds with another configuration. */
    void crash(TestLimits newLimits) {
        limits = newLimits.build();
        crash();
    }

    /** Stops the broker in order and starts it again. */
    void restart() {
        new ArrayList<>(clients.values()).forEach(this::disconnect);
        stop();
        holding = false;
        start();
    }

    private void stop() {
        boolean ended = false;
        while (!ended) {
            ended = core.stop();
            append();
        }
    }

    /** Takes a snapshot, from which the next start begins. */
    void snapshot() {
        Map<Long, byte[]> parts = new LinkedHashMap<>();
        for (long key : core.snapshotKeys()) {
            SnapshotPart part = core.snapshot(key);
            if (part != null) {
                ByteSink sink = new ByteSink(64);
                part.write(sink, Long.MAX_VALUE);
                parts.put(key, sink.toByteArray());
            }
        }
        snapshot = new Snapshot(lastSequence(), parts);
    }

    /** Gives up the log's batches that the snapshot covers, but for records that are needed. */
    void discardCovered() {
        for (int i = 0; i < log.size(); i++) {
            Logged batch = log.get(i);
            if (batch.sequence <= snapshot.sequence) {
                List<byte[]> needed = new ArrayList<>();
                for (byte[] run : batch.runs) {
                    long first = RunLayout.offset(run, 0);
                    long last = first + RunLayout.count(run, 0) - 1;
                    if (core.needs(RunLayout.partition(run, 0), first, last)) {
                        needed.add(run);
                    }
                }
                log.set(i, new Logged(batch.sequence, new byte[0], needed));
            }
        }
    }

    Core core() {
        return core;
    }

    long depth(String queue) {
        return core.overview().depth(DestinationKind.QUEUE, queue);
    }

    /** How many bytes are staged and nobody's. */
    int stagedBytes() {
        return staged.values().stream().mapToInt(ByteSink::length).sum();
    }

    /** How large a batch's runs have become. */
    int largestBatchBytes() {
        return largestBatchBytes;
    }

    /** Whether all that the end of a connection changes is decided. */
    boolean hasEnded(TestClient client) {
        return ended.contains(client.connection);
    }

    /** How many messages each batch gives back that may have been seen, where it does. */
    List<Long> releasedByBatch() {
        List<Long> released = new ArrayList<>();
        for (Logged batch : log) {
            ReleasedCount count = new ReleasedCount();
            EventCodec.readAll(batch.events, 0, batch.events.length, count);
            if (count.messages > 0) {
                released.add(count.messages);
            }
        }
        return released;
    }

    /** How often records had to be loaded. */
    int loadsAsked() {
        return loadsAsked;
    }

    /** Checks that a start on a copy of the log would lead to the same state. */
    void assertRecoversToTheSameState() {
        Core other = recover(new RecoveringOutput(), incarnation + 1);
        settle();
        while (other.work(nowMs, BUDGET)) {}
        assertEquals(core.durableState(), other.durableState());
    }

    private void start() {
        loads.clear();
        events.clear();
        runs.clear();
        incarnation++;
        core = recover(new Rig(), incarnation);
        staged.keySet().removeIf(stagingId -> !core.keepsStaged(stagingId));
        core.recovered(nowMs);
        settle();
    }

    private Core recover(Output output, int number) {
        Core recovering = new Core(limits, output, number);
        long covered = 0;
        if (snapshot != null) {
            snapshot.parts.forEach(
                    (key, bytes) -> recovering.restore(key, snapshot.sequence, bytes));
            covered = snapshot.sequence;
        }
        for (Logged batch : log) {
            if (batch.sequence >= covered) {
                ByteSink sink = new ByteSink(64);
                batch.runs.forEach(run -> sink.putBytes(run, 0, run.length));
                recovering.replay(
                        batch.sequence,
                        batch.events,
                        batch.events.length,
                        sink.array(),
                        sink.length(),
                        nowMs);
            }
        }
        return recovering;
    }

    private void settle() {
        if (holding) {
            return;
        }
        boolean more = true;
        for (int round = 0; more; round++) {
            if (round > 100_000) {
                throw new AssertionError("the core never comes to rest");
            }
            more = core.work(nowMs, BUDGET);
            more |= append();
            more |= load();
        }
    }

    private boolean append() {
        if (events.length() == 0 && runs.length() == 0) {
            return false;
        }
        fault.damage(events, runs);
        largestBatchBytes = Math.max(largestBatchBytes, runs.length());
        long sequence = lastSequence() + 1;
        List<byte[]> stamped = new ArrayList<>();
        for (int at = 0; at < runs.length(); ) {
            int length = RunLayout.length(runs.array(), at);
            byte[] run = Arrays.copyOfRange(runs.array(), at, at + length);
            long partition = RunLayout.partition(run, 0);
            long offset = ends.getOrDefault(partition, 0L);
            ends.put(partition, offset + RunLayout.count(run, 0));
            RunLayout.stamp(run, 0, partition, offset, nowMs, incarnation);
            stamped.add(run);
            at += length;
        }
        log.add(new Logged(sequence, events.toByteArray(), stamped));
        events.clear();
        runs.clear();
        for (byte[] run : stamped) {
            boolean own = sequence % 2 == 0;
            byte[] lent = own ? run : run.clone();
            core.arrived(sequence, lent, 0, own, nowMs);
            if (!own) {
                Arrays.fill(lent, (byte) 0);
            }
        }
        return true;
    }

    private boolean load() {
        Load load = loadsHeld ? null : loads.poll();
        if (load == null) {
            return false;
        }
        List<byte[]> found = new ArrayList<>();
        long bytes = 0;
        for (Logged batch : log) {
            for (byte[] run : batch.runs) {
                long end = RunLayout.offset(run, 0) + RunLayout.count(run, 0);
                if (RunLayout.partition(run, 0) == load.partition
                        && end > load.fromOffset
                        && (load.wanted == null
                                || load.wanted.any(RunLayout.offset(run, 0), end - 1))) {
                    if (!found.isEmpty() && bytes + run.length > load.bytesMax) {
                        break;
                    }
                    bytes += run.length;
                    found.add(run.clone());
                }
            }
        }
        core.loaded(load.partition, load.fromOffset, found, nowMs);
        return true;
    }

    private long lastSequence() {
        return log.isEmpty() ? 0 : log.get(log.size() - 1).sequence;
    }

    /** What the core under test says. */
    private final class Rig implements Output {
        @Override
        public ByteSink events() {
            return events;
        }

        @Override
        public long closedSequence() {
            return lastSequence();
        }

        @Override
        public long durableSequence() {
            return lastSequence();
        }

        @Override
        public boolean append(byte[] array, int at, int length, boolean mayBeRelaxed) {
            runs.putBytes(array, at, length);
            return mayBeRelaxed;
        }

        @Override
        public void stage(long stagingId, byte[] array, int at, int length) {
            staged.computeIfAbsent(stagingId, id -> new ByteSink(64)).putBytes(array, at, length);
        }

        @Override
        public void commitStaged(long stagingId) {
            ByteSink committed = staged.remove(stagingId);
            runs.putBytes(committed.array(), 0, committed.length());
        }

        @Override
        public void abortStaged(long stagingId) {
            assertNotNull(staged.remove(stagingId));
        }

        @Override
        public void tell(long connection, BrokerFrame frame) {
            TestClient client = clients.get(connection);
            if (client != null) {
                client.hear(frame);
            }
        }

        @Override
        public void tellRelaxed(long connection, BrokerFrame frame) {
            tell(connection, frame);
        }

        @Override
        public long told() {
            return 0;
        }

        @Override
        public long unsaidPartBytes() {
            return 0;
        }

        @Override
        public void ended(long connection) {
            assertTrue(ended.add(connection), "ended twice");
        }

        @Override
        public void load(long partition, long fromOffset, int bytesMax, NeededRecords wanted) {
            loadsAsked++;
            loads.add(new Load(partition, fromOffset, bytesMax, wanted));
        }
    }
}
