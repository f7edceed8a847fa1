// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** Copies what a side group of its own is told of to a queue. */
final class ReplayTask extends MoveTask {
    private final Decisions decisions;
    private final Group side;

    ReplayTask(Decisions decisions, Group side, Partition target) {
        super(decisions, target);
        this.decisions = decisions;
        this.side = side;
    }

    @Override
    public void close() {
        if (!side.gone) {
            decisions.deleteGroup(side);
        }
    }
}
