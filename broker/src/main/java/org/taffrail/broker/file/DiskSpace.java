// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

/**
 * How much room there is where a folder is.
 *
 * @param freeBytes how much may still be written
 * @param totalBytes how much there is, with what is used
 */
public record DiskSpace(long freeBytes, long totalBytes) {}
