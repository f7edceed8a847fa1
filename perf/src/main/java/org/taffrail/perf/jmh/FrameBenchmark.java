// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.frame.FrameAssembler;
import org.taffrail.wire.frame.FrameLayout;
import org.taffrail.wire.frame.FrameReader;
import org.taffrail.wire.frame.FrameWriter;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RunLayout;

import java.util.concurrent.TimeUnit;

/** What it costs to write and to read the two frames that carry a message, here one of 1 KiB. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
    private static final int BODY_BYTES = 1024;
    private static final int FRAMES = 32;
    private static final long PARTITION = 7;

    private final ByteSink sink = new ByteSink(4096);
    private final FrameWriter writer = new FrameWriter(sink);
    private final FrameReader reader = new FrameReader();
    private final Frames frames = new Frames();
    private final FrameAssembler assembler =
            new FrameAssembler(FrameLayout.FRAME_BYTES_MAX, frames);
    private byte[] run;
    private byte[] send;
    private byte[] deliver;
    private byte[] stream;

    /** Called by JMH only. */
    public FrameBenchmark() {}

    /** Counts what comes out of the assembler. */
    private static final class Frames implements FrameAssembler.Output {
        private long bytes;

        @Override
        public void preamble(byte[] array, int at) {
            FrameLayout.chooseVersion(array, at);
        }

        @Override
        public void frame(byte[] array, int at, int length) {
            bytes += length;
        }

        @Override
        public boolean wantsMore() {
            return true;
        }
    }

    /** Writes each frame once. */
    @Setup
    public void prepare() {
        int at = RunLayout.begin(sink, PARTITION, 1, 1);
        RecordEncoder encoder = new RecordEncoder(sink);
        encoder.begin(1, 2, 3, true, 4).bodyType(BodyType.BYTES, false);
        sink.putBytes(new byte[BODY_BYTES], 0, BODY_BYTES);
        encoder.end();
        RunLayout.end(sink, at, 1);
        run = sink.toByteArray();
        send = writeSend().toByteArray();
        deliver = writeDeliver().toByteArray();
        sink.clear();
        for (int i = 0; i < FRAMES; i++) {
            sink.putBytes(send, 0, send.length);
        }
        stream = sink.toByteArray();
        sink.clear();
        FrameLayout.putPreamble(sink, FrameLayout.VERSION, FrameLayout.VERSION);
        assembler.received(sink.array(), 0, sink.length());
    }

    /**
     * The client writes a send.
     *
     * @return the bytes
     */
    @Benchmark
    @InWords("the client writes the frame of a send, from a message that is laid out")
    public ByteSink writeSend() {
        sink.clear();
        writer.send(0, run, 0, run.length);
        return sink;
    }

    /**
     * The broker reads a send.
     *
     * @return the frame
     */
    @Benchmark
    @InWords("the broker reads the frame of a send; checking it is RecordBenchmark.check")
    public ClientFrame readSend() {
        return reader.readClient(send, 0, send.length);
    }

    /**
     * The broker writes a delivery.
     *
     * @return the bytes
     */
    @Benchmark
    @InWords("the broker writes the frame of a delivery")
    public ByteSink writeDeliver() {
        sink.clear();
        int recordBytes = run.length - RunLayout.HEADER_BYTES;
        writer.write(
                new BrokerFrame.Deliver(
                        1, PARTITION, 42, 1, false, run, RunLayout.HEADER_BYTES, recordBytes));
        return sink;
    }

    /**
     * The client reads a delivery.
     *
     * @return the frame
     */
    @Benchmark
    @InWords("the client reads the frame of a delivery")
    public BrokerFrame readDeliver() {
        return reader.readBroker(deliver, 0, deliver.length);
    }

    /**
     * Bytes that came together are cut into frames.
     *
     * @return how many bytes there were
     */
    @Benchmark
    @InWords("a frame of 1 KiB is cut out of what a socket gave, with others")
    @OperationsPerInvocation(FRAMES)
    public long assemble() {
        assembler.received(stream, 0, stream.length);
        return frames.bytes;
    }
}
