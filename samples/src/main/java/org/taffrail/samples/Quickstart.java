// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.DeskOptions;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.naming.NamingException;

/**
 * The first thing to run: the order desk on a broker inside this process, which keeps its log in a
 * folder. Prints what happened and how long it took.
 *
 * <p>It knows no class of the provider, only what a {@code jndi.properties} would say.
 */
public final class Quickstart {
    private static final DeskOptions BUSY =
            DeskOptions.DEFAULT.withOrders(2_000).withOrdersPerSecond(1_000);
    private static final String USAGE =
            String.format(
                    Locale.ROOT,
                    """
            usage: taffrail quickstart [--data DIR] [--orders N]
              --data DIR   keep the broker's log in DIR (default: a temporary folder, removed at
                           the end)
              --orders N   place N orders, %d to %d (default: %d)
            """,
                    DeskOptions.ORDERS_MIN,
                    DeskOptions.ORDERS_MAX,
                    BUSY.orders());

    private final PrintStream out;
    private final PrintStream err;

    Quickstart(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the quickstart. Exits with 0 if all went as it should, 1 if not, 2 if it could not be
     * run.
     *
     * @param args {@code [--data DIR] [--orders N]}
     */
    public static void main(String[] args) {
        System.exit(new Quickstart(System.out, System.err).start(List.of(args)));
    }

    /** Runs the command line and returns the exit code. */
    int start(List<String> args) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            CommandLine options = CommandLine.parse(args, Set.of("--data", "--orders"));
            DeskOptions desk = BUSY.withOrders(options.number("--orders", BUSY.orders()));
            try (DataFolder folder = DataFolder.of(options.value("--data"), "quickstart")) {
                int code = runOn(folder.path(), desk);
                if (folder.temporary()) {
                    out.println("The folder is removed now; --data DIR keeps one.");
                }
                return code;
            }
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
        } catch (JMSException | NamingException | IOException | DeskException e) {
            err.println("The quickstart could not go on: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 2;
    }

    private int runOn(Path folder, DeskOptions desk)
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        out.println("A broker in this process keeps its log in " + folder.toAbsolutePath());
        out.println();
        boolean well =
                new MeasuredDesk(out)
                        .run(Jndi.ofSample("orderdesk", Jndi.embeddedIn(folder)), desk);
        out.print(
                """

                What to look at next
                  the application   plain JMS; samples/src/main/java/org/taffrail/samples/orderdesk
                                    in the source tree
                  a server          bin/taffrail broker --data DIR --port 61700
                  to run one        docs/operators-day.md, step by step
                  your application  two lines in its jndi.properties:
                    java.naming.factory.initial=org.taffrail.jms.jndi.TaffrailInitialContextFactory
                    connectionFactory.ConnectionFactory=taffrail://localhost:61700
                  real figures      bin/taffrail perf latency --jndi FILE
                """);
        return well ? 0 : 1;
    }
}
