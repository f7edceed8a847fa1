// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples;

import jakarta.jms.JMSException;

import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.DeskOptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

import javax.naming.NamingException;

/** The command {@code taffrail sample}: runs a sample on what a {@code jndi.properties} says. */
public final class Main {
    private static final String USAGE =
            String.format(
                    Locale.ROOT,
                    """
            usage: taffrail sample orderdesk --jndi FILE [--orders N]
                   taffrail sample spring-boot [--PROPERTY=VALUE...]
              --jndi FILE   the jndi.properties of any provider whose jars are on the class path
              --orders N    place N orders, %d to %d (default: %d)
            """,
                    DeskOptions.ORDERS_MIN,
                    DeskOptions.ORDERS_MAX,
                    DeskOptions.DEFAULT.orders());

    private Main() {}

    /**
     * Runs a sample. Exits with 0 if all went as it should, 1 if not, 2 if it could not be run.
     *
     * @param args {@code orderdesk --jndi FILE [--orders N]}
     */
    public static void main(String[] args) {
        System.exit(start(List.of(args), System.out, System.err));
    }

    /** Runs the command line and returns the exit code. */
    static int start(List<String> args, PrintStream out, PrintStream err) {
        if (args.isEmpty() || !args.get(0).equals("orderdesk")) {
            boolean asked = !args.isEmpty() && Set.of("--help", "-h").contains(args.get(0));
            (asked ? out : err).print(USAGE);
            return asked ? 0 : 2;
        }
        try {
            CommandLine options =
                    CommandLine.parse(args.subList(1, args.size()), Set.of("--jndi", "--orders"));
            String file =
                    options.value("--jndi")
                            .orElseThrow(() -> new IllegalArgumentException("--jndi is missing"));
            int orders = options.number("--orders", DeskOptions.DEFAULT.orders());
            DeskOptions desk = DeskOptions.DEFAULT.withOrders(orders);
            return new MeasuredDesk(out).run(load(Path.of(file)), desk) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
        } catch (JMSException | NamingException | IOException | DeskException e) {
            err.println("The order desk could not go on: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 2;
    }

    private static Properties load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        }
    }
}
