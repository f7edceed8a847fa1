// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The lock files that this process holds. A system's lock belongs to the process, and goes with the
 * first descriptor of its file that the process closes, whichever that is. So a file that is held
 * here must not even be opened: who wants it asks here first.
 */
final class HeldLocks {
    private static final Map<Path, String> OWNERS = new HashMap<>();

    private HeldLocks() {}

    /** Names a lock file however it was reached; its folder must exist. */
    static Path key(Path folder, String name) throws IOException {
        return folder.toRealPath().resolve(name);
    }

    /**
     * Takes a lock file for an owner of this process, before it is opened.
     *
     * @return the owner that has it already; null if it is taken now
     */
    static synchronized String take(Path key, String owner) {
        return OWNERS.putIfAbsent(key, owner);
    }

    /** Gives a lock file back, when all channels of it are closed. */
    static synchronized void release(Path key) {
        OWNERS.remove(key);
    }

    /**
     * Runs something that opens and closes a lock file, while no owner of this process can take it.
     *
     * @return the owner that has it, and then nothing was run; otherwise what was returned
     */
    static synchronized String unlessHeld(Path key, Look look) throws IOException {
        String owner = OWNERS.get(key);
        return owner == null ? look.run() : owner;
    }

    /** A look at a lock file. */
    @FunctionalInterface
    interface Look {
        String run() throws IOException;
    }
}
