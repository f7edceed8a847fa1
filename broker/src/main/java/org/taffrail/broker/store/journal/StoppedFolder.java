// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.ReadOnlyFolder;
import org.taffrail.broker.store.StoreException;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder that no broker uses, to be looked at: what a running broker has not written yet would
 * look like damage. It is not locked, so that a broker can be started at any time; whoever has read
 * it asks {@link #checkStillStopped} before he believes what he has seen.
 */
public final class StoppedFolder {
    private final ReadOnlyFolder folder;
    private final int epoch;

    private StoppedFolder(ReadOnlyFolder folder) throws IOException, StoreException {
        this.folder = folder;
        checkNotHeld();
        epoch = epoch();
    }

    /**
     * Opens a folder.
     *
     * @param path where it is
     * @return to be looked at
     * @throws IOException if it is no folder, or can't be read
     * @throws StoreException HELD if a broker has it
     */
    public static StoppedFolder open(Path path) throws IOException, StoreException {
        return new StoppedFolder(new ReadOnlyFolder(path));
    }

    private void checkNotHeld() throws IOException, StoreException {
        String holder = folder.holder(Names.LOCK);
        if (holder != null) {
            throw new StoreException(
                    StoreException.Kind.HELD,
                    folder
                            + " is held by "
                            + holder
                            + ": stop that broker first, or copy the folder and look at the copy");
        }
    }

    private int epoch() throws IOException {
        try {
            return Contents.readEpoch(folder);
        } catch (StoreException e) {
            return -1; // damaged, which whoever reads the folder will see
        }
    }

    /**
     * Returns the folder.
     *
     * @return what would change it fails
     */
    public ReadOnlyFolder folder() {
        return folder;
    }

    /**
     * Tells whether a broker has ever written to the folder.
     *
     * @return false for a new one
     * @throws IOException if it can't be read
     */
    public boolean isUsed() throws IOException {
        return folder.list().contains(Names.EPOCH);
    }

    /**
     * Tells whether the last broker that has used the folder ended in order.
     *
     * @return true also where there was none
     * @throws IOException if it can't be read
     * @throws StoreException if what says so is damaged
     */
    public boolean wasLeftInOrder() throws IOException, StoreException {
        Manifest manifest = Manifest.read(folder);
        return manifest == null || manifest.cleanEnd() != null;
    }

    /**
     * Makes sure that nobody has written to the folder since it was opened.
     *
     * @throws IOException if that can't be told
     * @throws StoreException HELD if a broker has, or may have
     */
    public void checkStillStopped() throws IOException, StoreException {
        checkNotHeld();
        if (epoch() != epoch) {
            throw new StoreException(
                    StoreException.Kind.HELD,
                    "a broker has used "
                            + folder
                            + " meanwhile: what was said of it does not count");
        }
    }
}
