// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.loop;

import org.taffrail.broker.store.StoreFigures;

/**
 * What a loop says of its work since it was made.
 *
 * @param batches how many batches it has appended
 * @param batchBytes how many bytes these had
 * @param shortOfRoom whether there is no room for sends: they wait, or are refused
 * @param heldBytes how many bytes of sends wait, for room or until their destination is opened
 * @param store what its store says
 */
public record LoopFigures(
        long batches, long batchBytes, boolean shortOfRoom, long heldBytes, StoreFigures store) {}
