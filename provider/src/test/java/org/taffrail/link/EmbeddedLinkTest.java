// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.taffrail.link.LinkHarness.assertFails;
import static org.taffrail.link.LinkHarness.get;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameChannel;
import org.taffrail.wire.local.LocalBrokers;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

class EmbeddedLinkTest {
    private static ScriptedBroker broker;
    private static Map<String, String> optionsSeen;

    /** A broker's jar, as ServiceLoader finds it. */
    public static final class FakeBrokers implements LocalBrokers {
        @Override
        public void check(Map<String, String> options) {
            if (options.containsKey("broken")) {
                throw new WireException(ErrorCode.INVALID_OPTION, "there is no option broken");
            }
        }

        @Override
        public FrameChannel connect(Map<String, String> options, FrameChannel.Receiver receiver) {
            optionsSeen = options;
            check(options);
            try {
                return new MemoryWire(broker, 1 << 20).connect(receiver).get();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean stop(Map<String, String> options) {
            optionsSeen = options;
            return true;
        }
    }

    @Test
    void speaksToTheBrokerThatServiceLoaderFinds(@TempDir Path folder) throws Exception {
        broker = new ScriptedBroker();
        Link link = link("taffrail:embedded?dir=/data&durability=force&jms.closeTimeoutMs=1");
        CompletableFuture<Link.Peer> opened = with(folder, FakeBrokers.class.getName(), link);
        ClientFrame.Hello hello = broker.welcome();

        assertEquals("scripted", get(opened).product());
        assertEquals(Map.of("dir", "/data", "durability", "force"), optionsSeen);
        assertEquals(0, hello.heartbeatMs());
        link.close();
        broker.expect(ClientFrame.Goodbye.class);
        broker.expectEnd();
        broker.verify();
    }

    @Test
    void stopsTheBrokerThatServiceLoaderFinds(@TempDir Path folder) throws Exception {
        ConnectionUrl url = ConnectionUrl.parse("taffrail:embedded?dir=/other");

        assertTrue(with(folder, FakeBrokers.class.getName(), () -> Links.stopEmbedded(url)));

        assertEquals(Map.of("dir", "/other"), optionsSeen);
    }

    @Test
    void stopsNoBrokerElsewhere() {
        WireException e =
                assertThrows(
                        WireException.class,
                        () -> Links.stopEmbedded(ConnectionUrl.parse("taffrail://localhost")));

        assertEquals(ErrorCode.NOT_SUPPORTED, e.code());
    }

    @Test
    void brokerThatCannotStartSaysWhy(@TempDir Path folder) throws Exception {
        broker = new ScriptedBroker();
        Link link = link("taffrail:embedded?broken=1");

        assertFails(ErrorCode.INVALID_OPTION, with(folder, FakeBrokers.class.getName(), link));
        link.close();
    }

    @Test
    void theBrokerLooksAtItsOptionsBeforeAnythingIsConnected(@TempDir Path folder)
            throws Exception {
        ConnectionUrl wrong = ConnectionUrl.parse("taffrail:embedded?broken=1");
        WireException refused =
                assertThrows(
                        WireException.class,
                        () -> with(folder, FakeBrokers.class.getName(), () -> checked(wrong)));

        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
        with(folder, FakeBrokers.class.getName(), () -> checked(ConnectionUrl.parse(FINE)));
        with(folder, "no.such.Brokers", () -> checked(wrong));
        Links.check(ConnectionUrl.parse("taffrail://localhost"));
    }

    private static final String FINE = "taffrail:embedded?durability=force";

    private static Void checked(ConnectionUrl url) {
        Links.check(url);
        return null;
    }

    @Test
    void missingBrokerIsNamed(@TempDir Path folder) throws Exception {
        WireException e =
                assertFails(ErrorCode.NOT_SUPPORTED, with(folder, null, link("taffrail:embedded")));

        assertTrue(e.getMessage().contains("taffrail-broker"), e.getMessage());
    }

    @Test
    void brokenBrokerJarIsNotAMissingOne(@TempDir Path folder) throws Exception {
        WireException e =
                assertFails(
                        ErrorCode.NOT_SUPPORTED,
                        with(folder, "no.such.Brokers", link("taffrail:embedded")));

        assertTrue(e.getMessage().contains("no.such.Brokers"), e.getMessage());
    }

    private static Link link(String url) {
        return Links.make(ConnectionUrl.parse(url), cause -> {});
    }

    /** Opens a link while the class path has one provider of brokers, or none. */
    private static CompletableFuture<Link.Peer> with(Path folder, String provider, Link link)
            throws IOException {
        return with(folder, provider, link::open);
    }

    private static <T> T with(Path folder, String provider, Supplier<T> call) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        if (provider != null) {
            Files.writeString(services.resolve(LocalBrokers.class.getName()), provider);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] path = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, before)) {
            thread.setContextClassLoader(loader);
            return call.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
