// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;

import java.util.Collection;

/**
 * The runs of one partition that came back from the log, wherever they stand in it, by the offset
 * of each of their records. Records that stand together share a page, for they are mostly wanted
 * one after the other: a table with a place for each costs a cache miss or two for each, five times
 * while it is here.
 */
final class LoadedRuns {
    private static final int PAGE_BITS = 4;
    private static final int PAGE_RECORDS = 1 << PAGE_BITS;

    /** A table gives way to a smaller one when less than one part in so many is used. */
    private static final int HARDLY_USED = 16;

    private LongObjectHashMap<Page> pages = new LongObjectHashMap<>();

    /** The page used last; one that is not in the table has no records. */
    private Page last = new Page(-1);

    /** The runs of some records whose offsets differ in their last bits only. */
    private static final class Page {
        final long number;
        final Window.Run[] runs = new Window.Run[PAGE_RECORDS];
        int used;

        Page(long number) {
            this.number = number;
        }
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }

    /** Returns the run that holds a record, or null. */
    Window.Run find(long offset) {
        Page page = page(offset >> PAGE_BITS);
        return page == null ? null : page.runs[place(offset)];
    }

    private static int place(long offset) {
        return (int) offset & PAGE_RECORDS - 1;
    }

    private Page page(long number) {
        if (last.number == number) {
            return last;
        }
        Page page = pages.get(number);
        if (page != null) {
            last = page;
        }
        return page;
    }

    /** Takes a run that is not there. */
    void add(Window.Run run) {
        for (long offset = run.firstOffset; offset <= run.lastOffset(); offset++) {
            long number = offset >> PAGE_BITS;
            Page page = page(number);
            if (page == null) {
                page = new Page(number);
                last = page;
            }
            if (page.used == 0) {
                pages.put(number, page);
            }
            page.runs[place(offset)] = run;
            page.used++;
        }
    }

    /** Forgets a run; returns whether it was there. */
    boolean remove(Window.Run run) {
        if (find(run.firstOffset) != run) {
            return false;
        }
        for (long offset = run.firstOffset; offset <= run.lastOffset(); offset++) {
            Page page = page(offset >> PAGE_BITS);
            page.runs[place(offset)] = null;
            page.used--;
            if (page.used == 0) {
                pages.remove(page.number);
            }
        }
        if (pages.size() < pages.keys.length / HARDLY_USED) {
            pages = new LongObjectHashMap<>(pages);
        }
        return true;
    }

    /** Takes down all runs. */
    void addAllTo(Collection<Window.Run> target) {
        for (ObjectCursor<Page> each : pages.values()) {
            for (int i = 0; i < PAGE_RECORDS; i++) {
                Window.Run run = each.value.runs[i];
                if (run != null && run.firstOffset == (each.value.number << PAGE_BITS) + i) {
                    target.add(run);
                }
            }
        }
    }
}
