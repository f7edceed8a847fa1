// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The order desk as an application would be installed for a provider: its classes, and a folder on
 * the class path with the provider's {@code jndi.properties}, in which the test has written the
 * URL. All else comes from {@code new InitialContext()}.
 */
final class DeskOnProvider {
    private static final String FACTORY_KEY = "connectionFactory.ConnectionFactory=";

    private final Path folder;

    /** What a day gave: the desk's summary, what it printed, and how many latencies it took. */
    record Day(DeskSummary summary, String printed, int sends, int receives) {}

    /** Something to do with the provider's JNDI context. */
    @FunctionalInterface
    interface WithJndi<T> {
        T apply(Context jndi)
                throws JMSException,
                        NamingException,
                        IOException,
                        DeskException,
                        InterruptedException;
    }

    /**
     * Installs a {@code jndi.properties}.
     *
     * @param folder an empty folder for it
     * @param resource the sample's file for the provider
     * @param url what to write into it as the connection factory's URL
     */
    DeskOnProvider(Path folder, String resource, String url) throws IOException {
        this.folder = folder;
        List<String> lines = new ArrayList<>();
        int urls = 0;
        try (InputStream in = OrderDesk.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                boolean factory = line.startsWith(FACTORY_KEY);
                urls += factory ? 1 : 0;
                lines.add(factory ? FACTORY_KEY + url : line);
            }
        }
        assertEquals(1, urls, "lines with the connection factory's URL in " + resource);
        Files.write(folder.resolve("jndi.properties"), lines);
    }

    Day run(DeskOptions options)
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        AtomicInteger sends = new AtomicInteger();
        AtomicInteger receives = new AtomicInteger();
        LatencySink latencies =
                new LatencySink() {
                    @Override
                    public void sent(long nanos) {
                        sends.addAndGet(nanos > 0 ? 1 : 0);
                    }

                    @Override
                    public void received(long nanos) {
                        receives.addAndGet(nanos > 0 ? 1 : 0);
                    }
                };
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        DeskSummary summary = with(jndi -> new OrderDesk(jndi, options, latencies, out).run());
        return new Day(
                summary, printed.toString(StandardCharsets.UTF_8), sends.get(), receives.get());
    }

    /** Does something with {@code new InitialContext()} on the installed file. */
    <T> T with(WithJndi<T> action)
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        URL[] classPath = {folder.toUri().toURL()};
        try (URLClassLoader application = new URLClassLoader(classPath, before)) {
            current.setContextClassLoader(application);
            return action.apply(new InitialContext());
        } finally {
            current.setContextClassLoader(before);
        }
    }
}
