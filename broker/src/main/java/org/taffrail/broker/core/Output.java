// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;

/**
 * Where the core's decisions go. The loop appends what comes between {@link Core}'s call and its
 * return as part of one atomic batch, and holds every effect back until all that was written before
 * it is durable.
 */
public interface Output {
    /**
     * Returns where events of the open batch are written.
     *
     * @return a sink that is only appended to
     */
    ByteSink events();

    /**
     * Returns which batch was closed last: what is decided now goes into a later one.
     *
     * @return its sequence, 0 before the first
     */
    long closedSequence();

    /**
     * Returns up to which batch all are durable, and all their records have arrived but for those
     * of partitions that {@link Core#lagging} was told of.
     *
     * @return its sequence, 0 before the first
     */
    long durableSequence();

    /**
     * Appends a run to the open batch; it arrives through {@link Core#arrived}.
     *
     * @param array the bytes, copied before the call returns; the partition is filled in
     * @param at where the run begins
     * @param length its bytes
     * @param mayBeRelaxed whether it may go into a batch of non-persistent records only; true only
     *     where the command has no events and no other runs
     * @return whether it went there
     */
    boolean append(byte[] array, int at, int length, boolean mayBeRelaxed);

    /**
     * Keeps runs that may be committed later; until then they are nobody's.
     *
     * @param stagingId under which they are kept, chosen by the core and never used again
     * @param array the runs, one after the other, copied before the call returns; the partitions
     *     are filled in
     * @param at where the first begins
     * @param length their bytes
     */
    void stage(long stagingId, byte[] array, int at, int length);

    /**
     * Appends what was staged, behind the runs that the open batch has by now; it arrives through
     * {@link Core#arrived}.
     *
     * @param stagingId under which it was kept
     */
    void commitStaged(long stagingId);

    /**
     * Gives up what was staged.
     *
     * @param stagingId under which it was kept
     */
    void abortStaged(long stagingId);

    /**
     * Tells a client something, once all that was written so far is durable.
     *
     * @param connection the client's connection
     * @param frame what; a delivery's bytes don't change until it is said, see {@link Core#said}
     */
    void tell(long connection, BrokerFrame frame);

    /**
     * Returns how often clients were told something, whether it is said or not.
     *
     * @return the number of calls so far that tell a client something, or of its end
     */
    long told();

    /**
     * Returns how much of large messages was told and may not be said yet: it stays in memory until
     * then.
     *
     * @return in bytes
     */
    long unsaidPartBytes();

    /**
     * Tells a client something that a crash takes back anyway: of non-persistent records, or of
     * what a temporary destination holds by itself. It waits for what the client is to be told
     * before and for relaxed batches, but for no others.
     *
     * @param connection the client's connection
     * @param frame what
     */
    void tellRelaxed(long connection, BrokerFrame frame);

    /**
     * Hears that a connection has ended, once all that its end has changed so far is durable: the
     * last that is said of it.
     *
     * @param connection the connection
     */
    void ended(long connection);

    /**
     * Asks for records, which come through {@link Core#loaded}.
     *
     * @param partition the partition
     * @param fromOffset the first offset of interest
     * @param bytesMax about how many bytes
     * @param wanted which records; others may be left out. Null for all
     */
    void load(long partition, long fromOffset, int bytesMax, NeededRecords wanted);
}
