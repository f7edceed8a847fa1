// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

/**
 * What a store says of its work since it was claimed.
 *
 * @param forces how many forces have ended
 * @param forceNs how long they took together, ns
 * @param isShort whether there is no room but for what ends or settles something
 * @param freeBytes how many bytes could still be written when it was looked at last, about a second
 *     ago; {@link Long#MAX_VALUE} where there is no limit
 * @param reserveBytes how many of them are kept for what must always be possible
 */
public record StoreFigures(
        long forces, long forceNs, boolean isShort, long freeBytes, long reserveBytes) {
    /** Of a store that forces nothing and has no limit. */
    public static final StoreFigures NONE = new StoreFigures(0, 0, false, Long.MAX_VALUE, 0);
}
