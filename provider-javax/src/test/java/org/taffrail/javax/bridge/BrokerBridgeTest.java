// SPDX-License-Identifier: Apache-2.0
package org.taffrail.javax.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.javax.wire.ErrorCode;
import org.taffrail.javax.wire.WireException;
import org.taffrail.javax.wire.frame.FrameChannel;
import org.taffrail.wire.local.LocalBrokers;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

class BrokerBridgeTest {
    private static final org.taffrail.wire.WireException REFUSED =
            new org.taffrail.wire.WireException(
                    org.taffrail.wire.ErrorCode.INVALID_OPTION, "there is no option broken");

    /** A broker's jar, as ServiceLoader finds it: what is sent comes back, then the end. */
    public static final class Echo implements LocalBrokers {
        @Override
        public void check(Map<String, String> options) {
            if (options.containsKey("broken")) {
                throw REFUSED;
            }
        }

        @Override
        public org.taffrail.wire.frame.FrameChannel connect(
                Map<String, String> options,
                org.taffrail.wire.frame.FrameChannel.Receiver receiver) {
            check(options);
            return new org.taffrail.wire.frame.FrameChannel() {
                @Override
                public void send(byte[] array, int at, int length) {
                    receiver.received(array, at, length);
                }

                @Override
                public void close() {
                    receiver.closed(REFUSED);
                }
            };
        }

        @Override
        public boolean stop(Map<String, String> options) {
            return options.containsKey("dir");
        }
    }

    private static final class Heard implements FrameChannel.Receiver {
        private byte[] bytes;
        private Throwable cause;

        @Override
        public void received(byte[] array, int at, int length) {
            bytes = Arrays.copyOfRange(array, at, at + length);
        }

        @Override
        public void closed(Throwable why) {
            cause = why;
        }
    }

    private final BrokerBridge bridge = new BrokerBridge();

    @Test
    void bytesGoBothWays(@TempDir Path folder) throws Exception {
        Heard heard = new Heard();
        FrameChannel channel = with(folder, () -> bridge.connect(Map.of(), heard));

        channel.send(new byte[] {1, 2, 3, 4}, 1, 2);

        assertArrayEquals(new byte[] {2, 3}, heard.bytes);
    }

    @Test
    void theEndComesWithItsCause(@TempDir Path folder) throws Exception {
        Heard heard = new Heard();
        FrameChannel channel = with(folder, () -> bridge.connect(Map.of(), heard));

        channel.close();

        WireException cause = assertInstanceOf(WireException.class, heard.cause);
        assertEquals(ErrorCode.INVALID_OPTION, cause.code());
        assertEquals("there is no option broken", cause.getMessage());
    }

    @Test
    void whatTheBrokerRefusesIsRefusedInTheProvidersWords(@TempDir Path folder) throws Exception {
        Map<String, String> broken = Map.of("broken", "1");
        for (Call<?> call :
                new Call<?>[] {() -> bridge.connect(broken, new Heard()), () -> checked(broken)}) {
            WireException e = assertThrows(WireException.class, () -> with(folder, call));

            assertEquals(ErrorCode.INVALID_OPTION, e.code());
            assertEquals(REFUSED, e.getCause());
        }
    }

    @Test
    void stopsABroker(@TempDir Path folder) throws Exception {
        assertTrue(with(folder, () -> bridge.stop(Map.of("dir", "/data"))));
        assertFalse(with(folder, () -> bridge.stop(Map.of())));
    }

    @Test
    void withoutABrokerConnectingSaysWhatIsMissing() {
        bridge.check(Map.of("any", "1"));
        WireException e =
                assertThrows(WireException.class, () -> bridge.connect(Map.of(), new Heard()));

        assertEquals(ErrorCode.NOT_SUPPORTED, e.code());
        assertTrue(e.getMessage().contains("taffrail-broker"), e.getMessage());
    }

    @Test
    void brokenBrokerJarIsNotAMissingOne(@TempDir Path folder) throws Exception {
        with(folder, "org.taffrail.NotThere", () -> checked(Map.of()));
        WireException e =
                assertThrows(
                        WireException.class,
                        () ->
                                with(
                                        folder,
                                        "org.taffrail.NotThere",
                                        () -> bridge.connect(Map.of(), new Heard())));

        assertEquals(ErrorCode.NOT_SUPPORTED, e.code());
        assertTrue(e.getMessage().contains("org.taffrail.NotThere"), e.getMessage());
    }

    private Void checked(Map<String, String> options) {
        bridge.check(options);
        return null;
    }

    /** What may fail with anything. */
    private interface Call<T> {
        T run() throws Exception;
    }

    /** Runs a call where the broker's jar is on the class path. */
    private static <T> T with(Path folder, Call<T> call) throws Exception {
        return with(folder, Echo.class.getName(), call);
    }

    private static <T> T with(Path folder, String broker, Call<T> call) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(LocalBrokers.class.getName()), broker);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader jar = loader(folder)) {
            thread.setContextClassLoader(jar);
            return call.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URLClassLoader loader(Path folder) throws IOException {
        return new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, BrokerBridgeTest.class.getClassLoader());
    }
}
