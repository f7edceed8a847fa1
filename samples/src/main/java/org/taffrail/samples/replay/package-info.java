// SPDX-License-Identifier: Apache-2.0

/**
 * A warehouse whose books were kept wrongly for a day: what a queue's consumers have already taken
 * is read again, from a time and from an offset, to put the books right, beside the live consumers
 * and without touching what is theirs. All through {@code jakarta.jms}: the start stands in the
 * queue's name.
 *
 * <p>Read {@link org.taffrail.samples.replay.WarehouseDay} first.
 */
package org.taffrail.samples.replay;
