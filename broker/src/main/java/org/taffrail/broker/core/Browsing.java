// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.SelectorRecord;

/**
 * Shows messages to browsers that have credit, by the dispatcher's budget. Nothing changes by it:
 * no message is held, settled, counted or marked as seen. What has expired is passed over and left
 * to the sweep.
 *
 * <p>A drain ends when its credit is used up or the scan is at its end; a client that has got less
 * than it gave credit for, in messages and in bytes, knows that this was the end.
 */
final class Browsing {
    private final Decisions decisions;
    private final Showing showing;
    private final RecordView record = new RecordView();
    private final SelectorRecord selectorRecord = new SelectorRecord();

    /** Tells a consumer of a message. */
    @FunctionalInterface
    interface Showing {
        void show(Consumer consumer, long offset, Window.Run run);
    }

    Browsing(Decisions decisions, Showing showing) {
        this.decisions = decisions;
        this.showing = showing;
    }

    /**
     * Serves the browsers of a group that are awake, in turn.
     *
     * @param passing records that were loaded for browsers
     * @return what is left of the budget; 0 means that there may be more to do
     */
    int work(Group group, int budget, PassingRuns passing) {
        int left = budget;
        for (int turns = group.browsers.awakeCount(); turns > 0 && left > 0; turns--) {
            left = serve(group.browsers.takeNext(), left, passing);
        }
        return left;
    }

    /**
     * Serves one that was taken out of those awake; puts it back where it still wants something.
     */
    private int serve(Browser browser, int budget, PassingRuns passing) {
        Partition partition = browser.group.position.partition;
        int left = budget;
        boolean waits =
                browser.awaits
                        || browser.stream != null
                        || !browser.hasBegun() && partition.isLagging();
        if (!waits && !browser.hasBegun()) {
            browser.begin(partition.end());
        }
        while (left > 0 && !waits && !browser.client.paused) {
            long offset = browser.hasCredit() ? browser.next(decisions.nowMs()) : -1;
            left--;
            if (offset >= 0) {
                waits = !look(browser, partition, offset, passing) || browser.stream != null;
            } else if (browser.isDraining()) {
                int token = browser.endDrain();
                decisions.tell(browser.client, new BrokerFrame.Drained(browser.id, token));
            } else {
                return left;
            }
        }
        browser.group.browsers.wake(browser);
        return left;
    }

    /** Looks at a message and shows it; false where its record must be loaded first. */
    private boolean look(Browser browser, Partition partition, long offset, PassingRuns passing) {
        Window.Run run = partition.find(offset);
        if (run == null) {
            run = passing.find(offset);
        }
        if (run == null) {
            browser.await(offset);
            decisions.loadToPass(partition, offset);
            return false;
        }
        if (!browser.looks(offset, run)) {
            return true;
        }
        int at = run.recordAt(offset);
        long expiration = RecordLayout.expirationMs(run.array, at);
        boolean expired = expiration != 0 && expiration <= decisions.nowMs();
        if (!expired && isSelected(browser, run.array, at)) {
            showing.show(browser, offset, run);
        }
        return true;
    }

    private boolean isSelected(Browser browser, byte[] array, int at) {
        return !browser.isSelective()
                || selectorRecord.matches(browser.selector, record.wrap(array, at));
    }
}
