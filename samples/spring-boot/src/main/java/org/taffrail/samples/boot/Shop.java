// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.boot;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.stereotype.Component;

import java.util.concurrent.TimeUnit;

/** Sends orders and waits until they are confirmed. */
@Component
class Shop {
    private final JmsTemplate jms;
    private final Confirmations confirmations;
    private final int orders;

    Shop(JmsTemplate jms, Confirmations confirmations, @Value("${shop.orders}") int orders) {
        this.jms = jms;
        this.confirmations = confirmations;
        this.orders = orders;
    }

    /** Sells all day; returns what happened, for people. */
    String sell() {
        for (int order = 1; order <= orders; order++) {
            jms.convertAndSend(OrderClerk.ORDERS, "order " + order);
        }
        confirmations.await(orders, 30, TimeUnit.SECONDS);
        return confirmations.distinct()
                + " of "
                + orders
                + " orders confirmed, "
                + confirmations.again()
                + " of them at the second try";
    }

    /** Whether each order was confirmed, and once. */
    boolean isContent() {
        return confirmations.distinct() == orders && confirmations.all() == orders;
    }
}
