// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * What this machine can do at most, without any messaging: a persistent send can't be faster than a
 * force and a round trip over loopback, whoever carries it out.
 *
 * <p>The files lie in the folder that {@code java.io.tmpdir} names, as the data of brokers that the
 * suites start does.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MachineLimits {
    private static final int BLOCK_BYTES = 4096;
    private static final int MESSAGE_BYTES = 1024;

    /** Called by JMH only. */
    public MachineLimits() {}

    /**
     * A preallocated file that is written again and again from its start, as a journal segment is.
     */
    @State(Scope.Benchmark)
    public static class Journal {
        private static final int FILE_BYTES = 64 * 1024 * 1024;

        private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        private Path file;
        private FileChannel channel;
        private long position;

        /** Called by JMH only. */
        public Journal() {}

        /**
         * Fills the file with zeros.
         *
         * @throws IOException if that is not possible
         */
        @Setup(Level.Trial)
        public void create() throws IOException {
            file = Files.createTempFile("taffrail-perf-limits", ".bin");
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            for (int at = 0; at < FILE_BYTES; at += BLOCK_BYTES) {
                channel.write(block.clear(), at);
            }
            channel.force(true);
        }

        /**
         * Writes the next block.
         *
         * @throws IOException if that is not possible
         */
        void append() throws IOException {
            channel.write(block.clear(), position);
            position = (position + BLOCK_BYTES) % FILE_BYTES;
        }

        /**
         * Deletes the file.
         *
         * @throws IOException if that is not possible
         */
        @TearDown(Level.Trial)
        public void delete() throws IOException {
            channel.close();
            Files.delete(file);
        }
    }

    /**
     * A TCP connection over loopback with a thread at the other end that sends back what it gets.
     */
    @State(Scope.Benchmark)
    public static class Loopback {
        private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
        private ServerSocketChannel server;
        private SocketChannel client;

        /** Called by JMH only. */
        public Loopback() {}

        /**
         * Connects.
         *
         * @throws IOException if that is not possible
         */
        @Setup(Level.Trial)
        public void connect() throws IOException {
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(server.getLocalAddress());
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketChannel accepted = server.accept();
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread echo = new Thread(() -> echo(accepted), "perf-echo");
            echo.setDaemon(true);
            echo.start();
        }

        private static void echo(SocketChannel channel) {
            ByteBuffer received = ByteBuffer.allocateDirect(MESSAGE_BYTES);
            try (channel) {
                while (channel.read(received.clear()) >= 0) {
                    writeFully(channel, received.flip());
                }
            } catch (IOException e) {
                // the benchmark sees the end of its connection, and fails there
                return;
            }
        }

        private static void writeFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /**
         * Sends a message and waits until it is back.
         *
         * @throws IOException if the connection is lost
         */
        void roundTrip() throws IOException {
            writeFully(client, message.clear());
            message.clear();
            while (message.hasRemaining()) {
                if (client.read(message) < 0) {
                    throw new EOFException("The echo has ended");
                }
            }
        }

        /**
         * Disconnects.
         *
         * @throws IOException if that is not possible
         */
        @TearDown(Level.Trial)
        public void disconnect() throws IOException {
            client.close();
            server.close();
        }
    }

    /** A body of a message, and room for a copy. */
    @State(Scope.Benchmark)
    public static class Memory {
        private final byte[] from = new byte[MESSAGE_BYTES];
        private final byte[] to = new byte[MESSAGE_BYTES];
        private final CRC32C checksum = new CRC32C();

        /** Called by JMH only. */
        public Memory() {}
    }

    /**
     * 4 KiB written and forced to the disk.
     *
     * @param journal the file
     * @throws IOException if that is not possible
     */
    @Benchmark
    @InWords("the machine: 4 KiB written to a preallocated file and forced")
    public void appendAndForce4Kib(Journal journal) throws IOException {
        journal.append();
        journal.channel.force(false);
    }

    /**
     * 4 KiB written to the page cache.
     *
     * @param journal the file
     * @throws IOException if that is not possible
     */
    @Benchmark
    @InWords("the machine: 4 KiB written to the page cache")
    public void append4Kib(Journal journal) throws IOException {
        journal.append();
    }

    /**
     * 1 KiB there and back over TCP on loopback, between two threads that block.
     *
     * @param loopback the connection
     * @throws IOException if it is lost
     */
    @Benchmark
    @InWords("the machine: 1 KiB there and back over TCP on loopback")
    public void loopbackRoundTrip1Kib(Loopback loopback) throws IOException {
        loopback.roundTrip();
    }

    /**
     * 1 KiB copied in memory.
     *
     * @param memory the bytes
     * @return the copy, so that it is made
     */
    @Benchmark
    @InWords("the machine: 1 KiB copied in memory")
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public byte[] copy1Kib(Memory memory) {
        System.arraycopy(memory.from, 0, memory.to, 0, MESSAGE_BYTES);
        return memory.to;
    }

    /**
     * The CRC32C of 1 KiB.
     *
     * @param memory the bytes
     * @return the checksum, so that it is computed
     */
    @Benchmark
    @InWords("the machine: the CRC32C of 1 KiB")
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public long crc32cOf1Kib(Memory memory) {
        memory.checksum.reset();
        memory.checksum.update(memory.from, 0, MESSAGE_BYTES);
        return memory.checksum.getValue();
    }
}
