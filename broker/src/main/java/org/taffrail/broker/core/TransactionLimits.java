// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What transactions may use.
 *
 * @param openMax how many transactions one connection may have open
 * @param bytesMax how many bytes of records one transaction may send
 * @param sendsMax how many messages one transaction may send
 * @param settlementsMax how many messages one transaction may accept
 * @param memoryBytes how many bytes of a transaction's records are kept in memory; when it has
 *     more, they are staged in the log
 * @param stagedBytesMax how many bytes of all open and prepared transactions together may be staged
 * @param preparedMax how many branches may be prepared, or wait to be forgotten
 * @param idleMs after how long without a send, or a settlement, a transaction is rolled back, ms; 0
 *     for never
 */
public record TransactionLimits(
        int openMax,
        long bytesMax,
        int sendsMax,
        int settlementsMax,
        int memoryBytes,
        long stagedBytesMax,
        int preparedMax,
        long idleMs) {
    /**
     * Returns the limits that hold where nothing else is configured.
     *
     * @return the defaults
     */
    public static TransactionLimits defaults() {
        return new TransactionLimits(
                1000, 1L << 30, 1_000_000, 100_000, 1 << 20, 16L << 30, 10_000, 0);
    }
}
