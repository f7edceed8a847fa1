// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many bytes of messages users hold unsettled: whose consumers hold as much as a user may get
 * nothing more until an eighth of that is settled. All clients without a user are one. What a
 * prepared transaction holds does not count any more once its connection is gone.
 */
final class UserHoldings {
    /** Which part of the limit must be settled before there is more: else each settlement wakes. */
    private static final int ROOM_PART = 8;

    private final Map<String, OfUser> byUser = new HashMap<>();
    private final Consumer<Group> wake;
    private long bytesMax;

    /**
     * Makes one without a limit.
     *
     * @param wake hears of each group that may have something for one of its consumers again
     */
    UserHoldings(Consumer<Group> wake) {
        this.wake = wake;
    }

    /** Sets how many bytes a user's consumers may hold; 0 for no limit. */
    void limit(long newBytesMax) {
        if (bytesMax != newBytesMax) {
            bytesMax = newBytesMax;
            byUser.values().forEach(OfUser::judge);
        }
    }

    /** Takes a connection of a user. */
    OfUser enter(String user) {
        OfUser found = byUser.computeIfAbsent(user, OfUser::new);
        found.clients++;
        return found;
    }

    /** Takes the end of a connection. */
    void leave(OfUser one) {
        if (--one.clients == 0) {
            byUser.remove(one.user);
        }
    }

    /** Returns what nobody is held back by. */
    OfUser ofNobody() {
        return new OfUser(null);
    }

    /** What one user's consumers hold. */
    final class OfUser {
        private final String user;
        private final Set<Group> awaiting = new LinkedHashSet<>();
        private int clients;
        private long bytes;
        private boolean full;

        private OfUser(String user) {
            this.user = user;
        }

        /** Whether a group must not give anything to the user; it hears when it may again. */
        boolean holdsBack(Group group) {
            if (full) {
                awaiting.add(group);
            }
            return full;
        }

        void took(long more) {
            bytes += more;
            full = full || bytesMax > 0 && bytes >= bytesMax;
        }

        void dropped(long less) {
            bytes -= less;
            if (full && bytes <= bytesMax - Math.max(1, bytesMax / ROOM_PART)) {
                release();
            }
        }

        private void judge() {
            boolean isFull = bytesMax > 0 && bytes >= bytesMax;
            if (full && !isFull) {
                release();
            }
            full = isFull;
        }

        private void release() {
            full = false;
            awaiting.forEach(wake);
            awaiting.clear();
        }
    }
}
