// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.DeskOptions;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;

import javax.naming.NamingException;

/** The order desk on any provider; {@code taffrail quickstart} runs it without a server. */
final class OrderDeskSample implements Sample {
    @Override
    public Set<String> options() {
        return Set.of("--jndi", "--orders");
    }

    @Override
    public boolean run(CommandLine options, PrintStream out)
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        String file =
                options.value("--jndi")
                        .orElseThrow(() -> new IllegalArgumentException("--jndi is missing"));
        int orders = options.number("--orders", DeskOptions.DEFAULT.orders());
        DeskOptions desk = DeskOptions.DEFAULT.withOrders(orders);
        return new MeasuredDesk(out).run(Jndi.ofFile(Path.of(file)), desk);
    }
}
