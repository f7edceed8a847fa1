// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.tenured.TenuredSizes;

/**
 * How a {@link JournalStore} works. Immutable.
 *
 * @param durability what a completion means
 * @param forceWay where forces run
 * @param segmentBytes size of a segment, 32 KiB to 1 GiB; the first ones of a folder are smaller
 * @param batchBytesMax most bytes of a batch, at most a quarter of {@code segmentBytes}
 * @param unforcedBytesMax most bytes written and not yet forced; who appends more waits
 * @param youngBytes so many bytes of complete segments stay in the journal before what is needed of
 *     the oldest ones is moved to tenured files, from 0
 * @param tenured how tenured files are cut
 * @param reserveBytes how much room is kept for what must always be possible; 0 for a twentieth of
 *     the disk, within bounds
 * @param copiesBytes how many bytes of what was written last and is read back soon are kept in
 *     memory, see {@link RunCopies}; 0 for none
 */
public record JournalOptions(
        Durability durability,
        ForceWay forceWay,
        long segmentBytes,
        int batchBytesMax,
        long unforcedBytesMax,
        long youngBytes,
        TenuredSizes tenured,
        long reserveBytes,
        int copiesBytes) {
    /** How many bytes of copies are kept where nothing else is said: some large messages. */
    private static final int COPIES_BYTES = 16 << 20;

    /** What a completion means. */
    public enum Durability {
        /** What was completed survives power loss. */
        FORCE,
        /** What was completed survives the process. */
        PAGE_CACHE
    }

    /** Where forces run. */
    public enum ForceWay {
        /** Where it is best by what forces took lately. */
        ADAPTIVE,
        /** On the thread that polls. */
        INLINE,
        /** On other threads, some at a time. */
        THREADS
    }

    /** Forced, adaptive, 64 MiB segments, batches up to 16 MiB, 32 MiB unforced, 256 MiB young. */
    public static final JournalOptions DEFAULT =
            new JournalOptions(
                    Durability.FORCE,
                    ForceWay.ADAPTIVE,
                    64L << 20,
                    16 << 20,
                    32L << 20,
                    256L << 20,
                    TenuredSizes.DEFAULT,
                    0,
                    COPIES_BYTES);

    /**
     * Checks the bounds.
     *
     * @param durability what a completion means
     * @param forceWay where forces run
     * @param segmentBytes size of a segment
     * @param batchBytesMax most bytes of a batch
     * @param unforcedBytesMax most bytes written and not yet forced
     * @param youngBytes bytes of complete segments that stay in the journal
     * @param tenured how tenured files are cut
     * @param reserveBytes how much room is kept
     * @param copiesBytes how many bytes of copies are kept
     */
    public JournalOptions {
        if (segmentBytes < 1 << 15 || segmentBytes > 1 << 30 || segmentBytes % 4096 != 0) {
            throw new IllegalArgumentException(
                    "segmentBytes " + segmentBytes + ", allowed 32 KiB to 1 GiB by 4 KiB");
        }
        if (batchBytesMax < 4096 || batchBytesMax > segmentBytes / 4) {
            throw new IllegalArgumentException(
                    "batchBytesMax "
                            + batchBytesMax
                            + ", allowed 4096 to "
                            + segmentBytes / 4
                            + ", a quarter of a segment");
        }
        if (unforcedBytesMax < batchBytesMax) {
            throw new IllegalArgumentException(
                    "unforcedBytesMax "
                            + unforcedBytesMax
                            + ", allowed from batchBytesMax "
                            + batchBytesMax);
        }
        if (reserveBytes < 0) {
            throw new IllegalArgumentException("reserveBytes " + reserveBytes + ", allowed from 0");
        }
        if (copiesBytes < 0) {
            throw new IllegalArgumentException("copiesBytes " + copiesBytes + ", allowed from 0");
        }
        if (youngBytes < 0) {
            throw new IllegalArgumentException("youngBytes " + youngBytes + ", allowed from 0");
        }
    }

    /**
     * Changes the durability.
     *
     * @param newDurability what a completion means
     * @return a copy
     */
    public JournalOptions with(Durability newDurability) {
        return new JournalOptions(
                newDurability,
                forceWay,
                segmentBytes,
                batchBytesMax,
                unforcedBytesMax,
                youngBytes,
                tenured,
                reserveBytes,
                copiesBytes);
    }

    /**
     * Changes where forces run.
     *
     * @param newForceWay where
     * @return a copy
     */
    public JournalOptions with(ForceWay newForceWay) {
        return new JournalOptions(
                durability,
                newForceWay,
                segmentBytes,
                batchBytesMax,
                unforcedBytesMax,
                youngBytes,
                tenured,
                reserveBytes,
                copiesBytes);
    }

    /**
     * Changes the sizes.
     *
     * @param newSegmentBytes size of a segment
     * @param newBatchBytesMax most bytes of a batch
     * @return a copy
     */
    public JournalOptions withSizes(long newSegmentBytes, int newBatchBytesMax) {
        return new JournalOptions(
                durability,
                forceWay,
                newSegmentBytes,
                newBatchBytesMax,
                Math.max(unforcedBytesMax, newBatchBytesMax),
                youngBytes,
                tenured,
                reserveBytes,
                copiesBytes);
    }

    /**
     * Changes when and how segments retire.
     *
     * @param newYoungBytes bytes of complete segments that stay in the journal
     * @param newTenured how tenured files are cut
     * @return a copy
     */
    public JournalOptions withTenure(long newYoungBytes, TenuredSizes newTenured) {
        return new JournalOptions(
                durability,
                forceWay,
                segmentBytes,
                batchBytesMax,
                unforcedBytesMax,
                newYoungBytes,
                newTenured,
                reserveBytes,
                copiesBytes);
    }

    /**
     * Changes how much room is kept.
     *
     * @param newReserveBytes how much, 0 for a twentieth of the disk, within bounds
     * @return a copy
     */
    public JournalOptions withReserve(long newReserveBytes) {
        return new JournalOptions(
                durability,
                forceWay,
                segmentBytes,
                batchBytesMax,
                unforcedBytesMax,
                youngBytes,
                tenured,
                newReserveBytes,
                copiesBytes);
    }

    /**
     * Returns these options with another bound for copies.
     *
     * @param newCopiesBytes how many bytes of them are kept, from 0
     * @return other options
     */
    public JournalOptions withCopies(int newCopiesBytes) {
        return new JournalOptions(
                durability,
                forceWay,
                segmentBytes,
                batchBytesMax,
                unforcedBytesMax,
                youngBytes,
                tenured,
                reserveBytes,
                newCopiesBytes);
    }
}
