// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.camel;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

import java.math.BigDecimal;

/**
 * A content-based router between queues. Each order is one transaction: taken, copied for the
 * auditors, and sent on by its country. One that makes no sense is rejected, in words; one that
 * makes a step throw is rolled back, the auditors' copy with it, until the broker puts it on the
 * dead-letter queue.
 */
public final class OrderRoutes extends RouteBuilder {
    static final String COUNTRY = "country";

    /** For Camel. */
    public OrderRoutes() {}

    /** Says that an order makes no sense, whoever looks at it. */
    static final class SenselessOrder extends Exception {
        private static final long serialVersionUID = 1L;

        SenselessOrder(String message) {
            super(message);
        }
    }

    @Override
    public void configure() {
        // the broker redelivers; Camel must not do so inside the transaction
        errorHandler(noErrorHandler());
        from("jms:queue:orders?concurrentConsumers=3")
                .routeId("orders")
                .doTry()
                .to("jms:queue:orders.audit")
                .process(OrderRoutes::check)
                .choice()
                .when(header(COUNTRY).in("BE", "LU", "NL"))
                .to("jms:queue:orders.benelux")
                .when(header(COUNTRY).isEqualTo("DE"))
                .to("jms:queue:orders.germany")
                .otherwise()
                .to("jms:queue:orders.world")
                .endChoice()
                .endDoTry()
                .doCatch(SenselessOrder.class)
                .setHeader("reason", simple("${exception.message}"))
                .to("jms:queue:orders.rejected")
                .end();
    }

    private static void check(Exchange order) throws SenselessOrder {
        String country = order.getMessage().getHeader(COUNTRY, String.class);
        if (country == null || country.isBlank()) {
            throw new SenselessOrder("an order without a country");
        }
        // a NumberFormatException is a fault in this program: it is not caught
        BigDecimal amount = new BigDecimal(order.getMessage().getBody(String.class));
        if (amount.signum() <= 0) {
            throw new SenselessOrder("an order for nothing");
        }
    }
}
