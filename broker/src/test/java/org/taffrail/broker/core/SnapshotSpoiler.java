// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;

/** Spoils parts of snapshots, for faults that are planted. */
public final class SnapshotSpoiler {
    private SnapshotSpoiler() {}

    /** Returns a part that takes every third message that waits for one that is settled. */
    public static byte[] withoutHoles(Limits limits, long key, long sequence, byte[] part) {
        Core core = new Core(limits, new RecoveringOutput(), Integer.MAX_VALUE);
        core.restore(key, sequence, part);
        // what comes now is not in the part yet
        core.replay(sequence + 1, new byte[0], 0, new byte[0], 0, 0);
        core.settleLost((partition, offset) -> offset % 3 != 1, (kind, name, group, count) -> {});
        ByteSink sink = new ByteSink(part.length);
        core.snapshot(key).write(sink, Long.MAX_VALUE);
        return sink.toByteArray();
    }
}
