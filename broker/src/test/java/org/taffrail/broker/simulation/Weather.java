// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import java.util.Random;

/**
 * What a simulated network does to connections.
 *
 * @param pace of a hundred chances to move, in how many the bytes of a direction do
 * @param wholePercent of a hundred moves, how many take all that is under way
 * @param cutOneIn in one of so many chances a connection is cut; 0 for never
 * @param toldOneIn in one of so many chances a side hears of the cut; 0 for never
 * @param stallOneIn in one of so many chances a client stops reading; 0 for never
 * @param socketBytes how many bytes under way count as sent for the broker
 * @param fullBytes beyond how many more its way out is full; it has room again at half of it
 */
record Weather(
        int pace,
        int wholePercent,
        int cutOneIn,
        int toldOneIn,
        int stallOneIn,
        int socketBytes,
        int fullBytes) {
    /** All arrives at once; only the way out may be full until it does. */
    Weather calm() {
        return new Weather(100, 100, 0, 1, 0, socketBytes, fullBytes);
    }

    static Weather of(Random random) {
        int socketBytes = pick(random, 0, 400, 4_000);
        int fullBytes = pick(random, 100, 1_000, 64 << 10);
        if (random.nextInt(3) == 0) {
            return new Weather(100, 100, 0, 1, 0, socketBytes, fullBytes);
        }
        return new Weather(
                pick(random, 100, 80, 50),
                pick(random, 0, 50, 80),
                pick(random, 0, 120, 500),
                pick(random, 0, 2, 10),
                pick(random, 0, 15, 60),
                socketBytes,
                fullBytes);
    }

    private static int pick(Random random, int... from) {
        return from[random.nextInt(from.length)];
    }
}
