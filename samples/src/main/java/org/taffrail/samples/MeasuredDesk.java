// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.DeskOptions;
import org.taffrail.samples.orderdesk.DeskSummary;
import org.taffrail.samples.orderdesk.OrderDesk;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Properties;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The order desk with a stopwatch beside it. */
final class MeasuredDesk {
    private final PrintStream out;

    MeasuredDesk(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the order desk on what the properties say; prints what happened and how long it took.
     *
     * @return whether all went as it should
     */
    boolean run(Properties jndi, DeskOptions options)
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        LatencyTable latencies = new LatencyTable();
        InitialContext context = new InitialContext(jndi);
        DeskSummary day = new OrderDesk(context, options, latencies, out).run();
        context.close();
        out.println();
        out.println("Latencies of the orders placed by day, from a cold start");
        out.print(latencies.text());
        out.print(
                """
                  send: the call, which returns when the order is safe with the broker.
                  end to end: from just before the send until a clerk has received the order.
                """);
        return day.problems().isEmpty();
    }
}
