// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.link.Awaited;
import org.taffrail.link.LinkChannel;
import org.taffrail.wire.frame.FrameChannel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A socket to a broker, and the thread that reads from it.
 *
 * <p>Who waits for an answer can do without the detour over that thread: it writes its request, and
 * reads the socket, until it has its answer, and with it whatever else comes ({@link #lend}). One
 * thread at a time has the {@link Turn} to read. The channel's own thread has it whenever anything
 * can come that nobody lends a thread for; where only lone callers come, one after the other, it
 * stands by and looks every millisecond whether they still do.
 *
 * <p>What is sent and not waited for is collected while somebody reads, and leaves when that thread
 * gets round to it: in few writes under load.
 */
final class RemoteChannel implements LinkChannel {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteChannel.class);

    private static final int IN_BYTES_FIRST = 16 * 1024;
    private static final int IN_BYTES_MAX = 256 * 1024;

    /** So much is collected at most before it leaves although nobody has asked for it. */
    private static final int COLLECTED_BYTES_MAX = 64 * 1024;

    /** How long what was sent before the end has to leave. */
    private static final int CLOSE_TIMEOUT_MS = 5000;

    /** How long nobody may read before the channel's own thread does. */
    private static final long STANDBY_NS = 1_000_000;

    /** After so many looks at a caller that has the turn all the time, it is left alone. */
    private static final int SITTINGS_MAX = 4;

    /** After so many callers in a row that were alone they may read themselves. */
    private static final int LONE_CALLERS_MIN = 4;

    private final Pipe pipe;
    private final Selector selector;
    private final SelectionKey key;
    private final FrameChannel.Receiver receiver;
    private final Outgoing out = new Outgoing();
    private final DueTasks tasks = new DueTasks(System.nanoTime());
    private final Turn turn = new Turn();
    private final Consumer<SelectionKey> ready = selected -> readable = selected.isReadable();

    private final AtomicBoolean wakeAsked = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Thread thread;

    /** How often the turn was lent; written by whoever has it. */
    private volatile long lends;

    private volatile int loneCallers;

    /** How often in a row its own thread found the same caller with the turn. */
    private int sittings;

    /** Whether its own thread waits for that caller to pass the turn. */
    private volatile boolean sleeping;

    private volatile boolean standbyAsked;
    private volatile boolean attendAsked;

    private volatile boolean closing;
    private volatile boolean aborted;
    private volatile boolean broken;
    private volatile Throwable failure;
    private volatile boolean ended;

    // who has the turn
    private ByteBuffer in = ByteBuffer.allocate(IN_BYTES_FIRST);
    private boolean readable;

    /**
     * Makes the channel of a connected socket, or of TLS on one, which belongs to it from now on.
     *
     * @throws IOException if the system refuses
     */
    RemoteChannel(Pipe pipe, FrameChannel.Receiver receiver) throws IOException {
        this.pipe = pipe;
        this.receiver = receiver;
        SocketChannel socket = pipe.socket();
        socket.configureBlocking(false);
        selector = Selector.open();
        key = socket.register(selector, SelectionKey.OP_READ);
    }

    // ---- sending

    @Override
    public void send(byte[] array, int at, int length) {
        int collected = out.add(array, at, length);
        if (length > COLLECTED_BYTES_MAX) {
            leave(); // more of the kind may follow, and would only be collected
        } else if (collected > 0) {
            leaveSoon();
        }
    }

    @Override
    public void collect(byte[] array, int at, int length) {
        if (out.add(array, at, length) > COLLECTED_BYTES_MAX) {
            leaveSoon();
        }
    }

    /** Has what is collected leave: here if nobody reads, and else by who does. */
    private void leaveSoon() {
        Thread reads = turn.holder();
        if (reads == null) {
            leave();
        } else if (reads != Thread.currentThread() && wakeAsked.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    @Override
    public void leave() {
        boolean stuck = false;
        try {
            stuck = write();
        } catch (IOException e) {
            breakOff(e);
        }
        if (stuck) {
            attend();
            selector.wakeup();
        }
    }

    /** Writes what there is; tells whether something is left because the socket takes no more. */
    private boolean write() throws IOException {
        out.write(pipe);
        return !pipe.flush() || out.isStuck();
    }

    // ---- reading

    /** Reads and runs what is due until the connection has ended: the life of its own thread. */
    void run() {
        thread = Thread.currentThread();
        boolean idle = true;
        while (!isOver() || !turn.take()) {
            if ((idle || attendAsked) && turn.take()) {
                readUntilStandby();
                giveBack();
            }
            runDueTasks();
            idle = standBy();
        }
        finish();
    }

    /** Reads until only lone callers come. */
    private void readUntilStandby() {
        attendAsked = false;
        standbyAsked = false;
        while (!isOver() && !(standbyAsked && waiting.get() == 0)) {
            read(tasks.untilNextNs(System.nanoTime()));
            runDueTasks();
        }
    }

    /** Waits a little; tells whether nobody has lent a thread meanwhile, nor does now. */
    private boolean standBy() {
        long before = lends;
        park(STANDBY_NS);
        if (lends != before) {
            sittings = 0;
            return false;
        }
        if (turn.holder() == null) {
            return true;
        }
        sittings++;
        if (sittings > SITTINGS_MAX) {
            sleeping = true;
            park(Long.MAX_VALUE);
            sleeping = false;
            sittings = 0;
        }
        return false;
    }

    /** Parks until its time is up or there is something to do that nobody else does. */
    private void park(long timeoutNs) {
        long startNs = System.nanoTime();
        long leftNs = timeoutNs;
        boolean held = turn.holder() != null;
        while (leftNs > 0 && (held || !isOver() && !attendAsked && !sleeping)) {
            LockSupport.parkNanos(this, Math.min(leftNs, tasks.untilNextNs(System.nanoTime())));
            runDueTasks();
            leftNs = timeoutNs - (System.nanoTime() - startNs);
            held = turn.holder() != null;
        }
    }

    private void runDueTasks() {
        try {
            tasks.run(System.nanoTime());
        } catch (RuntimeException | Error e) {
            LOG.error("event=task_failed", e);
            breakOff(e);
        }
    }

    @Override
    public void lend(Awaited awaited, long timeoutNs) throws InterruptedException {
        long startNs = System.nanoTime();
        leave();
        if (awaited.isOver()) {
            return;
        }
        if (takeUnlessOver()) {
            read(awaited, startNs, timeoutNs);
            return;
        }
        int callers = waiting.incrementAndGet();
        boolean taken = takeUnlessOver(); // who has passed it just now may not have seen this one
        try {
            if (!taken) {
                awaited.block(timeoutNs);
            }
        } finally {
            boolean alone = waiting.decrementAndGet() == 0 && callers == 1;
            loneCallers = alone ? loneCallers + 1 : 0;
        }
        if (taken) {
            read(awaited, startNs, timeoutNs);
        } else if (loneCallers >= LONE_CALLERS_MIN) {
            loneCallers = 0;
            standbyAsked = true;
            selector.wakeup();
        }
    }

    /** At the end the turn is its own thread's: who waits then is told by the receiver. */
    private boolean takeUnlessOver() {
        return !isOver() && turn.take();
    }

    /** Reads, with the turn, until a wait is over. */
    private void read(Awaited awaited, long startNs, long timeoutNs) {
        lends++;
        try {
            Thread caller = Thread.currentThread();
            long leftNs = timeoutNs;
            while (!awaited.isOver() && leftNs > 0 && !isOver() && !caller.isInterrupted()) {
                read(leftNs);
                leftNs = timeoutNs - (System.nanoTime() - startNs);
            }
        } finally {
            giveBack();
        }
    }

    @Override
    public void wake() {
        Thread reads = turn.holder();
        if (reads != null && reads != thread && reads != Thread.currentThread()) {
            selector.wakeup();
        }
    }

    private void giveBack() {
        turn.pass();
        // what was added before that relied on whoever had the turn
        if (!out.isEmpty()) {
            leave();
        }
        if (waiting.get() > 0) {
            attendAsked = true;
        }
        if (isOver() || attendAsked || sleeping) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void attend() {
        attendAsked = true;
        LockSupport.unpark(thread);
    }

    /**
     * Waits until there is something to read or to write, and does it. With the turn.
     *
     * @param timeoutNs how long at most
     */
    private void read(long timeoutNs) {
        try {
            readable = false;
            key.interestOps(
                    out.isStuck() || !pipe.flush()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ);
            selector.select(ready, timeoutNs / 1_000_000 + 1); // 0 would be for ever
            wakeAsked.set(false);
            boolean more = readable;
            while (more && !isOver()) {
                more = take() && pipe.mayHoldMore();
            }
            write();
        } catch (IOException | RuntimeException | Error e) {
            breakOff(e);
        }
    }

    /** Reads once; tells whether anything came. */
    private boolean take() throws IOException {
        in.clear();
        int length = pipe.read(in);
        if (length < 0) {
            broken = true;
        } else if (length > 0) {
            receiver.received(in.array(), 0, length);
            if (length == in.capacity() && length < IN_BYTES_MAX) {
                in = ByteBuffer.allocate(2 * length);
            }
        }
        return length > 0;
    }

    private void breakOff(Throwable why) {
        if (failure == null) {
            failure = why;
        }
        broken = true;
        selector.wakeup();
        LockSupport.unpark(thread);
    }

    private boolean isOver() {
        return closing || aborted || broken;
    }

    // ---- time

    @Override
    public Runnable after(long delayMs, Runnable task) {
        Runnable untilEnded =
                () -> {
                    if (!ended) {
                        task.run();
                    }
                };
        Runnable takenBack =
                tasks.add(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(delayMs), untilEnded);
        wakeThread();
        return takenBack;
    }

    private void wakeThread() {
        if (turn.holder() == thread) {
            selector.wakeup();
        } else {
            LockSupport.unpark(thread);
        }
    }

    // ---- the end

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        LockSupport.unpark(thread);
    }

    @Override
    public void abort() {
        aborted = true;
        selector.wakeup();
        LockSupport.unpark(thread);
    }

    /** Ends the connection, with the turn, on the channel's own thread. */
    private void finish() {
        boolean here = closing || aborted;
        try (selector;
                pipe) {
            long startNs = System.nanoTime();
            long leftNs = TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
            boolean stuck = !pipe.flush();
            while (!aborted && !broken && (stuck || !out.isEmpty()) && leftNs > 0) {
                stuck = write();
                if (stuck) {
                    key.interestOps(SelectionKey.OP_WRITE);
                    selector.select(ready, leftNs / 1_000_000 + 1);
                }
                leftNs =
                        TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS)
                                - (System.nanoTime() - startNs);
            }
        } catch (IOException e) {
            LOG.debug("event=close_failed", e);
        }
        out.end();
        ended = true;
        receiver.closed(here ? null : failure);
    }
}
