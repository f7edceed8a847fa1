// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.machine;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The server of a bare path: one thread that reads a message from every connection that has one,
 * writes them to its file together, forces that once, passes each on to a consumer if there are
 * any, and answers. It has no queue and looks at no byte of a message.
 *
 * <p>A client's first byte says what it is. A message is as long as {@link BareLoad#MESSAGE_BYTES},
 * whichever way it goes; an answer is two longs: how many messages there were so far, and how many
 * forces.
 */
final class BareEcho implements AutoCloseable {
    static final byte PRODUCER = 'p';
    static final byte CONSUMER = 'c';
    static final int ANSWER_BYTES = 2 * Long.BYTES;

    static final String FORCE = "force";
    static final String WRITE = "write";

    /** What is written at once is padded to whole pages, as a journal does it. */
    private static final int PAGE_BYTES = 4096;

    /** The file is written again and again from its start, as a journal's segments are. */
    private static final int FILE_BYTES = 16 * 1024 * 1024;

    private final boolean forced;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final FileChannel file;
    private final ByteBuffer batch =
            ByteBuffer.allocateDirect(BareLoad.CLIENTS_MAX * BareLoad.MESSAGE_BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER_BYTES);
    private final List<Peer> senders = new ArrayList<>();
    private final List<Peer> consumers = new ArrayList<>();
    private long position;
    private long messages;
    private long forces;
    private volatile boolean ended;

    /** A connection, and what has come in over it of the next message. */
    private record Peer(SocketChannel channel, ByteBuffer message) {}

    private BareEcho(FileChannel file, boolean forced) throws IOException {
        this.file = file;
        this.forced = forced;
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        selector = Selector.open();
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Opens it, to be run by one thread.
     *
     * @param path its file, which is there and is deleted in the end
     * @param forced whether messages are forced before they are answered
     */
    static BareEcho open(Path path, boolean forced) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect(1024 * 1024);
            for (long at = 0; at < FILE_BYTES; at += zeros.capacity()) {
                file.write(zeros.clear(), at);
            }
            file.force(true);
            return new BareEcho(file, forced);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Runs it as a process of its own, which prints its port when it serves and ends with its
     * standard input.
     *
     * @param arguments its file, then {@value #FORCE} or {@value #WRITE}
     * @throws IOException if the file or the network fails
     */
    public static void main(String[] arguments) throws IOException {
        try (BareEcho echo = open(Path.of(arguments[0]), arguments[1].equals(FORCE))) {
            Thread watch = new Thread(() -> awaitEndOfInput(echo), "bare-input");
            watch.setDaemon(true);
            watch.start();
            System.out.println(((InetSocketAddress) echo.address()).getPort());
            echo.run();
        }
    }

    private static void awaitEndOfInput(BareEcho echo) {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said; only the end counts
            }
        } catch (IOException e) {
            System.err.println("The bare path ends: " + e);
        }
        echo.end();
    }

    SocketAddress address() throws IOException {
        return server.getLocalAddress();
    }

    /** Serves until {@link #end}. */
    void run() throws IOException {
        while (!ended) {
            turn();
        }
    }

    /** Has {@link #run} return; may be called by any thread. */
    void end() {
        ended = true;
        selector.wakeup();
    }

    private void turn() throws IOException {
        selector.select();
        senders.clear();
        batch.clear();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isAcceptable()) {
                accept();
            } else {
                read(key);
            }
        }
        selector.selectedKeys().clear();
        if (!senders.isEmpty()) {
            write();
            senders.forEach(this::passOn);
            senders.forEach(this::answer);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return; // it has given up
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer role = ByteBuffer.allocate(1);
        if (channel.read(role) < 0) { // the one read that waits: it is sent at once
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        Peer peer = new Peer(channel, ByteBuffer.allocateDirect(BareLoad.MESSAGE_BYTES));
        channel.register(selector, SelectionKey.OP_READ, peer);
        if (role.get(0) == CONSUMER) {
            consumers.add(peer);
        }
    }

    private void read(SelectionKey key) throws IOException {
        Peer peer = (Peer) key.attachment();
        try {
            if (peer.channel.read(peer.message) < 0) {
                throw new EOFException();
            }
        } catch (IOException e) {
            consumers.remove(peer); // it has got what it wanted, and is gone
            peer.channel.close();
            return;
        }
        if (!peer.message.hasRemaining()) {
            batch.put(peer.message.flip());
            senders.add(peer);
        }
    }

    private void write() throws IOException {
        int pages = (batch.position() + PAGE_BYTES - 1) / PAGE_BYTES;
        batch.position(0).limit(pages * PAGE_BYTES);
        if (position + batch.limit() > FILE_BYTES) {
            position = 0;
        }
        while (batch.hasRemaining()) {
            position += file.write(batch, position);
        }
        messages += senders.size();
        if (forced) {
            file.force(false);
            forces++;
        }
    }

    private void passOn(Peer sender) {
        if (!consumers.isEmpty()) {
            Peer consumer = consumers.remove(0);
            if (send(consumer, sender.message.rewind())) {
                consumers.add(consumer); // the last in turn
            }
        }
    }

    private void answer(Peer sender) {
        answer.clear().putLong(messages).putLong(forces).flip();
        send(sender, answer);
        sender.message.clear();
    }

    /** Sends it all, to a client that reads; false if that has gone. */
    private static boolean send(Peer peer, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                peer.channel.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false; // it is forgotten when its end is read
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        file.close();
    }
}
