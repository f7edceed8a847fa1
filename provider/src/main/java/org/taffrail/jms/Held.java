// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.Link;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.RecordLayout;

/**
 * A message that one of our consumers holds: delivered, and not settled yet.
 *
 * @param delivery what the broker delivered
 * @param priority with which it is taken, 0 to 9: its own, or one for all that come in the order of
 *     the log
 * @param expirationMs when it expires, ms since 1970, 0 for never
 */
record Held(Link.Delivery delivery, int priority, long expirationMs) {
    private static final int USUAL_PRIORITY = 4;

    static Held of(Link.Delivery delivery, ClientFrame.Source source) {
        byte[] record = delivery.record();
        boolean inOrder = source == ClientFrame.Source.SIDE;
        return new Held(
                delivery,
                inOrder ? USUAL_PRIORITY : RecordLayout.priority(record, 0),
                RecordLayout.expirationMs(record, 0));
    }

    int bytes() {
        return delivery.record().length;
    }
}
