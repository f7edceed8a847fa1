// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.micronaut;

import io.micronaut.context.ApplicationContext;

import java.io.PrintStream;
import java.util.Map;

/** Places orders and tells what became of them. */
public final class OrdersApplication {
    private static final int ORDERS = 50;

    /** Its amount has a letter where a digit should be. */
    private static final int POISON = 13;

    private static final long WAIT_MS = 20_000;

    private OrdersApplication() {}

    /**
     * Runs it. Exits with 0 if each order was confirmed once, or died, 1 if not.
     *
     * @param args none
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(System.out) ? 0 : 1);
    }

    /** Runs it and tells how it went; whether all went as it should. */
    static boolean run(PrintStream out) throws InterruptedException {
        try (ApplicationContext context = ApplicationContext.run()) {
            Shop shop = context.getBean(Shop.class);
            for (int i = 0; i < ORDERS; i++) {
                shop.place(i == POISON ? "1O.50" : i + ".50", "SO-" + i);
            }
            Tally tally = context.getBean(Tally.class);
            boolean inTime = tally.await(ORDERS - 1, 1, WAIT_MS);
            long once = tally.confirmed().values().stream().filter(times -> times == 1).count();
            boolean well =
                    inTime && once == ORDERS - 1 && tally.dead().equals(Map.of("SO-" + POISON, 1));
            out.println(
                    once
                            + " of "
                            + ORDERS
                            + " orders confirmed once; on the dead-letter queue: "
                            + tally.dead());
            return well;
        }
    }
}
