// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * What a run writes into the body of each message, to know it again: whose it is, which one, and
 * when it should have been sent. The rest of the body is noise that does not compress.
 *
 * <pre>
 *  0        8         12       16         24           32      40         size - 8
 * +--------+---------+--------+----------+------------+-------+----------+----------+
 * | run id | producer| size   | sequence | intended ns| lag ns|  noise   |  check   |
 * +--------+---------+--------+----------+------------+-------+----------+----------+
 * </pre>
 *
 * <p>All fields are big-endian. The check is a mix of run id, producer, sequence and size.
 *
 * @param producer the number of the producer, from 0
 * @param sequence the number of the message among its producer's, from 0
 * @param intendedNs when it should have been sent, in the run's clock
 * @param lagNs how much later than that the sender's timer alone made it ({@link TimerLag})
 */
public record Stamp(int producer, long sequence, long intendedNs, long lagNs) {
    /** The smallest body that holds a stamp, in bytes. */
    public static final int SIZE_BYTES_MIN = 48;

    private static final int CHECK_BYTES = Long.BYTES;

    /**
     * A body to write stamps into, filled with noise.
     *
     * @param sizeBytes its size, at least {@link #SIZE_BYTES_MIN}
     * @param producer whose it is: every producer has other noise
     * @return the body; one per producer thread, reused for every message
     */
    public static byte[] newBody(int sizeBytes, int producer) {
        if (sizeBytes < SIZE_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "A message holds at least " + SIZE_BYTES_MIN + " bytes, not " + sizeBytes);
        }
        byte[] body = new byte[sizeBytes];
        new Random(producer).nextBytes(body);
        return body;
    }

    /**
     * Writes this stamp into a body.
     *
     * @param runId the run
     * @param body the body, of {@link #newBody}
     */
    public void write(long runId, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        buffer.putLong(runId).putInt(producer).putInt(body.length);
        buffer.putLong(sequence).putLong(intendedNs).putLong(lagNs);
        buffer.putLong(body.length - CHECK_BYTES, check(runId, producer, sequence, body.length));
    }

    /**
     * Whether a body begins with the mark of a run.
     *
     * @param runId the run
     * @param body the body received
     * @param length how many bytes of it were received
     * @return whether it belongs to the run
     */
    public static boolean isOfRun(long runId, byte[] body, int length) {
        return length >= SIZE_BYTES_MIN && ByteBuffer.wrap(body).getLong() == runId;
    }

    /**
     * Reads the stamp of a body that {@link #isOfRun belongs to the run}.
     *
     * @param runId the run
     * @param body the body received
     * @param length how many bytes of it were received
     * @return the stamp, or null if the body is damaged: another size than was sent, or a wrong
     *     check
     */
    public static Stamp read(long runId, byte[] body, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(body, Long.BYTES, length - Long.BYTES);
        int producer = buffer.getInt();
        int sizeBytes = buffer.getInt();
        Stamp stamp = new Stamp(producer, buffer.getLong(), buffer.getLong(), buffer.getLong());
        boolean whole =
                sizeBytes == length
                        && buffer.getLong(length - CHECK_BYTES)
                                == check(runId, producer, stamp.sequence, sizeBytes);
        return whole ? stamp : null;
    }

    private static long check(long runId, int producer, long sequence, int sizeBytes) {
        long mix = runId ^ sequence * 0x9E3779B97F4A7C15L;
        mix ^= ((long) producer << 32 | sizeBytes) * 0xC2B2AE3D27D4EB4FL;
        return mix ^ mix >>> 29;
    }
}
