// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.selector.Selector;

/**
 * A scan of a queue (Jakarta Messaging 4.1.6): highest priority first, and the offsets within each
 * in their order. What was ready when it began, stays ready, and matches the selector is shown
 * exactly once. It may begin behind a message that another scan has shown, so that a queue is shown
 * in pages, each as quick as the first.
 */
final class QueueBrowser extends Browser {
    private int priority;
    private long nextOffset;

    QueueBrowser(Client client, int id, Group group, Selector selector, Behind behind) {
        super(client, id, group, selector);
        priority = behind.priority;
        nextOffset = behind.offset + 1;
    }

    /**
     * Where a scan begins: behind a message, which need not be there any more.
     *
     * @param priority its priority
     * @param offset its offset
     */
    record Behind(int priority, long offset) {
        private static final Behind NOTHING = new Behind(Position.PRIORITIES - 1, -1);
        private static final int DIGITS_MAX = 18;

        /**
         * Reads one.
         *
         * @param text priority and offset, with a colon between; null for none
         * @throws WireException {@link ErrorCode#INVALID_OPTION} if it is not so written
         */
        static Behind of(String text) {
            if (text == null) {
                return NOTHING;
            }
            if (!isWell(text)) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        "a browser of a queue begins behind a message, named as priority:offset");
            }
            return new Behind(text.charAt(0) - '0', Long.parseLong(text.substring(2)));
        }

        private static boolean isWell(String text) {
            if (text.length() < 3 || text.length() > 2 + DIGITS_MAX) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                char each = text.charAt(i);
                if (i == 1 ? each != ':' : each < '0' || each > '9') {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    long next(long nowMs) {
        while (priority >= 0) {
            long offset = group.position.ready(priority).next(nextOffset);
            if (offset >= 0 && offset < end()) {
                return offset;
            }
            priority--;
            nextOffset = 0;
        }
        return -1;
    }

    @Override
    boolean looks(long offset, Window.Run run) {
        nextOffset = offset + 1;
        return true;
    }
}
