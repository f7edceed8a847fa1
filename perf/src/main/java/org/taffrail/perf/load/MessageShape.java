// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.util.Locale;

/**
 * What the messages of a run are like.
 *
 * @param sizeBytes the size of the body
 * @param persistent the delivery mode
 */
public record MessageShape(int sizeBytes, boolean persistent) {
    /** The largest body a run sends, in bytes. */
    public static final int SIZE_BYTES_MAX = 64 * 1024 * 1024;

    /**
     * Checks the bounds.
     *
     * @param sizeBytes see the record
     * @param persistent see the record
     * @throws IllegalArgumentException if one is out of bounds
     */
    public MessageShape {
        if (sizeBytes < Stamp.SIZE_BYTES_MIN || sizeBytes > SIZE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "A message has %d to %d bytes, not %d",
                            Stamp.SIZE_BYTES_MIN,
                            SIZE_BYTES_MAX,
                            sizeBytes));
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%,d B %s", sizeBytes, persistent ? "persistent" : "non-persistent");
    }
}
