// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.core.Core;
import org.taffrail.broker.core.LostMessages;
import org.taffrail.broker.core.NeededRecords;
import org.taffrail.broker.core.Output;
import org.taffrail.broker.file.Folder;
import org.taffrail.broker.file.Machine;
import org.taffrail.broker.store.Batch;
import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;
import org.taffrail.broker.store.journal.Findings;
import org.taffrail.broker.store.journal.FolderRepair;
import org.taffrail.broker.store.journal.JournalOptions;
import org.taffrail.broker.store.journal.JournalStore;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/**
 * Makes of a damaged data folder another one that a broker starts from: the store saves what can be
 * read, then a core recovers from it, as in any start, and gives up the messages whose records are
 * lost. Time stands still meanwhile, so that no message expires and nothing is delivered.
 */
public final class LogRepair {
    private final Folder from;
    private final Folder to;
    private final Findings findings;
    private final Listener listener;

    /** Hears what is lost beside files, segments and batches. */
    public interface Listener extends LostMessages.Listener {
        /**
         * Hears of records that were saved and belong to no destination any more: it was deleted,
         * or what made it is lost.
         *
         * @param partition their partition
         * @param records how many
         */
        void unknown(long partition, long records);
    }

    /**
     * Makes a repair.
     *
     * @param from the folder that is read, which no broker holds
     * @param to the new folder, which is empty
     * @param findings takes what is left out
     * @param listener hears which messages are lost by that
     */
    public LogRepair(Folder from, Folder to, Findings findings, Listener listener) {
        this.from = from;
        this.to = to;
        this.findings = findings;
        this.listener = listener;
    }

    /**
     * Repairs.
     *
     * @return what the new folder has
     * @throws IOException if something can't be read or written
     * @throws StoreException as {@link FolderRepair#run}
     */
    public FolderRepair.Result run() throws IOException, StoreException {
        FolderRepair.Result result =
                new FolderRepair(from, to, new SecureRandom().nextLong(), findings).run();
        Map<Long, Long> ends = partitionEnds(result.timeMs());
        if (findings.count(Findings.Harm.DAMAGE) > 0) {
            result.kept()
                    .counts()
                    .forEach(
                            (partition, records) -> {
                                if (!ends.containsKey(partition)) {
                                    listener.unknown(partition, records);
                                }
                            });
        }
        FolderRepair.keepOffsets(to, ends);
        try (Start start = new Start(to, result.timeMs())) {
            start.core.settleLost(result.kept()::has, listener);
            start.append();
        }
        return result;
    }

    private Map<Long, Long> partitionEnds(long timeMs) throws StoreException {
        try (Start start = new Start(to, timeMs)) {
            return start.core.partitionEnds();
        }
    }

    /** A core that has recovered and serves nobody. */
    private static final class Start implements Output, Store.Listener, AutoCloseable {
        /** Events of more than this go into a batch of their own. */
        private static final int BATCH_BYTES = 1 << 20;

        private final JournalStore store;
        private final long timeMs;
        private final Core core;
        private Batch batch;
        private long lastSequence;
        private StoreException failure;

        Start(Folder folder, long timeMs) throws StoreException {
            this.timeMs = timeMs;
            batch = new Batch(false, timeMs);
            JournalOptions options = JournalOptions.DEFAULT.with(JournalOptions.ForceWay.INLINE);
            store = new JournalStore(folder, options, Machine.callersThread(0));
            boolean recovered = false;
            try {
                core = new Core(BrokerConfig.defaults().limits(), this, store.claim());
                store.recover(new Replayed());
                recovered = true;
            } finally {
                if (!recovered) {
                    store.close();
                }
            }
        }

        private final class Replayed implements Store.RecoveryTarget {
            @Override
            public void snapshot(long key, long sequence, byte[] state) {
                core.restore(key, sequence, state);
            }

            @Override
            public void batch(long sequence, Batch replayed) {
                lastSequence = sequence;
                byte[] events = replayed.events().array();
                byte[] runs = replayed.runs().array();
                core.replay(
                        sequence,
                        events,
                        replayed.events().length(),
                        runs,
                        replayed.runs().length(),
                        timeMs);
            }

            @Override
            public void staging(long stagingId) {
                throw new IllegalStateException("a repaired folder has no stagings");
            }
        }

        /** Makes durable what was decided. */
        void append() throws StoreException {
            if (!batch.isEmpty()) {
                store.append(batch);
                batch = new Batch(false, timeMs);
            }
            store.poll(this);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            store.close();
        }

        @Override
        public void completed(long sequence, Batch completed) {
            lastSequence = sequence;
        }

        @Override
        public void failed(long sequence, StoreException cause) {
            failure = cause;
        }

        @Override
        public void read(long partition, long fromOffset, List<byte[]> runs) {
            throw unexpected("an answer");
        }

        @Override
        public ByteSink events() {
            if (batch.events().length() > BATCH_BYTES) {
                try {
                    append();
                } catch (StoreException e) {
                    failure = e;
                }
            }
            return batch.events();
        }

        @Override
        public long closedSequence() {
            return lastSequence;
        }

        @Override
        public long durableSequence() {
            return lastSequence;
        }

        @Override
        public boolean append(byte[] array, int at, int length, boolean mayBeRelaxed) {
            throw unexpected("records");
        }

        @Override
        public void stage(long stagingId, byte[] array, int at, int length) {
            throw unexpected("records");
        }

        @Override
        public void commitStaged(long stagingId) {
            throw unexpected("a commit");
        }

        @Override
        public void abortStaged(long stagingId) {
            throw unexpected("an abort");
        }

        @Override
        public void tell(long connection, BrokerFrame frame) {
            throw unexpected("a frame");
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
        public void tellRelaxed(long connection, BrokerFrame frame) {
            throw unexpected("a frame");
        }

        @Override
        public void ended(long connection) {
            throw unexpected("an end");
        }

        @Override
        public void load(long partition, long fromOffset, int bytesMax, NeededRecords wanted) {
            throw unexpected("a question");
        }

        private static IllegalStateException unexpected(String what) {
            return new IllegalStateException("a core that serves nobody has sent " + what);
        }
    }
}
