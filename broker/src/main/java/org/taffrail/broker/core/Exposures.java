// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What of groups may have been seen by applications: marked after a start, and taken away at an
 * orderly end.
 */
final class Exposures {
    private final Decisions decisions;
    private final Releases releases;

    Exposures(Decisions decisions, Releases releases) {
        this.decisions = decisions;
        this.releases = releases;
    }

    /** Marks what may have been seen before this start, and lets groups go on. */
    void recovered() {
        for (Destination destination : decisions.state().destinations()) {
            for (Group group : destination.groups.values()) {
                Position position = group.position;
                if (position.isExposed()) {
                    long end = destination.partition.end();
                    decisions.mark(position, Math.min(end, position.deliverableBefore()));
                }
                if (position.past() != null && !position.past().isDone()) {
                    decisions.fills().begin(position);
                }
                decisions.dispatcher().timed(group.position);
            }
        }
    }

    /** Takes the marks away, a step with each call; returns whether all are gone. */
    boolean clear() {
        int left = decisions.limits().releasesMax();
        for (Destination destination : decisions.state().destinations()) {
            if (releases.putBack(destination.partition)) {
                return false;
            }
            for (Group group : destination.groups.values()) {
                if (group.isDurable() && group.position.isExposed()) {
                    if (left == 0) {
                        return false;
                    }
                    left--;
                    decisions.mark(group.position, group.position.markedBelow());
                }
            }
        }
        return true;
    }
}
