// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.micronaut;

import io.micronaut.jms.annotations.JMSListener;
import io.micronaut.jms.annotations.Queue;
import io.micronaut.messaging.annotation.MessageBody;
import io.micronaut.messaging.annotation.MessageHeader;

import jakarta.jms.Session;

import java.math.BigDecimal;

/**
 * Confirms orders. The session that receives is transacted: what throws is rolled back, and comes
 * again until the broker puts it on the dead-letter queue. The confirmation goes out through
 * another session, at once, so it is the last thing that is done.
 */
@JMSListener(Connections.NAME)
public class Clerk {
    private final Shop shop;

    /**
     * For Micronaut.
     *
     * @param shop takes the confirmations
     */
    public Clerk(Shop shop) {
        this.shop = shop;
    }

    /**
     * Takes an order.
     *
     * @param amount what it comes to
     * @param orderId its number
     */
    @Queue(value = "orders", transacted = true, acknowledgeMode = Session.SESSION_TRANSACTED)
    public void take(@MessageBody String amount, @MessageHeader("orderId") String orderId) {
        BigDecimal total = new BigDecimal(amount);
        shop.confirm(total + " euro confirmed", orderId);
    }
}
