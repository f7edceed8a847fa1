// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.io.IOException;

/**
 * Forces inline while forces are short and on other threads while they are not, by what was
 * measured lately. It changes sides only when nothing is under way, for which it lets what is under
 * way finish, and comes back only when forces take half of what drove it away.
 */
final class AdaptiveForcer implements Forcer {
    private final ForceTimes times;
    private final long slowNs;
    private final Forcer inline;
    private final Forcer threaded;
    private boolean slow;
    private int begun;

    AdaptiveForcer(ForceTimes times, long slowNs, Forcer inline, Forcer threaded) {
        this.times = times;
        this.slowNs = slowNs;
        this.inline = inline;
        this.threaded = threaded;
    }

    /** Tells whether forces run on other threads now. */
    boolean slow() {
        return slow;
    }

    @Override
    public boolean ready() {
        choose();
        boolean leaving = slow && times.averageNs() <= slowNs / 2;
        return !leaving && now().ready();
    }

    @Override
    public void begin(Force force) throws IOException {
        choose();
        begun++;
        now().begin(force);
    }

    @Override
    public Force poll() throws IOException {
        Force finished = now().poll();
        if (finished != null) {
            begun--;
        }
        return finished;
    }

    @Override
    public void await() {
        now().await();
    }

    @Override
    public void close() {
        inline.close();
        threaded.close();
    }

    private Forcer now() {
        return slow ? threaded : inline;
    }

    private void choose() {
        if (begun == 0) {
            long averageNs = times.averageNs();
            slow = slow ? averageNs > slowNs / 2 : averageNs > slowNs;
        }
    }
}
