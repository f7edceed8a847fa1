// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users have of a broker. Of one without a connection it is remembered for a while how much it
 * has sent, so that connecting anew does not begin anew. Owned by the broker's thread.
 */
final class Usages {
    /** So many users are remembered that have no connection. */
    private static final int REMEMBERED_MAX = 10_000;

    private final Map<String, Usage> byUser = new HashMap<>();
    private final LinkedHashMap<String, Usage> without = new LinkedHashMap<>();

    /**
     * Counts a connection in.
     *
     * @throws org.taffrail.wire.WireException if the user has as many as it may
     */
    Usage enter(Session session, String user, UserLimits limits) {
        Usage usage = byUser.computeIfAbsent(user, Usage::new);
        usage.enter(session, limits);
        without.remove(user);
        return usage;
    }

    void leave(Session session, String user) {
        Usage usage = byUser.get(user);
        if (usage != null) {
            usage.leave(session);
            if (usage.isOver()) {
                without.put(user, usage);
            }
            if (without.size() > REMEMBERED_MAX) {
                String oldest = without.keySet().iterator().next();
                without.remove(oldest);
                byUser.remove(oldest);
            }
        }
    }
}
