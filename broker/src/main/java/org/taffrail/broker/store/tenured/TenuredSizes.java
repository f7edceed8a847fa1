// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.tenured;

/**
 * How tenured files are cut.
 *
 * @param ownFileBytes a partition with at least this much in a merge gets files of its own, from 1
 * @param fileBytes a file that has reached this is ended, from 1
 * @param mergedAtOnce so many files of about one size are merged into one, from 2
 */
public record TenuredSizes(long ownFileBytes, long fileBytes, int mergedAtOnce) {
    /** 32 MiB, 512 MiB, 8 files. */
    public static final TenuredSizes DEFAULT = new TenuredSizes(32L << 20, 512L << 20, 8);

    /**
     * Checks the bounds.
     *
     * @param ownFileBytes from 1
     * @param fileBytes from 1
     * @param mergedAtOnce from 2
     */
    public TenuredSizes {
        if (ownFileBytes < 1 || fileBytes < 1 || mergedAtOnce < 2) {
            throw new IllegalArgumentException(
                    "ownFileBytes "
                            + ownFileBytes
                            + " and fileBytes "
                            + fileBytes
                            + ", allowed from 1; mergedAtOnce "
                            + mergedAtOnce
                            + ", allowed from 2");
        }
    }
}
