// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.boot;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.PrintStream;

/**
 * A shop that sends orders, a clerk who confirms them, and a counter that collects confirmations:
 * three beans and two queues. Which provider carries them is a matter of the starter in the pom.
 */
@SpringBootApplication
public class OrdersApplication {
    /** Made by Spring. */
    public OrdersApplication() {}

    /**
     * Runs a day of the shop. Exits with 0 if each order was confirmed once, else with 1.
     *
     * @param args properties, as Boot takes them: {@code --shop.orders=50}
     */
    public static void main(String[] args) {
        System.exit(run(System.out, args) ? 0 : 1);
    }

    /** Runs a day and tells of it; returns whether each order was confirmed once. */
    static boolean run(PrintStream out, String... args) {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(OrdersApplication.class, args)) {
            Shop shop = context.getBean(Shop.class);
            out.println(shop.sell() + " on " + provider(context.getBean(ConnectionFactory.class)));
            return shop.isContent();
        } catch (JMSException e) {
            throw new IllegalStateException("the provider does not say its name", e);
        }
    }

    private static String provider(ConnectionFactory factory) throws JMSException {
        try (Connection connection = factory.createConnection()) {
            return connection.getMetaData().getJMSProviderName();
        }
    }
}
