// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

/**
 * How much room there is where a folder is.
 *
 * @param freeBytes how much may still be written
 * @param totalBytes how much there is, with what is used
 */
public record DiskSpace(long freeBytes, long totalBytes) {
    private static final long RESERVE_BYTES_MOST = 1 << 30;
    private static final long RESERVE_BYTES_LEAST = 32 << 20;

    /**
     * Returns how much is kept free where nobody says otherwise: a twentieth of the disk, from 32
     * MiB to 1 GiB, but never more than a quarter of it.
     *
     * @param totalBytes how large the disk is
     * @return in bytes
     */
    public static long automaticReserve(long totalBytes) {
        long part = Math.max(RESERVE_BYTES_LEAST, totalBytes / 20);
        return Math.min(Math.min(RESERVE_BYTES_MOST, part), totalBytes / 4);
    }
}
