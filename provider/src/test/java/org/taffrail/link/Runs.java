// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

/** Runs and records for tests. */
final class Runs {
    private Runs() {}

    /** Makes a run of some messages with bodies of some bytes. */
    static ByteSink run(int count, int bodyBytes) {
        ByteSink sink = new ByteSink(256);
        int at = RunLayout.begin(sink, 5, 0, 0);
        for (int i = 0; i < count; i++) {
            record(sink, bodyBytes);
        }
        RunLayout.end(sink, at, count);
        return sink;
    }

    /** Makes one record. */
    static byte[] record(int bodyBytes) {
        ByteSink sink = new ByteSink(256);
        record(sink, bodyBytes);
        return sink.toByteArray();
    }

    private static void record(ByteSink sink, int bodyBytes) {
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        sink.putBytes(new byte[bodyBytes], 0, bodyBytes);
        encoder.end();
    }
}
