// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;

/** Where the decisions of a core go that only recovers: it must make none but events. */
class RecoveringOutput implements Output {
    private final ByteSink events = new ByteSink(64);

    @Override
    public ByteSink events() {
        return events;
    }

    @Override
    public long closedSequence() {
        return 0;
    }

    @Override
    public long durableSequence() {
        return 0;
    }

    @Override
    public long told() {
        return 0;
    }

    @Override
    public long unsaidPartBytes() {
        return 0;
    }

    @Override
    public boolean append(byte[] array, int at, int length, boolean mayBeRelaxed) {
        throw new AssertionError("a recovering core sends");
    }

    @Override
    public void stage(long stagingId, byte[] array, int at, int length) {
        throw new AssertionError("a recovering core stages");
    }

    @Override
    public void commitStaged(long stagingId) {
        throw new AssertionError("a recovering core commits");
    }

    @Override
    public void abortStaged(long stagingId) {
        throw new AssertionError("a recovering core aborts");
    }

    @Override
    public void tell(long connection, BrokerFrame frame) {
        throw new AssertionError("a recovering core talks: " + frame);
    }

    @Override
    public void tellRelaxed(long connection, BrokerFrame frame) {
        tell(connection, frame);
    }

    @Override
    public void ended(long connection) {
        throw new AssertionError("a recovering core ends connections");
    }

    @Override
    public void load(long partition, long fromOffset, int bytesMax, NeededRecords wanted) {
        throw new AssertionError("a recovering core loads");
    }
}
