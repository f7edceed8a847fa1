// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

/**
 * What a store found when it was opened, for one line in the log.
 *
 * @param clean whether the last owner closed it
 * @param snapshotParts how many parts the snapshot had
 * @param batches how many batches were replayed
 * @param lastSequence the last batch's sequence, 0 if there was none
 * @param durableSequence the sequence up to which everything was known to be durable
 * @param cutBytes how many bytes were cut off behind the last whole batch, as a crash leaves them
 * @param cutEntries how many whole batches were among them, which came after a torn one
 * @param cutAt file and position where it was cut, null where it was not
 * @param indexesRebuilt how many index files were missing or damaged, and made again
 */
public record RecoveryReport(
        boolean clean,
        int snapshotParts,
        long batches,
        long lastSequence,
        long durableSequence,
        long cutBytes,
        int cutEntries,
        String cutAt,
        int indexesRebuilt) {}
