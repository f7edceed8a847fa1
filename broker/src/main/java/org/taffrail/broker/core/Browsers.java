// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The browsers of one group. Those that are awake want something and take turns; one that has no
 * credit, or is at its end, sleeps and is not even looked at.
 */
final class Browsers {
    private final Set<Browser> all = new LinkedHashSet<>(0);
    private final ArrayDeque<Browser> awake = new ArrayDeque<>(1);

    void add(Browser browser) {
        all.add(browser);
    }

    void remove(Browser browser) {
        all.remove(browser);
        awake.remove(browser);
    }

    /** Takes all of them out. */
    List<Browser> removeAll() {
        List<Browser> removed = new ArrayList<>(all);
        all.clear();
        awake.clear();
        return removed;
    }

    void wake(Browser browser) {
        if (!browser.isAwake) {
            browser.isAwake = true;
            awake.add(browser);
        }
    }

    int awakeCount() {
        return awake.size();
    }

    /** Takes out the browser whose turn it is, of those that are awake. */
    Browser takeNext() {
        Browser browser = awake.poll();
        browser.isAwake = false;
        return browser;
    }

    /** Whether one of them waits for a record. */
    boolean await(long offset) {
        for (Browser browser : all) {
            if (browser.isAwaiting(offset)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Hears that a record which was asked for is not there any more.
     *
     * @param next where the first is that may be
     */
    void missed(long offset, long next) {
        for (Browser browser : awake) {
            if (browser.isToLookAt(offset)) {
                browser.missed(next);
            }
        }
    }

    /** Hears that records were loaded: who has waited may look again. */
    void loaded() {
        for (Browser browser : awake) {
            browser.awaits = false;
        }
    }
}
