// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one user has of a broker, over all its connections; all clients without a user are one.
 * Owned by the broker's thread.
 */
final class Usage {
    private final String user;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Rate messages = new Rate();
    private final Rate bytes = new Rate();

    /**
     * So much a second, and for a moment as much as for a second: what is over is made up for
     * before anything more is let through.
     */
    private static final class Rate {
        private static final int MS = 1000;

        /** How much may still be taken, in thousandths; less than 0 while it is made up for. */
        private long left;

        private long lastMs = Long.MIN_VALUE;

        boolean hasRoom(long perSecond, long nowMs) {
            long full = perSecond * MS;
            if (lastMs == Long.MIN_VALUE || nowMs - lastMs >= MS && left >= 0) {
                left = full;
            } else if (nowMs > lastMs) {
                long elapsedMs = Math.min(nowMs - lastMs, Long.MAX_VALUE / MS / perSecond);
                left = Math.min(full, left + elapsedMs * perSecond);
            }
            lastMs = Math.max(lastMs, nowMs);
            return left > 0;
        }

        void take(long amount) {
            left -= amount * MS;
        }
    }

    Usage(String user) {
        this.user = user;
    }

    /** Whether nothing is left of it that counts. */
    boolean isOver() {
        return sessions.isEmpty();
    }

    /**
     * Counts a connection in.
     *
     * @throws WireException {@link ErrorCode#LIMIT_REACHED}
     */
    void enter(Session session, UserLimits limits) {
        int max = limits.connectionsMax();
        if (max > 0 && sessions.size() >= max) {
            throw reached(
                    "has " + sessions.size() + " connections",
                    max,
                    "limits.user.connectionsMax",
                    "close some");
        }
        sessions.add(session);
    }

    void leave(Session session) {
        sessions.remove(session);
    }

    /** Says why the user may not have one consumer more, or null. */
    WireException refuseConsumer(UserLimits limits, Sessions all) {
        int max = limits.consumersMax();
        if (max == 0) {
            return null;
        }
        long consumers = 0;
        for (Session session : sessions) {
            consumers += all.loop().core().overview().consumersOf(session.id());
        }
        return consumers < max
                ? null
                : reached(
                        "has " + consumers + " consumers and browsers",
                        max,
                        "limits.user.consumersMax",
                        "close some");
    }

    /** Says why the user may not send this now, or null; what may be sent is counted. */
    WireException refuseSend(UserLimits limits, int count, int length, long nowMs) {
        long countMax = limits.sendsPerSecondMax();
        if (countMax > 0 && !messages.hasRoom(countMax, nowMs)) {
            return reached(
                    "sends too many messages",
                    countMax,
                    "limits.user.sendsPerSecondMax",
                    "send them more slowly");
        }
        long bytesMax = limits.sendBytesPerSecondMax();
        if (bytesMax > 0 && !bytes.hasRoom(bytesMax, nowMs)) {
            return reached(
                    "sends too many bytes",
                    bytesMax,
                    "limits.user.sendBytesPerSecondMax",
                    "send them more slowly");
        }
        if (countMax > 0) {
            messages.take(count);
        }
        if (bytesMax > 0) {
            bytes.take(length);
        }
        return null;
    }

    private WireException reached(String what, long max, String key, String cure) {
        return new WireException(
                ErrorCode.LIMIT_REACHED,
                (user == null ? "all clients without a user have together" : "user " + user)
                        + (user == null ? ": " : " ")
                        + what
                        + ", allowed are "
                        + max
                        + " ("
                        + key
                        + "): "
                        + cure
                        + ", or have the limit raised");
    }
}
