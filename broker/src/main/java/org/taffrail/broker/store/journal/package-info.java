// SPDX-License-Identifier: Apache-2.0
/**
 * The embedded store: one journal of preallocated segments for the whole broker, a snapshot, and a
 * manifest that says which files count. Start with {@link
 * org.taffrail.broker.store.journal.JournalStore}, then {@link
 * org.taffrail.broker.store.journal.EntryLayout} for the bytes and {@link
 * org.taffrail.broker.store.journal.Recovery} for what is made of them after a crash.
 */
package org.taffrail.broker.store.journal;
