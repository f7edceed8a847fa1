// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.micronaut;

import io.micronaut.jms.annotations.JMSProducer;
import io.micronaut.jms.annotations.Queue;
import io.micronaut.messaging.annotation.MessageBody;
import io.micronaut.messaging.annotation.MessageHeader;

/** Sends orders and their confirmations; Micronaut writes the class. */
@JMSProducer(Connections.NAME)
public interface Shop {
    /**
     * Places an order.
     *
     * @param amount what it comes to
     * @param orderId its number
     */
    @Queue("orders")
    void place(@MessageBody String amount, @MessageHeader("orderId") String orderId);

    /**
     * Confirms an order.
     *
     * @param text says so
     * @param orderId its number
     */
    @Queue("confirmations")
    void confirm(@MessageBody String text, @MessageHeader("orderId") String orderId);
}
