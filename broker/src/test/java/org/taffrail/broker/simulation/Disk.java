// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.store.Store;
import org.taffrail.broker.store.StoreException;

import java.util.Random;

/** What a simulated broker's stores stand on, from one kill to the next. */
interface Disk {
    /** Makes a store, claimed by nobody yet, on what is there. */
    Store store();

    /** Ends the last store as a kill or a power loss does; what was not durable may be lost. */
    void crash(Random random);

    /** Ends the last store in order. */
    void close();

    /** From the next store on, nothing goes wrong, nothing is late and there is room for all. */
    void heal(Random random);

    /** Whether no poll would report anything. */
    boolean isQuiet();

    /** Delivers what a recovery would deliver now, and changes nothing. */
    void peek(Store.RecoveryTarget target) throws StoreException;

    /** Whether the disk has given cause to this failure. */
    boolean hasCaused(StoreException failure);

    /** Has all forced that was appended and that nobody waits for. */
    void hurry();

    /** There is room from now on: whoever waits for some goes on. */
    default void makeRoom() {}
}
