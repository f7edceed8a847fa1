// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

/**
 * What of a log is wanted; what is null restricts nothing.
 *
 * @param partition only of this partition
 * @param fromOffset only from this offset on
 * @param toOffset only up to this offset
 */
record DumpFilter(Long partition, Long fromOffset, Long toOffset) {
    /** Whether everything is wanted. */
    boolean isOpen() {
        return partition == null && !byOffset();
    }

    /** Whether only certain offsets are wanted. */
    boolean byOffset() {
        return fromOffset != null || toOffset != null;
    }

    boolean wants(long ofPartition) {
        return partition == null || partition == ofPartition;
    }

    boolean wants(long ofPartition, long first, long last) {
        return wants(ofPartition)
                && (fromOffset == null || last >= fromOffset)
                && (toOffset == null || first <= toOffset);
    }
}
