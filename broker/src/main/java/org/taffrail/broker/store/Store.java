// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import java.io.Closeable;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Where a broker's batches go to last: all that the loop knows of durability.
 *
 * <p>The order of calls is {@link #claim}, {@link #recover}, then any number of {@link #append},
 * {@link #poll}, {@link #read}, {@link #startSnapshot} and {@link #discard}, then {@link #close}.
 * All calls come from one thread, the loop's. Rules that every implementation keeps, and {@code
 * StoreContract} checks:
 *
 * <ol>
 *   <li>A batch is there whole or not at all, whatever happens.
 *   <li>Batches are durable in the order of their sequences, without gaps: what is recovered is a
 *       prefix of what was appended, and holds at least every batch whose completion was polled (of
 *       relaxed batches: as far as the operating system survived, and as those before them did).
 *   <li>Batches complete in the order of their sequences, but for relaxed ones: each completes when
 *       it is written, after relaxed ones before it, and without waiting for others. Whoever
 *       appends sees to it that no batch before it that is not complete has records of its
 *       partitions.
 *   <li>The offsets of a partition increase by one for each record, from 0, in the order of the
 *       batches; they never change.
 *   <li>After a failed append the outcome is unknown: the store takes nothing more until it is
 *       closed and another is claimed and recovered.
 *   <li>A store that another owner has claimed since never completes an append.
 *   <li>Staged runs have no offsets and can't be read. A staging stays, through restarts, until a
 *       batch commits or aborts it. With the batch that commits it, all its runs have their
 *       offsets, or none; they are read like any others from then on.
 * </ol>
 */
public interface Store extends Closeable {
    /**
     * Takes the store for this owner, and fences any earlier one.
     *
     * @return a number greater than that of any earlier claim: the broker's incarnation, from 1
     * @throws StoreException if another live owner holds it or it can't be read
     */
    int claim() throws StoreException;

    /**
     * Delivers what the store holds, in order: the parts of the last published snapshot, then every
     * batch with a sequence that is not below the snapshot's lowest part sequence. When it returns
     * the accepted tail is durable.
     *
     * @param target hears all of it, during the call
     * @throws StoreException if what is there is corrupt, from a newer version, or can't be read
     */
    void recover(RecoveryTarget target) throws StoreException;

    /** Hears what a store holds. */
    interface RecoveryTarget {
        /**
         * Takes a part of the snapshot.
         *
         * @param key the part's key, for instance a destination's id
         * @param sequence the part holds the effects of all batches up to this one
         * @param state the bytes given to {@link SnapshotWriter#put}
         */
        void snapshot(long key, long sequence, byte[] state);

        /**
         * Takes a batch. One that commits staged runs may come in several pieces: the first has its
         * events, all have runs in the order of each partition's offsets.
         *
         * @param sequence its sequence, one more than that of the batch before
         * @param batch its events, and the runs that got offsets by it, stamped with partition,
         *     offset, time and incarnation; valid only during the call
         */
        void batch(long sequence, Batch batch);

        /**
         * Takes, after the last batch, a staging that has not ended.
         *
         * @param stagingId its id
         */
        void staging(long stagingId);
    }

    /**
     * Appends a batch; returns before it is durable, or after, as the implementation likes.
     *
     * @param batch taken or copied before the call returns; its ordinary runs are stamped with
     *     their offsets in place before it completes
     * @return its sequence, one more than that of the batch before
     * @throws StoreException FULL if there is no room for it: nothing has changed then, and the
     *     same batch may be appended again later; any other kind if the batch exceeds {@link
     *     #batchBytesMax} or the store has failed
     */
    long append(Batch batch) throws StoreException;

    /**
     * Asks that everything up to a batch completes as soon as that is possible, {@link
     * Batch#patient} batches as well, which otherwise need not.
     *
     * @param sequence the batch; it may be one that is refused for want of room so far
     */
    void hurry(long sequence);

    /**
     * Returns the largest batch that can be appended.
     *
     * @return in bytes
     */
    int batchBytesMax();

    /**
     * Reports what has happened since the last call. Never blocks.
     *
     * @param listener called during the call, completions in the order of the sequences
     * @return how many reports there were
     */
    int poll(Listener listener);

    /** Hears of completions. */
    interface Listener {
        /**
         * Hears that a batch is as durable as this store makes it, and all before it, too, unless
         * it is a relaxed one. The ordinary runs of the batch are stamped in place now, and its
         * commits say which offsets they gave.
         *
         * @param sequence its sequence
         * @param batch the batch that was appended
         */
        void completed(long sequence, Batch batch);

        /**
         * Hears that an append failed, and with it all after it: their outcome is unknown.
         *
         * @param sequence the first sequence whose outcome is unknown
         * @param cause why
         */
        void failed(long sequence, StoreException cause);

        /**
         * Hears the answer to {@link #read}.
         *
         * @param partition the partition
         * @param fromOffset the offset that was asked for
         * @param runs whole runs of the partition, stamped, in the order of their offsets; the
         *     first may begin before {@code fromOffset}; empty where nothing is left at or after it
         */
        void read(long partition, long fromOffset, List<byte[]> runs);

        /**
         * Hears that {@link Store#read} failed. Unless overridden the store is taken to have
         * failed.
         *
         * @param partition the partition
         * @param fromOffset the offset that was asked for
         * @param cause CORRUPT, with file and position, or IO
         */
        default void readFailed(long partition, long fromOffset, StoreException cause) {
            failed(0, cause);
        }

        /**
         * Hears what the store says of itself.
         *
         * @param notice what
         */
        default void noticed(StoreNotice notice) {}
    }

    /**
     * Sets what is called, from any thread, when {@link #poll} has something to report. Set once,
     * before the first append.
     *
     * @param wakeup must not block
     */
    void onReady(Runnable wakeup);

    /**
     * Asks for records; the answer comes through {@link Listener#read}. Records that were discarded
     * are left out; those of batches that are not complete yet may be.
     *
     * @param partition the partition
     * @param fromOffset the first offset of interest
     * @param bytesMax about how many bytes; at least one run is returned where there is one
     */
    void read(long partition, long fromOffset, int bytesMax);

    /**
     * Asks for some records; the others may be left out, so that a reader of few among many need
     * not take all. As {@link #read(long, long, int)} in all else.
     *
     * @param partition the partition
     * @param fromOffset the first offset of interest; it is wanted
     * @param bytesMax about how many bytes; at least one run is returned where there is one
     * @param wanted what is asked for; some that is wanted may be missing behind what is returned
     *     first, and is asked for again
     */
    default void read(long partition, long fromOffset, int bytesMax, Wanted wanted) {
        read(partition, fromOffset, bytesMax);
    }

    /**
     * Begins a snapshot; one at a time.
     *
     * @return takes its parts over any number of loop turns
     * @throws StoreException FULL if there was no room for this one or the one before, which then
     *     does not count, and nothing else has changed; also thrown by the methods of {@link
     *     SnapshotWriter} and by {@link #discard}; any other kind if it can't be written
     */
    SnapshotWriter startSnapshot() throws StoreException;

    /** Takes the parts of a snapshot. */
    interface SnapshotWriter {
        /**
         * Adds a part.
         *
         * @param key the part's key, unique in the snapshot
         * @param sequence the part holds the effects of all batches up to this one, which must have
         *     been completed or appended by this owner
         * @param state the bytes; the array is the store's from now on and does not change any more
         * @param at where they begin
         * @param length how many
         * @throws StoreException if it can't be written
         */
        void put(long key, long sequence, byte[] state, int at, int length) throws StoreException;

        /**
         * Publishes the snapshot, atomically, in place of the last one. All sequences of its parts
         * must be durable. What recovery would no longer need becomes subject to {@link
         * Store#discard}.
         *
         * @param upTo the batch with which all that the snapshot knows of was appended: a store
         *     that forces makes it durable before the snapshot counts, relaxed or not
         * @throws StoreException if it can't be published; the last one stays in force
         */
        void publish(long upTo) throws StoreException;

        /** Gives the snapshot up. */
        void abandon();
    }

    /**
     * Tells whether a snapshot is on its way to be published: whether {@link
     * SnapshotWriter#publish} has returned before it counts. {@link #poll} has something to report
     * when it does.
     *
     * @return false once it counts, or could not be published
     */
    boolean publishing();

    /**
     * Gives up what nothing needs any more: batches that the published snapshot covers and none of
     * whose records is needed or staged. The store may give up less, never more. It does a bounded
     * part of that with each call, and may also move elsewhere what is needed, in the background.
     *
     * @param needed asked during the call
     * @return how many bytes were given up
     * @throws StoreException if a file can't be deleted
     */
    long discard(Needed needed) throws StoreException;

    /**
     * Tells whether {@link #discard} has something left to ask: whether it is to be called again
     * soon, and what is needed may not become more before. {@link #poll} has something to report
     * then.
     *
     * @return false where the next call can wait for the next snapshot
     */
    boolean discarding();

    /** Says what records matter. */
    @FunctionalInterface
    interface Needed {
        /**
         * Tells whether a record of a range may still be asked for.
         *
         * @param partition the partition
         * @param firstOffset the first offset
         * @param lastOffset the last offset
         * @return false where none of them matters any more
         */
        boolean any(long partition, long firstOffset, long lastOffset);

        /**
         * Takes down what may be asked for of a range, for another thread.
         *
         * @param partition the partition
         * @param firstOffset the first offset
         * @param lastOffset the last offset
         * @return what is true now; unless overridden this one is asked later, which is right only
         *     where its answers never change
         */
        default Wanted wanted(long partition, long firstOffset, long lastOffset) {
            return new Wanted() {
                @Override
                public boolean any(long first, long last) {
                    return Needed.this.any(partition, first, last);
                }

                @Override
                public long records() {
                    return lastOffset - firstOffset + 1;
                }
            };
        }
    }

    /** What was needed of a range of one partition at one time. Never changes; for any thread. */
    interface Wanted {
        /**
         * Returns what stands for all records.
         *
         * @return wants everything
         */
        static Wanted all() {
            return new Wanted() {
                @Override
                public boolean any(long firstOffset, long lastOffset) {
                    return true;
                }

                @Override
                public long records() {
                    return Long.MAX_VALUE;
                }
            };
        }

        /**
         * Tells whether a record was needed.
         *
         * @param firstOffset the first offset, within the range
         * @param lastOffset the last offset, within the range
         * @return false where none of them mattered
         */
        boolean any(long firstOffset, long lastOffset);

        /**
         * Tells where it ends.
         *
         * @return an offset behind which nothing was needed
         */
        default long upToOffset() {
            return Long.MAX_VALUE;
        }

        /**
         * Counts the records that were needed.
         *
         * @return at most as many as the range has offsets
         */
        long records();
    }

    /**
     * Returns how many bytes the store has written since its last snapshot: what recovery would
     * have to replay once that is published. Right after {@link SnapshotWriter#publish}, also where
     * publishing takes longer than the call, they are counted from that snapshot.
     *
     * @return 0 or more
     */
    long bytesSinceSnapshot();

    /**
     * Says what it has done since it was claimed. Unless overridden nothing is counted.
     *
     * @return as of now
     */
    default StoreFigures figures() {
        return StoreFigures.NONE;
    }

    /**
     * Sets who hears how long each force took. Set once, before the first append; unless overridden
     * nobody does.
     *
     * @param listener takes ns, in the thread of the other calls
     */
    default void onForced(LongConsumer listener) {}

    /**
     * Lets go of the store; what was appended and not completed may be lost. Closing twice is
     * nothing.
     */
    @Override
    void close();
}
