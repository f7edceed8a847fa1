// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.broker.file.FaultyFolder;

import java.util.Random;
import java.util.function.Function;

/**
 * The machine stops at every write, force, rename and delete of a script. What is found then is
 * looked at three times: with all that was not forced lost, with all of it there, and with any part
 * of it, torn. Then it goes on, and stops once more. A subclass is one run of its script.
 */
@Timeout(1800)
public abstract class CrashMatrixContract {
    /** Where the script writes. */
    protected final FaultyFolder folder = new FaultyFolder();

    private final int seeds;

    /**
     * Makes a run.
     *
     * @param seeds how many times any part of what was not forced is there, in the full tests
     */
    protected CrashMatrixContract(int seeds) {
        this.seeds = seeds;
    }

    /** Returns a run of the same script that has not begun. */
    protected abstract CrashMatrixContract another();

    /** Everything, up to where the machine stops. */
    protected abstract void script() throws StoreException;

    /**
     * Checks what a crash has left after the script, uses it, and starts once more on what another
     * leaves.
     */
    protected abstract void goOn(FaultyFolder left, Function<FaultyFolder, FaultyFolder> crash)
            throws StoreException;

    @Test
    public void keepsItsPromisesWhereAllThatWasNotForcedIsLost() throws StoreException {
        stopEverywhere(FaultyFolder::afterLossOfAll);
    }

    @Test
    public void keepsItsPromisesWhereAllThatWasWrittenIsThere() throws StoreException {
        stopEverywhere(FaultyFolder::afterKill);
    }

    @Test
    public void keepsItsPromisesWhereAnyPartOfWhatWasNotForcedIsThere() throws StoreException {
        int times = "full".equals(System.getProperty("taffrail.tests")) ? seeds : 1;
        for (int seed = 1; seed <= times; seed++) {
            Random random = new Random(seed);
            stopEverywhere(stopped -> stopped.afterPowerLoss(random));
        }
    }

    private void stopEverywhere(Function<FaultyFolder, FaultyFolder> crash) throws StoreException {
        CrashMatrixContract whole = another();
        whole.script();
        int operations = whole.folder.operations();
        assertTrue(operations > 100, operations + " operations");
        for (int stop = 0; stop < operations; stop++) {
            try {
                CrashMatrixContract stopped = another();
                stopped.runUpTo(stop);
                stopped.goOn(crash.apply(stopped.folder), crash);
            } catch (StoreException | AssertionError | RuntimeException e) {
                throw new AssertionError("stopped at operation " + stop, e);
            }
        }
    }

    private void runUpTo(int operation) {
        folder.stopAfter(operation);
        try {
            script();
        } catch (StoreException e) {
            assertTrue(folder.stopped(), e.toString());
        }
    }
}
