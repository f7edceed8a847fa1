// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.Link;
import org.taffrail.wire.record.RecordLayout;

/**
 * A message that one of our consumers holds: delivered, and not settled yet.
 *
 * @param delivery what the broker delivered
 * @param priority its priority, 0 to 9
 * @param expirationMs when it expires, ms since 1970, 0 for never
 */
record Held(Link.Delivery delivery, int priority, long expirationMs) {
    static Held of(Link.Delivery delivery) {
        byte[] record = delivery.record();
        return new Held(
                delivery, RecordLayout.priority(record, 0), RecordLayout.expirationMs(record, 0));
    }

    int bytes() {
        return delivery.record().length;
    }
}
