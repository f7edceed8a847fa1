// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.taffrail.broker.file.DiskFolder;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What it takes until a batch with one message of 1 KiB is as durable as the journal makes it: the
 * floor under every persistent send, next to {@link MachineLimits}. The journal gives up what a
 * snapshot covers, as it does under a broker.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalBenchmark {
    private static final int MESSAGE_BYTES = 1024;
    private static final long PARTITION = 1;
    private static final long SNAPSHOT_BYTES = 64 << 20;

    /** How the journal keeps what it is given. */
    @Param({"FORCE", "PAGE_CACHE"})
    public JournalOptions.Durability durability;

    private final Completions completions = new Completions();
    private final Semaphore ready = new Semaphore(0);
    private Path folder;
    private JournalStore store;
    private byte[] run;

    /** Called by JMH only. */
    public JournalBenchmark() {}

    /** Notes the last sequence that is durable. */
    private static final class Completions implements Store.Listener {
        private long durable;

        @Override
        public void completed(long sequence, Batch batch) {
            durable = sequence;
        }

        @Override
        public void failed(long sequence, StoreException cause) {
            throw new IllegalStateException(cause);
        }

        @Override
        public void read(long partition, long fromOffset, List<byte[]> runs) {
            throw new IllegalStateException("nothing was asked for");
        }
    }

    /**
     * Makes a journal in an empty folder.
     *
     * @throws IOException if the folder can't be used
     * @throws StoreException if the journal can't
     */
    @Setup(Level.Trial)
    public void open() throws IOException, StoreException {
        folder = Files.createTempDirectory("taffrail-journal-benchmark");
        store = new JournalStore(new DiskFolder(folder), JournalOptions.DEFAULT.with(durability));
        store.onReady(ready::release);
        store.claim();
        store.recover(
                new Store.RecoveryTarget() {
                    @Override
                    public void snapshot(long key, long sequence, byte[] state) {
                        throw new IllegalStateException("the folder was not empty");
                    }

                    @Override
                    public void batch(long sequence, Batch batch) {
                        throw new IllegalStateException("the folder was not empty");
                    }

                    @Override
                    public void staging(long stagingId) {
                        throw new IllegalStateException("the folder was not empty");
                    }
                });
        ByteSink sink = new ByteSink(2 * MESSAGE_BYTES);
        int at = RunLayout.begin(sink, PARTITION, 1, 1);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        sink.putBytes(new byte[MESSAGE_BYTES], 0, MESSAGE_BYTES);
        encoder.end();
        RunLayout.end(sink, at, 1);
        run = sink.toByteArray();
    }

    /**
     * Removes the folder.
     *
     * @throws IOException if it can't be removed
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        store.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /**
     * Gives up what was written, now and then, outside the measured time.
     *
     * @throws StoreException if the journal fails
     */
    @Setup(Level.Iteration)
    public void discard() throws StoreException {
        if (store.bytesSinceSnapshot() > SNAPSHOT_BYTES) {
            Store.SnapshotWriter snapshot = store.startSnapshot();
            snapshot.put(0, completions.durable, run, 0, run.length);
            snapshot.publish(completions.durable);
            store.discard((partition, first, last) -> false);
        }
    }

    /**
     * Appends a batch and waits until it is durable.
     *
     * @return its sequence
     * @throws StoreException if the journal fails
     */
    @Benchmark
    @InWords("the journal: a batch with one message of 1 KiB appended, until it is durable")
    public long append() throws StoreException {
        Batch batch = new Batch(false, 1);
        batch.runs().putBytes(run, 0, run.length);
        long sequence = store.append(batch);
        while (completions.durable < sequence) {
            // a slow disk is forced by another thread, which may need the processor
            if (store.poll(completions) == 0) {
                ready.acquireUninterruptibly();
            }
        }
        return sequence;
    }
}
