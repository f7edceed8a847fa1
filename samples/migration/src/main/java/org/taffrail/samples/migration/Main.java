// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

import jakarta.jms.JMSException;

import org.taffrail.samples.artemis.ArtemisProcess;
import org.taffrail.samples.orderdesk.DeskException;
import org.taffrail.samples.orderdesk.OrderDesk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import javax.naming.NamingException;

/**
 * The command {@code taffrail sample migration}: starts an Artemis server, and runs {@link Move}
 * from there to a Taffrail broker on a folder and back.
 */
public final class Main {
    private static final String FACTORY = "connectionFactory.ConnectionFactory";

    private Main() {}

    /**
     * Runs the sample. Exits with 0 if all went as it should, 1 if not, 2 if it could not be run.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.exit(start(System.out, System.err));
    }

    /** Runs the day in a folder of its own and returns the exit code. */
    static int start(PrintStream out, PrintStream err) {
        try {
            Path folder = Files.createTempDirectory("taffrail-migration");
            try {
                return run(folder, out).isEmpty() ? 0 : 1;
            } finally {
                delete(folder);
            }
        } catch (IOException | NamingException | JMSException | DeskException | MoveException e) {
            err.println("The move could not go on: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 2;
    }

    private static List<String> run(Path folder, PrintStream out)
            throws IOException,
                    NamingException,
                    JMSException,
                    DeskException,
                    MoveException,
                    InterruptedException {
        out.println("Starting an Artemis server ...");
        try (ArtemisProcess artemis = ArtemisProcess.start(folder.resolve("artemis"))) {
            Path old = jndi(folder, "artemis.jndi.properties", artemis.url());
            String broker =
                    "taffrail:embedded?security.importers=*&dir="
                            + folder.resolve("taffrail").toUri().getRawPath();
            Path fresh = jndi(folder, "taffrail.jndi.properties", broker);
            return new Move(old, fresh, folder, out).run();
        }
    }

    /** The order desk's own file, with the URL of this run. */
    private static Path jndi(Path folder, String name, String url) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = OrderDesk.class.getResourceAsStream("/orderdesk/" + name)) {
            properties.load(in);
        }
        properties.setProperty(FACTORY, url);
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
