// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.boot;

import org.springframework.jms.annotation.JmsListener;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.stereotype.Component;

/**
 * Confirms orders. Taking an order and sending its confirmation are one transaction; the printer
 * jams at each thirteenth order, and the provider delivers that again.
 */
@Component
class OrderClerk {
    static final String ORDERS = "orders";
    static final String CONFIRMATIONS = "confirmations";

    @JmsListener(destination = ORDERS, concurrency = "3")
    @SendTo(CONFIRMATIONS)
    String confirm(String order, @Header("JMSXDeliveryCount") int delivery) {
        if (order.endsWith("13") && delivery == 1) {
            throw new IllegalStateException("the printer is jammed: " + order);
        }
        return order + " confirmed at try " + delivery;
    }
}
