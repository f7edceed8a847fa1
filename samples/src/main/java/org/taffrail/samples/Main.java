// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.DeskOptions;
import org.taffrail.samples.replay.WarehouseDay;
import org.taffrail.samples.requestreply.TideOptions;
import org.taffrail.samples.xa.PaymentsDay;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.naming.NamingException;

/** The command {@code taffrail sample}: runs a sample on what a {@code jndi.properties} says. */
public final class Main {
    private static final Map<String, Sample> SAMPLES =
            Map.of(
                    "orderdesk", new OrderDeskSample(),
                    "request-reply", new RequestReply(),
                    "xa", new Xa(),
                    "replay", new Replay());

    private static final String USAGE =
            String.format(
                    Locale.ROOT,
                    """
            usage: taffrail sample orderdesk --jndi FILE [--orders N]
                   taffrail sample request-reply [--jndi FILE] [--requests N]
                   taffrail sample xa [--jndi FILE] [--data DIR] [--payments N]
                   taffrail sample replay [--jndi FILE] [--data DIR] [--moves N]
                   taffrail sample spring-boot [--PROPERTY=VALUE...]
                   taffrail sample camel
                   taffrail sample micronaut
              --jndi FILE    the jndi.properties of any provider whose jars are on the class path;
                             where it may be left out, a broker in this process is used
              --orders N     place N orders, %d to %d (default: %d)
              --requests N   ask N times, %d to %d (default: %d)
              --payments N   send N payments, %d to %d (default: %d)
              --moves N      send N moves a day, %d to %d (default: %d)
              --data DIR     where database, transaction log and, without --jndi, the broker keep
                             their files (default: a temporary folder, removed at the end)
            """,
                    DeskOptions.ORDERS_MIN,
                    DeskOptions.ORDERS_MAX,
                    DeskOptions.DEFAULT.orders(),
                    TideOptions.REQUESTS_MIN,
                    TideOptions.REQUESTS_MAX,
                    TideOptions.DEFAULT.requests(),
                    PaymentsDay.PAYMENTS_MIN,
                    PaymentsDay.PAYMENTS_MAX,
                    PaymentsDay.PAYMENTS,
                    WarehouseDay.MOVES_MIN,
                    WarehouseDay.MOVES_MAX,
                    WarehouseDay.MOVES);

    private Main() {}

    /**
     * Runs a sample. Exits with 0 if all went as it should, 1 if not, 2 if it could not be run.
     *
     * @param args the sample's name and its options
     */
    public static void main(String[] args) {
        System.exit(start(List.of(args), System.out, System.err));
    }

    /** The names of the samples that it runs. */
    static Set<String> names() {
        return SAMPLES.keySet();
    }

    /** Runs the command line and returns the exit code. */
    static int start(List<String> args, PrintStream out, PrintStream err) {
        Sample sample = args.isEmpty() ? null : SAMPLES.get(args.get(0));
        if (sample == null) {
            boolean asked = !args.isEmpty() && Set.of("--help", "-h").contains(args.get(0));
            (asked ? out : err).print(USAGE);
            return asked ? 0 : 2;
        }
        try {
            CommandLine options = CommandLine.parse(args.subList(1, args.size()), sample.options());
            return sample.run(options, out) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
        } catch (JMSException | NamingException | IOException | DeskException e) {
            err.println("The sample " + args.get(0) + " could not go on: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 2;
    }
}
