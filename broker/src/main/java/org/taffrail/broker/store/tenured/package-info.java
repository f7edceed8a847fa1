// SPDX-License-Identifier: Apache-2.0
/**
 * Where the embedded store keeps what outlives the journal: immutable files of runs, sorted by
 * partition and offset, with an index at the end. Start with {@link
 * org.taffrail.broker.store.tenured.TenuredLayout} for the bytes, {@link
 * org.taffrail.broker.store.tenured.Merge} for how files are made of others, and {@link
 * org.taffrail.broker.store.tenured.Tenured} for those that count.
 */
package org.taffrail.broker.store.tenured;
