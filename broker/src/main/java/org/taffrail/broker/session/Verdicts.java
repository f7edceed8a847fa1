// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.core.Overview;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Denied;
import org.taffrail.broker.security.Identity;
import org.taffrail.broker.security.Right;

import java.util.HashMap;
import java.util.Map;

/**
 * What one client may send to which partitions, remembered so that a send costs a comparison, or a
 * look into a small table. A partition's number is never used again for another destination; with
 * other permissions all is found out anew. Owned by the broker's thread.
 */
final class Verdicts {
    /** How many are remembered; with more, all are found out anew. */
    private static final int KEPT_MAX = 4096;

    /** Nothing is known of such a partition, and the core says so. */
    private static final Verdict UNKNOWN = new Verdict(null, null);

    private final Map<Long, Verdict> byPartition = new HashMap<>();
    private Access access;
    private long lastPartition;
    private Verdict last;

    /**
     * What is found about one partition.
     *
     * @param send why nothing may be sent to it, or null
     * @param imported why nothing may be imported into it, or null
     */
    record Verdict(Denied send, Denied imported) {}

    Verdict of(long partition, Identity who, Access now, Loop loop) {
        if (now != access) {
            access = now;
            byPartition.clear();
            last = null;
        }
        if (last == null || lastPartition != partition) {
            Verdict found = byPartition.get(partition);
            if (found == null) {
                found = judge(loop.core().overview().named(partition), who);
            }
            if (found == UNKNOWN) {
                return found;
            }
            if (byPartition.size() >= KEPT_MAX) {
                byPartition.clear();
            }
            byPartition.put(partition, found);
            lastPartition = partition;
            last = found;
        }
        return last;
    }

    private Verdict judge(Overview.Named named, Identity who) {
        return named == null
                ? UNKNOWN
                : new Verdict(
                        access.refuse(who, Right.SEND, named.kind(), named.name()),
                        access.refuse(who, Right.IMPORT, named.kind(), named.name()));
    }
}
