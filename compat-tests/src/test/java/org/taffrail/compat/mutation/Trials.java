// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Provider;
import org.taffrail.compat.kit.Scene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes trials of checks, each on the provider that it needs: most share one. */
final class Trials {
    private final AtomicInteger restarted = new AtomicInteger();
    private final Path folder;
    private final Provider shared;

    /**
     * Prepares trials.
     *
     * @param place where the broker is that they share, as the address of an embedded one says it
     * @param folder for all files
     */
    Trials(String place, Path folder) throws IOException {
        this.folder = folder;
        shared = new SoundProvider(place, folder);
    }

    /** Makes one: see {@link Trial#run}. */
    Throwable run(CheckCase check, Mutation mutation, Scene.Timing timing) {
        if (!check.check().restarts()) {
            return new Trial(shared, timing).run(check, mutation);
        }
        Path own = folder.resolve("restarted-" + restarted.incrementAndGet());
        try (RestartedProvider alone = new RestartedProvider(own)) {
            return new Trial(alone, timing).run(check, mutation);
        }
    }
}
