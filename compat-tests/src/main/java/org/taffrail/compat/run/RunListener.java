// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

/** Hears how a run goes on, from several threads, one at a time. */
@FunctionalInterface
public interface RunListener {
    /**
     * A check has ended, or was left out.
     *
     * @param result what became of it
     * @param done how many have ended
     * @param of how many there are
     */
    void ended(Result result, int done, int of);
}
