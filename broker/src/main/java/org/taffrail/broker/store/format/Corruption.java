// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.format;

import org.taffrail.broker.store.StoreException;

/** Says that a file is damaged where it must not be. */
public final class Corruption {
    private Corruption() {}

    /**
     * Makes the error.
     *
     * @param file its whole path
     * @param position where in it
     * @param what what is wrong there
     * @return one of kind CORRUPT that says what to do
     */
    public static StoreException at(String file, long position, String what) {
        return new StoreException(
                file
                        + " is damaged at position "
                        + position
                        + ": "
                        + what
                        + "; stop here and run 'taffrail log verify' on a copy of the folder",
                new StoreException.Damage(file, position, what));
    }
}
