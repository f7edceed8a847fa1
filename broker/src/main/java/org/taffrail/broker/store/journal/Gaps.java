// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.store.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Where batches are missing in segments that may have a torn tail. Whether that is damage is known
 * only when all was read: every batch says which sequence was durable before it.
 */
final class Gaps {
    private static final int GAPS_MAX = 10_000;

    private final List<Gap> gaps = new ArrayList<>();
    private long untold;

    /**
     * A place where batches are missing.
     *
     * @param file the segment
     * @param position where in it
     * @param from the first sequence that is missing
     * @param what for people
     */
    record Gap(String file, long position, long from, String what) {}

    /** Notes one; each begins with a later sequence than the one before. */
    void add(Gap gap) {
        if (gaps.size() < GAPS_MAX) {
            gaps.add(gap);
        } else {
            untold++;
        }
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    /**
     * Tells of them.
     *
     * @param durable the highest sequence that is known to have been durable
     * @param last the last sequence that was found
     * @return the last one that a start would keep: nothing behind a gap that is no damage
     */
    long judge(long durable, long last, Findings findings) {
        long kept = last;
        for (Gap gap : gaps) {
            boolean cut = gap.from > durable;
            if (cut) {
                kept = Math.min(kept, gap.from - 1);
            }
            findings.add(
                    cut ? Findings.Harm.CUT : Findings.Harm.DAMAGE,
                    gap.file,
                    gap.position,
                    gap.what);
        }
        if (untold > 0) {
            Gap gap = gaps.get(GAPS_MAX - 1);
            String what = "behind it batches are missing in " + untold + " more places";
            findings.add(Findings.Harm.DAMAGE, gap.file, gap.position, what);
            kept = Math.min(kept, durable);
        }
        return kept;
    }
}
