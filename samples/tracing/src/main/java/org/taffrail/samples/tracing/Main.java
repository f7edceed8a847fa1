// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.tracing;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import java.util.concurrent.CountDownLatch;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Runs one of the three: {@code shop [ORDERS]}, {@code clerk} or {@code warehouse}. */
public final class Main {
    private static final int ORDERS = 3;

    private Main() {}

    /**
     * Runs it. The shop ends with 0 if each order that can be read was confirmed, and with 1 if
     * not; the others run until they are stopped.
     *
     * @param arguments which, and for the shop how many orders
     * @throws JMSException if the broker is not there, or ends
     * @throws NamingException if {@code jndi.properties} can't be used
     * @throws InterruptedException if it is told to end
     */
    public static void main(String[] arguments)
            throws JMSException, NamingException, InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String... arguments)
            throws JMSException, NamingException, InterruptedException {
        String role = arguments.length == 0 ? "" : arguments[0];
        InitialContext names = new InitialContext();
        ConnectionFactory factory = (ConnectionFactory) names.lookup("ConnectionFactory");
        try (Connection connection = factory.createConnection()) {
            switch (role) {
                case "shop":
                    int orders = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ORDERS;
                    return new Shop(names).run(connection, orders) ? 0 : 1;
                case "clerk":
                    passOn(connection, names, "orders", "shipments");
                    return 0;
                case "warehouse":
                    passOn(connection, names, "shipments", "confirmations");
                    return 0;
                default:
                    System.err.println("say which: shop [ORDERS], clerk or warehouse");
                    return 2;
            }
        }
    }

    /** Works until it is stopped. */
    private static void passOn(Connection connection, InitialContext names, String from, String to)
            throws JMSException, NamingException, InterruptedException {
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        new PassOn(session, names, from, to).listen();
        connection.start();
        System.err.println("passing on from " + from + " to " + to);
        new CountDownLatch(1).await();
    }
}
