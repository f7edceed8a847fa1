// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.quarkus;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

import jakarta.jms.JMSException;

/** Places orders, has them taken, and tells what became of them. */
@QuarkusMain
public class OrdersApplication implements QuarkusApplication {
    private static final int ORDERS = 50;

    /** Its amount has a letter where a digit should be. */
    private static final int POISON = 13;

    private static final int FAILURES_MAX = 20;

    private final Clerk clerk;

    /**
     * For Quarkus.
     *
     * @param clerk takes orders
     */
    public OrdersApplication(Clerk clerk) {
        this.clerk = clerk;
    }

    @Override
    public int run(String... arguments) throws JMSException {
        for (int i = 0; i < ORDERS; i++) {
            clerk.place("SO-" + i, i == POISON ? "1O.50" : i + ".50");
        }
        int failures = 0;
        boolean more = true;
        while (more && failures < FAILURES_MAX) {
            try {
                more = clerk.takeOne();
            } catch (NumberFormatException e) {
                failures++;
            }
        }
        int confirmed = clerk.count("confirmations");
        int dead = clerk.count("DLQ.orders");
        System.out.println(
                confirmed
                        + " of "
                        + ORDERS
                        + " orders confirmed, "
                        + dead
                        + " dead after "
                        + failures
                        + " rollbacks");
        return confirmed == ORDERS - 1 && dead == 1 && failures == 10 ? 0 : 1;
    }
}
