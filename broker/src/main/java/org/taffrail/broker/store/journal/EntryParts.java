// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.store.Batch;

/**
 * What an entry is made of.
 *
 * @param sequence the batch's
 * @param batch its events and runs, with the steps
 * @param steps the same steps, with the placings of its commits
 * @param runsAt where in the segment its runs begin
 * @param epoch who wrote it
 */
record EntryParts(long sequence, Batch batch, EntrySteps steps, long runsAt, int epoch) {}
