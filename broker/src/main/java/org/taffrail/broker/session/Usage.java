// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.record.RecordLayout;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

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
    private long creates;

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

    /** Says why the user may not have one temporary destination more, or null. */
    WireException refuseTemporary(UserLimits limits, Sessions all) {
        int max = limits.temporaryMax();
        if (max == 0) {
            return null;
        }
        long temporaries = 0;
        for (Session session : sessions) {
            temporaries += all.loop().core().overview().temporariesOf(session.id());
        }
        return temporaries < max
                ? null
                : reached(
                        "has " + temporaries + " temporary destinations",
                        max,
                        "limits.user.temporaryMax",
                        "delete some, or use one for several requests");
    }

    /** Says why the user may not make one destination more, or null; else it is counted. */
    WireException refuseCreation(UserLimits limits) {
        int max = limits.createsMax();
        if (max > 0 && creates >= max) {
            return reached(
                    "has made " + creates + " destinations since the broker's start",
                    max,
                    "limits.user.createsMax",
                    "have it made by a manager");
        }
        creates++;
        return null;
    }

    /** Says why the user may not send a run that has a message too large for it, or null. */
    WireException refuseLarge(UserLimits limits, byte[] array, int at) {
        long max = limits.messageBytesMax();
        if (max == 0) {
            return null;
        }
        int count = RunLayout.count(array, at);
        int position = at + RunLayout.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            long bytes = wholeLength(array, position);
            if (bytes > max) {
                return new WireException(
                        ErrorCode.MESSAGE_TOO_LARGE,
                        name()
                                + "sends a message of "
                                + bytes
                                + " bytes, allowed are "
                                + max
                                + " (limits.user.messageBytesMax): send less, or have the limit"
                                + " raised");
            }
            position += RecordLayout.length(array, position);
        }
        return null;
    }

    /** Returns how many bytes a record's message has; a part counts with the head before it. */
    private static long wholeLength(byte[] array, int at) {
        return RecordLayout.hasParts(array, at)
                ? new RecordView().wrap(array, at).wholeLength()
                : RecordLayout.isPart(array, at) ? 0 : RecordLayout.length(array, at);
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

    private String name() {
        return user == null ? "all clients without a user have together: " : "user " + user + " ";
    }

    private WireException reached(String what, long max, String key, String cure) {
        return new WireException(
                ErrorCode.LIMIT_REACHED,
                name()
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
