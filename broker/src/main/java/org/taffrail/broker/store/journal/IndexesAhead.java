// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import org.taffrail.broker.file.Folder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * The indexes of segments that a snapshot covers, read on another thread while the start reads the
 * snapshot. Whoever asks for one whose turn has not come reads it on its own thread.
 */
final class IndexesAhead {
    private final ArrayDeque<FutureTask<SegmentIndex>> tasks = new ArrayDeque<>();

    /** Begins to read. */
    IndexesAhead(Folder folder, Manifest manifest, Executor executor) {
        for (Manifest.Closed closed : manifest.closed()) {
            if (isCovered(closed, manifest)) {
                FutureTask<SegmentIndex> task =
                        new FutureTask<>(() -> IndexFile.read(folder, closed, manifest.salt()));
                tasks.add(task);
                executor.execute(task);
            }
        }
    }

    static boolean isCovered(Manifest.Closed closed, Manifest manifest) {
        return closed.lastSequence() < manifest.snapshotSequence();
    }

    /** Returns the index of the next segment that is covered; null if none can be used. */
    SegmentIndex next() throws IOException {
        FutureTask<SegmentIndex> task = tasks.remove();
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while an index was read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException("reading an index: " + e.getCause(), e.getCause());
        }
    }
}
